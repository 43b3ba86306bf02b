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
