"""A real headless Neovim does the main job, by its own LSP client and without a plugin."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from tests.editors.neovim import Neovim, neovim
from tests.editors.replay import ScriptedEndpoint, answer, gate, scripted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

GREET = '''\
def greet(name):
    ┃if name == "":
        return "Grüße 🦄"┃
    return f"Grüße, {name} 🦄"
'''


@contextlib.contextmanager
def both(project: Path, *replies: dict[str, object]) -> Iterator[tuple[Neovim, ScriptedEndpoint]]:
    """A Neovim in the project, and an endpoint that gives these answers."""
    with scripted(project.parent, *replies) as endpoint:
        with neovim(project, endpoint.environment()) as editor:
            yield editor, endpoint


def test_it_attaches_and_lists_the_actions_for_a_selection(project: Path) -> None:
    with both(project, answer("x")) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        assert nvim.menu() == ["AI: Explain", "AI: Refactor", "AI: Write tests"]
        assert endpoint.requests == 0


def test_explain(project: Path) -> None:
    with both(project, answer("`greet` greets ", "a person.")) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        nvim.choose("AI: Explain")
        print(nvim.ended())
        print(nvim.lua("return Seen.progress"))
        print(nvim.lua("return vim.tbl_map(function(w) return vim.api.nvim_buf_get_name(vim.api.nvim_win_get_buf(w)) end, vim.api.nvim_list_wins())"))
        print(nvim.messages)
        body = endpoint.wait_for("request")["body"]
        print(body)
        print(nvim.lua("return vim.tbl_map(function(c) return {c.name, c.id, c.root_dir} end, vim.lsp.get_clients())"))
        assert 0
