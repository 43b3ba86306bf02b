"""`apply = preview` in Neovim: its own diff mode, by the plugin in `editors/neovim`."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tests.editors.neovim_greeting import BEGIN, END, GREET, PLAIN, REWRITTEN, shown
from tests.editors.neovim_greeting import both as both_of
from tests.editors.replay import answer, gate

if TYPE_CHECKING:
    from pathlib import Path

both = functools.partial(both_of, plugin=True)

PREVIEW = "vim.lsp.config('workers_ai', { settings = { workersAI = { apply = 'preview' } } })"


def test_a_preview_is_a_difference_whose_parts_can_be_taken(project: Path) -> None:
    with both(project, answer(BEGIN, END), extra=PREVIEW) as (nvim, _):
        nvim.open("greet.py", GREET)
        nvim.keys("<Esc>:5,8WorkersAI refactor<CR>")
        assert nvim.ended().startswith("ready")
        nvim.wait("#vim.api.nvim_list_tabpages() == 2", "the difference")
        assert shown(nvim) == [REWRITTEN]
        assert nvim.text() == PLAIN
        assert nvim.lua("return vim.wo.diff")

        # Neovim takes the removed line and the shifted one for two changes.
        nvim.keys("7Gdo7Gdo")
        assert nvim.text() == REWRITTEN
        nvim.keys(":WorkersAI apply<CR>")
        nvim.wait("#vim.api.nvim_list_tabpages() == 1", "the difference to close")
        assert nvim.text() == REWRITTEN
        nvim.wait("not vim.tbl_contains(Gra(), 'AI: Discard')", "the answer to be forgotten")


def test_all_of_a_preview_is_one_undo_step_and_none_of_it_leaves_the_text(project: Path) -> None:
    with both(project, answer(BEGIN, END, times=2), extra=PREVIEW) as (nvim, _):
        nvim.open("greet.py", GREET)
        nvim.keys("<Esc>:5,8WorkersAI refactor<CR>")
        nvim.wait("#vim.api.nvim_list_tabpages() == 2", "the difference")
        nvim.keys(":WorkersAI discard<CR>")
        nvim.wait("#vim.api.nvim_list_tabpages() == 1", "the difference to close")
        assert nvim.text() == PLAIN

        nvim.keys("<Esc>:5,8WorkersAI refactor<CR>")
        nvim.wait("#vim.api.nvim_list_tabpages() == 2", "the second difference")
        nvim.keys(":WorkersAI apply<CR>")
        nvim.wait("Text(0) == text", "the edit", text=REWRITTEN)
        nvim.lua("vim.cmd.undo()")
        assert nvim.text() == PLAIN


def test_a_held_answer_is_compared_where_its_code_was_edited(project: Path) -> None:
    with both(project, answer(BEGIN, gate("typed"), END)) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        nvim.keys("<Esc>:5,8WorkersAI refactor<CR>")
        nvim.first_tokens()
        nvim.keys("6GA  # hello<Esc>")
        typed = nvim.text()
        endpoint.open_gate("typed")
        assert nvim.ended().startswith("held")
        nvim.choose("AI: Show difference")
        nvim.wait("#vim.api.nvim_list_tabpages() == 2", "the difference")
        assert shown(nvim) == [REWRITTEN]
        assert nvim.text() == typed
        nvim.keys(":WorkersAI apply<CR>")
        nvim.wait("Text(0) == text", "the edit", text=REWRITTEN)
        nvim.lua("vim.cmd.undo()")
        assert nvim.text() == typed


def test_tests_of_a_new_file_are_shown_before_there_is_one(project: Path) -> None:
    tests = "from greet import greet\n\n\ndef test_greet():\n    assert greet('') == 'Grüße 🦄'\n"
    reply = answer(f"```python\n{tests}```")
    with both(project, reply, extra=PREVIEW) as (nvim, _):
        nvim.open("greet.py", GREET)
        nvim.keys("<Esc>:WorkersAI tests<CR>")
        assert nvim.ended().startswith("ready")
        nvim.wait("#vim.api.nvim_list_tabpages() == 2", "the difference")
        assert shown(nvim) == [tests]
        path = project / "tests" / "test_greet.py"
        assert not path.exists()
        nvim.keys(":WorkersAI apply<CR>")
        nvim.wait(
            "vim.fn.bufexists(path) == 1 and Text(vim.fn.bufnr(path)) == text",
            "the tests",
            path=str(path),
            text=tests,
        )
        nvim.lua("vim.cmd('silent wall')")
        assert path.read_text() == tests


def test_a_file_with_crlf_is_compared_line_by_line(project: Path) -> None:
    crlf = PLAIN.replace("\n", "\r\n")
    (project / "greet.py").write_bytes(crlf.encode())
    half = answer("```python\ndef half(x):\n    return x / 2\n```")
    with both(project, half, extra=PREVIEW) as (nvim, _):
        nvim.open("greet.py")
        nvim.keys(":11,12WorkersAI refactor<CR>")
        nvim.wait("#vim.api.nvim_list_tabpages() == 2", "the difference")
        # Only the line that the edit changes is marked, so it can be taken alone.
        nvim.keys("12Gdo")
        nvim.keys(":WorkersAI apply<CR>")
        nvim.wait("#vim.api.nvim_list_tabpages() == 1", "the difference to close")
        assert nvim.write() == crlf.replace("math.floor(x)", "x").encode()
