"""The plugin in `editors/neovim`: `:WorkersAI`, growing explanations, the diff mode, the statusline."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tests.editors.neovim_greeting import BEGIN, END, GREET, PLAIN, REWRITTEN, shown
from tests.editors.neovim_greeting import both as both_of
from tests.editors.replay import answer, gate

if TYPE_CHECKING:
    from pathlib import Path

both = functools.partial(both_of, plugin=True)


def test_an_explanation_grows_beside_the_code_and_the_cursor_stays(project: Path) -> None:
    replies = answer("# Greeting\n\nIt ", gate("more"), "greets `name`. 🦄")
    with both(project, replies) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        before = nvim.lua("return vim.api.nvim_win_get_cursor(0)")
        nvim.keys("<Esc>:WorkersAI explain<CR>")
        nvim.wait("#vim.api.nvim_list_wins() == 2", "the split")
        nvim.wait("vim.tbl_count(Seen.progress) > 1")
        assert shown(nvim)[0].startswith("# Greeting\n\nIt")
        assert nvim.lua("return require('workers_ai').status()").startswith("AI: Explain: ")

        endpoint.open_gate("more")
        assert nvim.ended().startswith("done")
        nvim.wait("require('workers_ai').status() == ''", "the status to be empty")
        assert shown(nvim) == ["# Greeting\n\nIt greets `name`. 🦄\n"]
        assert nvim.lua("return vim.api.nvim_win_get_cursor(0)") == before
        assert nvim.text() == PLAIN
        assert nvim.messages == ""
        assert nvim.lua("return #vim.lsp.get_clients()") == 1


def test_the_next_explanation_takes_the_same_window(project: Path) -> None:
    with both(project, answer("One.", times=1), answer("Two.")) as (nvim, _):
        nvim.open("greet.py", GREET)
        nvim.keys("<Esc>:WorkersAI explain<CR>")
        nvim.ended()
        nvim.keys("<Esc>:WorkersAI explain why is it so<CR>")
        nvim.ended(2)
        assert shown(nvim) == ["Two.\n"]
        assert nvim.lua("return #vim.api.nvim_list_wins()") == 2


def test_a_range_is_refactored_and_one_undo_restores_it(project: Path) -> None:
    with both(project, answer(BEGIN, END)) as (nvim, _):
        nvim.open("greet.py", GREET)
        nvim.keys("<Esc>:5,8WorkersAI refactor without else<CR>")
        assert nvim.ended().startswith("done")
        assert nvim.write() == REWRITTEN.encode()
        nvim.lua("vim.cmd.undo()")
        assert nvim.write() == PLAIN.encode()


def test_an_edit_asks_for_its_instruction(project: Path) -> None:
    half = answer("```python\ndef half(x):\n    return x / 2\n```", when="halve")
    with both(project, half) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        nvim.keys("<Esc>:11,12WorkersAI edit<CR>just halve it<CR>")
        nvim.ended()
        assert "math.floor" not in nvim.text()
        assert "just halve it" in str(endpoint.wait_for("request")["body"])


def test_cancel_closes_the_connection(project: Path) -> None:
    with both(project, answer(BEGIN, end="hang")) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        nvim.keys("<Esc>:5,8WorkersAI refactor<CR>")
        nvim.first_tokens()
        nvim.keys("<Esc>:WorkersAI cancel<CR>")
        assert endpoint.wait_for("end")["outcome"] == "closed by client"
        assert nvim.ended() == "cancelled"
        assert nvim.text() == PLAIN


def test_what_other_servers_have_reported_goes_along(project: Path) -> None:
    with both(project, answer("x", times=2)) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        nvim.lua(
            "vim.diagnostic.set(vim.api.nvim_create_namespace('other'), 0,"
            " {{ lnum = 5, col = 16, end_col = 20, message = 'odd 🦄', severity = 2 }})"
        )
        nvim.keys("<Esc>:5,8WorkersAI explain<CR>")
        nvim.ended()
        assert "warning in `return" in str(endpoint.wait_for("request")["body"])
        nvim.select(PLAIN, PLAIN.index("if name"), PLAIN.index("\n\n\ndef half"))
        nvim.choose("AI: Explain")
        nvim.ended(2)
        assert "odd 🦄" in str(endpoint.wait_for("request", 2)["body"])


def test_the_command_completes_and_says_what_it_takes(project: Path) -> None:
    with both(project, answer("x")) as (nvim, _):
        nvim.open("greet.py", GREET)
        names = nvim.lua("return vim.fn.getcompletion('WorkersAI ', 'cmdline')")
        assert names == [
            *("apply", "cancel", "discard", "edit", "explain"),
            *("history", "model", "prompt", "refactor", "restart", "tests"),
        ]
        assert nvim.lua("return vim.fn.getcompletion('WorkersAI ref', 'cmdline')") == ["refactor"]
        nvim.keys(":WorkersAI nonsense<CR>")
        assert ":WorkersAI takes apply, cancel," in nvim.messages


def test_checkhealth_says_what_is_there(project: Path) -> None:
    with both(project, answer("x")) as (nvim, _):
        nvim.open("greet.py", GREET)
        nvim.lua("vim.cmd('checkhealth workers_ai')")
        report = nvim.text()
        assert "OK workers-ai-ls " in report
        assert "OK It runs for " in report
        assert "OK kind: Workers AI's REST API" in report


def test_the_help_page_has_its_tags(project: Path) -> None:
    with both(project, answer("x")) as (nvim, _):
        nvim.lua("vim.cmd('help workers-ai-settings')")
        assert "model           Model that answers" in nvim.text()
        nvim.lua("vim.cmd('help :WorkersAI')")
