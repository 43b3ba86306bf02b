"""Neovim: the plugin, as a package of its own that Neovim loads by itself."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from .change import Change, Plan, text_of
from .shipped import program, shipped

_NAME = "workers-ai"


def neovim_plan(*, remove: bool) -> Plan:
    """Put the plugin among Neovim's packages, or take it away. Raises CannotChange, NotShipped."""
    folder = data_folder() / "site" / "pack" / _NAME / "start" / _NAME
    there = sorted(path for path in folder.rglob("*") if path.is_file())
    if remove:
        return Plan(tuple(Change(path, text_of(path), None, ours=True) for path in there))
    files = {
        **shipped("neovim"),
        # Neovim reads this after the plugin's own; yours in `after/lsp` of ~/.config/nvim wins.
        "after/lsp/workers_ai.lua": f"return {{ cmd = {{ {json.dumps(program())} }} }}\n",
    }
    wanted = {folder / name: text for name, text in files.items()}
    changes = [Change(path, text_of(path), text, ours=True) for path, text in wanted.items()]
    changes += [
        Change(path, text_of(path), None, ours=True) for path in there if path not in wanted
    ]
    return Plan(
        tuple(change for change in changes if change.before != change.after),
        (
            "Start Neovim 0.11 or newer again, open a source file and run :WorkersAI explain.",
            "Once, for its help page: :helptags ALL",
        ),
    )


def data_folder() -> Path:
    """What Neovim calls `stdpath("data")`."""
    name = os.environ.get("NVIM_APPNAME") or "nvim"
    given = os.environ.get("XDG_DATA_HOME")
    if given:
        return Path(given) / name
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / f"{name}-data"
    return Path.home() / ".local" / "share" / name
