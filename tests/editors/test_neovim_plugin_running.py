"""The plugin while jobs run: several of them, typing, a server that dies, several projects."""

from __future__ import annotations

import functools
import json
import os
import signal
import sys
from pathlib import Path

from tests.editors.neovim_greeting import BEGIN, END, GREET, PLAIN, REWRITTEN, shown
from tests.editors.neovim_greeting import both as both_of
from tests.editors.project import HALVES
from tests.editors.replay import answer, gate

both = functools.partial(both_of, plugin=True)

RUFF = json.dumps([str(Path(sys.executable).with_name("ruff")), "server"])
BESIDE_RUFF = f"""
vim.lsp.config("ruff", {{ cmd = vim.json.decode([=[{RUFF}]=]), filetypes = {{ "python" }} }})
vim.lsp.enable("ruff")
"""
SERVERS = "#vim.lsp.get_clients({ name = 'workers_ai' })"


def test_beside_another_server_both_list_their_actions(project: Path) -> None:
    with both(project, answer("x"), extra=BESIDE_RUFF) as (nvim, endpoint):
        nvim.open("unused.py", "import os\n┃x = 'ü 🦄'┃\n")
        nvim.wait("#vim.lsp.get_clients({ bufnr = 0 }) == 2", "both servers")
        nvim.wait("#vim.diagnostic.get(0) > 0", "what ruff says")
        menu = nvim.menu()
        assert {"AI: Explain [workers_ai]", "AI: Refactor [workers_ai]"} < set(menu)
        assert any(title.startswith("Ruff: ") for title in menu)
        assert endpoint.requests == 0

        nvim.keys("<Esc>gg:WorkersAI explain<CR>")
        nvim.ended()
        assert "imported but unused" in str(endpoint.wait_for("request")["body"])


def test_a_selection_on_one_line_is_exactly_that(project: Path) -> None:
    half = answer("```python\nx / 2\n```")
    keys = "vim.keymap.set({'n', 'x'}, '<F5>', '<Cmd>WorkersAI refactor<CR>')"
    with both(project, half, extra=keys) as (nvim, _):
        nvim.open("greet.py", GREET.replace("\n    return math", "\n    return '🦄', math"))
        nvim.keys("<Esc>12G0")
        nvim.lua("vim.api.nvim_feedkeys(vim.keycode('fmvg_<F5>'), 'mx', false)")
        assert nvim.ended().startswith("done")
        assert nvim.text() == PLAIN.replace("math.floor(x) / 2", "'🦄', x / 2")


def test_two_jobs_in_two_files(project: Path) -> None:
    greet = answer(BEGIN, gate("go"), END, when="Grüße")
    quarter = answer("```python\n", gate("go"), "def quarter(x):\n    return x / 4\n```")
    with both(project, greet, quarter) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        nvim.keys("<Esc>:5,8WorkersAI refactor<CR>")
        nvim.open("halves.py")
        nvim.keys(":WorkersAI refactor<CR>")
        endpoint.wait_for("request", 2)
        nvim.wait("#vim.split(require('workers_ai').status(), '·') == 2", "both in the statusline")
        endpoint.open_gate("go")
        nvim.ended(2)
        assert nvim.text("greet.py") == REWRITTEN
        assert nvim.text("halves.py") == HALVES.replace("y = x / 4\n    return y", "return x / 4")


def test_a_server_that_was_killed_is_started_again(project: Path) -> None:
    replies = answer("Never ", end="hang", times=1), answer("It greets.")
    with both(project, *replies) as (nvim, _):
        nvim.open("greet.py", GREET)
        nvim.keys("<Esc>:WorkersAI explain<CR>")
        nvim.first_tokens()
        # Neovim itself hides the number of the process.
        pid = int(
            nvim.lua(
                "return vim.fn.systemlist({'pgrep', '-P', vim.fn.getpid(), '-f', 'workers-ai-ls'})[1]"
            )
        )
        os.kill(pid, signal.SIGKILL)
        nvim.wait(f"{SERVERS} == 0", "Neovim to see that it is gone")
        assert nvim.lua("return require('workers_ai').status()") == ""
        nvim.keys(":WorkersAI explain<CR>")
        nvim.wait_for_message(":WorkersAI restart")
        nvim.keys(":WorkersAI restart<CR>")
        nvim.wait("Client() and Client().initialized", "the new server")
        nvim.keys(":WorkersAI explain<CR>")
        nvim.wait("#Seen.of_kind('end') == 1", "the explanation")
        assert shown(nvim) == ["It greets.\n"]
        assert nvim.text() == PLAIN


def test_a_restart_while_all_is_well_leaves_one_server(project: Path) -> None:
    with both(project, answer("x")) as (nvim, _):
        nvim.open("greet.py", GREET)
        old = nvim.lua("return Client().id")
        nvim.keys("<Esc>:WorkersAI restart<CR>")
        nvim.wait(f"{SERVERS} == 1 and Client().id ~= old", "the new server alone", old=old)


def test_each_project_has_a_server_and_cancel_reaches_all(project: Path) -> None:
    other = project.parent / "other"
    (other / ".git").mkdir(parents=True)
    (other / "a.py").write_text("def a():\n    return 1\n")
    with both(project, answer("x", end="hang")) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        nvim.keys("<Esc>:WorkersAI explain<CR>")
        nvim.open("../other/a.py")
        nvim.keys(":WorkersAI explain<CR>")
        endpoint.wait_for("request", 2)
        assert nvim.lua(f"return {SERVERS}") == 2
        nvim.keys(":WorkersAI cancel<CR>")
        assert endpoint.wait_for("end", 2)["outcome"] == "closed by client"


def test_a_buffer_without_the_server_is_told_so(project: Path) -> None:
    with both(project, answer("x")) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        nvim.keys("<Esc>:help<CR>:WorkersAI explain<CR>")
        nvim.wait_for_message("This buffer is no source file")
        assert endpoint.requests == 0


def test_code_without_a_name_can_be_explained(project: Path) -> None:
    with both(project, answer("It is one.")) as (nvim, _):
        nvim.lua("vim.cmd('enew | setfiletype python | call setline(1, \"x = 1\")')")
        nvim.wait("Client() and Client().initialized", "the server to attach")
        nvim.keys(":WorkersAI explain<CR>")
        assert nvim.ended().startswith("done")
        assert shown(nvim) == ["It is one.\n"]
