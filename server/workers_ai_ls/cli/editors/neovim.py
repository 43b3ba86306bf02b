"""Neovim: the plugin, as a package of its own that Neovim loads by itself."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

from .change import Change, Plan, text_of
from .shipped import program, shipped

_NAME = "workers-ai"
_HELP = "doc/workers-ai.txt"
_TAG = re.compile(r"(?<=[ \t])\*([^*\s]+)\*$|^\*([^*\s]+)\*", re.MULTILINE)


def neovim_plan(*, remove: bool) -> Plan:
    """Put the plugin among Neovim's packages, or take it away. Raises CannotChange, NotShipped."""
    folder = data_folder() / "site" / "pack" / _NAME / "start" / _NAME
    there = sorted(path for path in folder.rglob("*") if path.is_file())
    if remove:
        return Plan(tuple(Change(path, text_of(path), None, ours=True) for path in there))
    files = {
        **shipped("neovim"),
        # Neovim reads this after the plugin's own; yours in `after/lsp` of ~/.config/nvim wins.
        "after/lsp/workers_ai.lua": f"return {{ cmd = {{ {_lua(program())} }} }}\n",
    }
    files["doc/tags"] = _tags(files[_HELP])
    wanted = {folder / name: text for name, text in files.items()}
    changes = [Change(path, text_of(path), text, ours=True) for path, text in wanted.items()]
    changes += [
        Change(path, text_of(path), None, ours=True) for path in there if path not in wanted
    ]
    return Plan(
        tuple(change for change in changes if change.before != change.after),
        ("Start Neovim again, open a source file and run :WorkersAI explain.",),
    )


def data_folder() -> Path:
    """What Neovim calls `stdpath("data")`."""
    name = os.environ.get("NVIM_APPNAME") or "nvim"
    given = os.environ.get("XDG_DATA_HOME")
    if sys.platform == "win32":
        name = f"{name}-data"
        return Path(given or os.environ.get("LOCALAPPDATA") or Path.home()) / name
    return Path(given or Path.home() / ".local" / "share") / name


def _lua(text: str) -> str:
    """A string for Lua, which has JSON's escapes except for that of Unicode."""
    return json.dumps(text, ensure_ascii=False)


def _tags(text: str) -> str:
    """What `:helptags` would write for the help page, so that nobody has to run it."""
    names = sorted(one or other for one, other in _TAG.findall(text))
    return "".join(f"{name}\t{Path(_HELP).name}\t/*{name}*\n" for name in names)
