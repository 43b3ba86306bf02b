"""Emacs: the package in a folder of its own, and a few lines in the init file that load it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from .change import Change, Plan, changed, text_of
from .shipped import program, shipped

_BEGIN = ";; >>> workers-ai-ls setup"
_END = ";; <<< workers-ai-ls setup"
_BLOCK = re.compile(rf"^{_BEGIN}.*?^{_END}\n?", re.DOTALL | re.MULTILINE)


def emacs_plan(*, remove: bool) -> Plan:
    """Put the package and its lines in, or take them out. Raises CannotChange, NotShipped."""
    init = init_file()
    folder = init.parent / "workers-ai" if init.name == "init.el" else _home() / "workers-ai"
    before = text_of(init)
    if remove:
        rest = changed(before, _without)
        there = sorted(path for path in folder.rglob("*.el*") if path.is_file())
        changes = [Change(init, before, rest or None)] if before and rest != before else []
        gone = [Change(path, _any_text(path), None, ours=True) for path in there]
        return Plan((*changes, *gone))
    block = (
        f"{_BEGIN}\n"
        f"(add-to-list 'load-path {json.dumps(str(folder / 'lisp'))})\n"
        f"(setq workers-ai-program {json.dumps(program())})\n"
        "(require 'workers-ai)\n"
        f"{_END}\n"
    )
    after = changed(before, lambda text: _with(text, block))
    files = {folder / name: text for name, text in shipped("emacs").items()}
    changes = [Change(path, text_of(path), text, ours=True) for path, text in files.items()]
    changes.append(Change(init, before, after))
    return Plan(
        tuple(change for change in changes if change.before != change.after),
        ("Start Emacs again, open a source file, and run M-x workers-ai.",),
    )


def _with(text: str, block: str) -> str:
    """The lines where they are already, else at the end behind one line feed."""
    if _BLOCK.search(text):
        return _BLOCK.sub(lambda _: block, text, count=1)
    return f"{text}\n{block}" if text else block


def _without(text: str) -> str:
    """Exactly what was there before, and what was written behind the lines since."""
    found = _BLOCK.search(text)
    if found is None:
        return text
    head, tail = text[: found.start()].removesuffix("\n"), text[found.end() :]
    # A last line that had no end must not run into what was written behind it.
    return f"{head}\n{tail}" if tail and head and not head.endswith("\n") else head + tail


def init_file() -> Path:
    """The file that Emacs reads at its start: the first that exists of those it looks for."""
    home = Path.home()
    given = os.environ.get("XDG_CONFIG_HOME")
    new = (Path(given) if given else home / ".config") / "emacs" / "init.el"
    looked_for = (home / ".emacs.el", home / ".emacs", home / ".emacs.d" / "init.el", new)
    existing = next((path for path in looked_for if path.exists()), None)
    if existing is not None:
        return existing
    # A folder that exists goes before the other, whatever is in it.
    return new if new.parent.is_dir() and not _home().is_dir() else _home() / "init.el"


def _home() -> Path:
    return Path.home() / ".emacs.d"


def _any_text(path: Path) -> str:
    """Something to say that the file is there; what was compiled is no text."""
    return text_of(path) or "" if path.suffix == ".el" else ""
