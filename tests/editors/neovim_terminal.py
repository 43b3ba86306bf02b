"""Neovim on a terminal of its own, as a person has it before them."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from tests.editors.neovim_process import PLUGIN, configuration, nvim_program
from tests.editors.replay import ScriptedEndpoint, scripted
from tests.editors.tmux import Tmux, installed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READY = "vim.wait(15000, function() return (vim.lsp.get_clients()[1] or {}).initialized end)"


@contextlib.contextmanager
def terminal(
    project: Path,
    *replies: dict[str, object],
    first: str = "",
    plugin: bool = False,
    columns: int = 110,
    rows: int = 30,
) -> Iterator[tuple[Tmux, ScriptedEndpoint]]:
    """Neovim on `greeting.py` with the README's Lua or the plugin; the cursor is in `greet`.

    `first` is Lua of the test's own.
    """
    installed("tmux")
    init = project.parent / "init.lua"
    setup = PLUGIN if plugin else configuration()
    init.write_text(f"vim.o.swapfile = false\nvim.g.mapleader = ' '\n{first}\n{setup}")
    with scripted(project.parent, *replies) as endpoint:
        command = [str(nvim_program()), "--clean", "-u", str(init), "greeting.py"]
        shots = project.parent / "shots"
        size = {"columns": columns, "rows": rows}
        with Tmux(command, shots=shots, env=endpoint.environment(), cwd=project, **size) as tmux:
            tmux.wait_for("def greet")
            tmux.type(f":lua {READY}")
            tmux.keys("Enter")
            tmux.type("/Greet a")
            tmux.keys("Enter")
            tmux.wait_for("[1/1]")
            yield tmux, endpoint
