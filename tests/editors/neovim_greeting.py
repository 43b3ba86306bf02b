"""The file that most Neovim tests work on, the answers about it, and how it looks afterwards."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from tests.editors.neovim import Neovim, neovim
from tests.editors.replay import ScriptedEndpoint, scripted
from tests.marked import marked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GREET = """\
import math


def greet(name):
    ┃if name == "":
        return "Grüße 🦄"
    else:
        return f"Grüße, {name} 🦄┃"


def half(x):
    return math.floor(x) / 2
"""
PLAIN = marked(GREET).text
BEGIN = '```python\nif name == "":\n'
END = '    return "Grüße 🦄"\nreturn f"Grüße, {name} 🦄"\n```'
REWRITTEN = PLAIN.replace(
    '    else:\n        return f"Grüße, {name} 🦄"', '    return f"Grüße, {name} 🦄"'
)

ANSWERS = """
    local shown = {}
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      local buffer = vim.api.nvim_win_get_buf(window)
      local name = vim.api.nvim_buf_get_name(buffer)
      if name:find("^workers%-ai://") then shown[#shown + 1] = Text(buffer) end
    end
    return shown"""


def shown(nvim: Neovim) -> list[str]:
    """The texts of the plugin's own windows: answers, and proposals."""
    return [str(each) for each in nvim.lua(ANSWERS)]


@contextlib.contextmanager
def both(
    project: Path, *replies: dict[str, object], extra: str = "", plugin: bool = False
) -> Iterator[tuple[Neovim, ScriptedEndpoint]]:
    """A Neovim in the project, and an endpoint that gives these answers."""
    with (
        scripted(project.parent, *replies) as endpoint,
        neovim(project, endpoint.environment(), extra, plugin=plugin) as nvim,
    ):
        yield nvim, endpoint


def debounce(milliseconds: int) -> str:
    """How long Neovim holds changes back (150 by itself), and so how late the server knows."""
    return (
        f"vim.lsp.config('workers_ai', {{ flags = {{ debounce_text_changes = {milliseconds} }} }})"
    )
