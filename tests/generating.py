"""Writes the parts of documents and manifests that are made from the settings: `poe docs`."""

from __future__ import annotations

import json
import re
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from workers_ai_ls.settings.overview import shown
from workers_ai_ls.settings.reference import END, START, insert_table, json_schema
from workers_ai_ls.settings.table import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from workers_ai_ls.settings.declaring import Setting

ROOT = Path(__file__).parent.parent

_WIDTH = 78
_INDENT = " " * 16
_BETWEEN = re.compile(f"(?<={START}).*?(?={END})", re.DOTALL)
_SECTION = re.compile(r"(?<=\*workers-ai-settings\*\n).*?(?=={78}\n9\. )", re.DOTALL)


def _help_page(text: str) -> str:
    """Neovim's help page with every setting that an editor may send."""
    intro = (
        "These go below `workersAI` in `settings` of |vim.lsp.config()|. What is secret, and where "
        "requests go, comes from the environment, the keyring or your own file only; "
        "`workers-ai-ls doctor` shows all of it."
    )
    entries = [_entry(one) for one in SETTINGS if one.over_lsp]
    section = "\n\n".join((textwrap.fill(intro, _WIDTH), *entries))
    return _SECTION.sub(lambda _: f"\n{section}\n\n", text)


def _entry(setting: Setting) -> str:
    """A setting's name, and beside it what it does."""
    # A word between stars would be a tag.
    meaning = re.sub(r"\*([^*]+)\*", r"\1", setting.description)
    lines = textwrap.wrap(
        f"{meaning} Default: {shown(setting, setting.default)}.",
        _WIDTH - len(_INDENT),
        break_long_words=False,
        break_on_hyphens=False,
    )
    head = [setting.name] if len(setting.name) >= len(_INDENT) else []
    body = [f"{_INDENT}{line}" for line in lines]
    if not head:
        body[0] = f"{setting.name:<{len(_INDENT)}}{lines[0]}"
    return "\n".join([*head, *body])


def _emacs_page(text: str) -> str:
    """Emacs's README with the settings that an editor may send, as keys of a plist."""
    rows = ["| Key | Default | What it does |", "| --- | --- | --- |"]
    for one in SETTINGS:
        if one.over_lsp:
            meaning = one.description.replace("|", "\\|")
            rows.append(f"| `:{one.name}` | {shown(one, one.default)} | {meaning} |")
    table = "\n".join(rows)
    return _BETWEEN.sub(lambda _: f"\n{table}\n", text)


def _schema(_: str) -> str:
    """JSON Schema of `.workers-ai.toml`, the user's file, and what editors send."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


GENERATED: dict[str, Callable[[str], str]] = {
    "README.md": insert_table,
    "editors/settings.schema.json": _schema,
    "editors/neovim/doc/workers-ai.txt": _help_page,
    "editors/emacs/README.md": _emacs_page,
}
"""By path: from the text as it is, the text as it should be."""


def main() -> None:
    """Write them all."""
    for name, generate in GENERATED.items():
        path = ROOT / name
        before = path.read_text("utf-8") if path.exists() else ""
        after = generate(before)
        if after != before:
            path.write_text(after, "utf-8")
            sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
