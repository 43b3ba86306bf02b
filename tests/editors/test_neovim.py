"""A real headless Neovim does the main job, by its own LSP client and without a plugin."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.editors.neovim_greeting import BEGIN, END, GREET, PLAIN, REWRITTEN, both, debounce
from tests.editors.project import HALVES, TEST_HALVES
from tests.editors.replay import answer

EACH = pytest.mark.parametrize("plugin", [False, True], ids=["plain", "plugin"])
RECORDED = Path(__file__).parents[1] / "protocol" / "capabilities" / "neovim_0.11.4.json"


def test_gra_lists_the_actions_for_a_selection_and_asks_nobody(project: Path) -> None:
    with both(project, answer("x")) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        assert nvim.menu() == ["AI: Explain", "AI: Refactor", "AI: Write tests", "AI: Show prompt"]
        assert endpoint.requests == 0

        recorded = json.loads(RECORDED.read_text())["capabilities"]
        assert nvim.lua("return vim.lsp.protocol.make_client_capabilities()") == recorded


def test_explain_opens_markdown_beside_the_code(project: Path) -> None:
    replies = answer("`greet` ", "greets.", times=1), answer("It greets politely.")
    with both(project, *replies) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        nvim.choose("AI: Explain")
        assert nvim.ended().startswith("done")
        assert nvim.explanation() == "# greet\n\n*greet.py, line 5*\n\n`greet` greets.\n"
        assert nvim.text() == PLAIN

        # Neovim does not look at the disk again by itself, so the second answer needs its own file.
        nvim.choose("AI: Explain")
        nvim.ended(2)
        assert nvim.explanation().endswith("\n\nIt greets politely.\n")
        assert nvim.lua("return #vim.lsp.get_clients()") == 1
        assert nvim.messages == ""
        assert endpoint.requests == 2


@EACH
def test_refactor_lands_exactly_and_one_undo_restores_every_byte(
    project: Path, *, plugin: bool
) -> None:
    with both(project, answer(BEGIN, END), plugin=plugin) as (nvim, _):
        nvim.open("greet.py", GREET)
        nvim.choose("AI: Refactor")
        assert nvim.ended().startswith("done")
        assert nvim.text() == REWRITTEN
        assert nvim.write() == REWRITTEN.encode()
        assert nvim.lua("return Seen.applied") == 1

        nvim.lua("vim.cmd.undo()")
        assert nvim.write() == PLAIN.encode()


@EACH
def test_a_file_with_crlf_and_no_last_line_end_keeps_them(project: Path, *, plugin: bool) -> None:
    crlf = PLAIN.replace("\n", "\r\n").removesuffix("\r\n")
    (project / "greet.py").write_bytes(crlf.encode())
    half = answer("```python\ndef half(x):\n    return x / 2\n```")
    with both(project, half, extra="vim.o.fixendofline = false", plugin=plugin) as (nvim, _):
        nvim.open("greet.py")
        nvim.lua("Select('V', 11, 1, 12, 1)")
        nvim.choose("AI: Refactor")
        assert nvim.ended().startswith("done")
        assert nvim.write() == crlf.replace("math.floor(x)", "x").encode()
        nvim.lua("vim.cmd.undo()")
        assert nvim.write() == crlf.encode()


@EACH
def test_edit_does_what_a_comment_asks_and_removes_it(project: Path, *, plugin: bool) -> None:
    reply = answer("```python\ndef f(x):\n    return float(x)\n```")
    with both(project, reply, plugin=plugin) as (nvim, endpoint):
        nvim.open("f.py", "def f(x):\n    # AI: return a ┃float\n    return x\n")
        nvim.choose("AI: Edit")
        assert nvim.ended().startswith("done")
        assert nvim.text() == "def f(x):\n    return float(x)\n"
        assert "return a float" in str(endpoint.wait_for("request")["body"])


@EACH
def test_write_tests_creates_the_file_where_tests_are_kept_and_revert_removes_it(
    project: Path,
    *,
    plugin: bool,
) -> None:
    tests = "from greet import greet\n\n\ndef test_greet():\n    assert greet('') == 'Grüße 🦄'\n"
    with both(project, answer(f"```python\n{tests}```"), extra=debounce(0), plugin=plugin) as (
        nvim,
        _,
    ):
        nvim.open("greet.py", GREET)
        nvim.choose("AI: Write tests")
        assert nvim.ended().startswith("done")
        path = project / "tests" / "test_greet.py"
        assert nvim.shown() == {str(project / "greet.py"): PLAIN, str(path): tests}
        nvim.lua("vim.cmd('silent wall')")
        assert path.read_bytes() == tests.encode()

        nvim.choose("AI: Revert")
        nvim.wait("not vim.uv.fs_stat(path)", "the file to go", path=str(path))
        assert nvim.shown() == {str(project / "greet.py"): PLAIN}


@EACH
def test_write_tests_adds_to_the_tests_that_are_there(project: Path, *, plugin: bool) -> None:
    code = "```python\nimport pytest\nfrom halves import quarter\n\n\ndef test_none():\n    assert quarter(0) == 0\n```"
    with both(project, answer(code), plugin=plugin) as (nvim, _):
        nvim.open("halves.py")
        nvim.choose("AI: Write tests")
        assert nvim.ended().startswith("done")
        added = "\n\ndef test_none():\n    assert quarter(0) == 0\n"
        expected = TEST_HALVES.replace("quarter\n", "quarter\nimport pytest\n", 1) + added
        assert nvim.text("tests/test_halves.py") == expected
        assert nvim.text() == HALVES
        assert (project / "tests" / "test_halves.py").read_text() == TEST_HALVES


def test_show_difference_try_again_and_revert(project: Path) -> None:
    again = "```python\nif not name:\n    return 'Hi'\nreturn name\n```"
    replies = answer(BEGIN, END, times=1), answer(again)
    with both(project, *replies, extra=debounce(0)) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        nvim.choose("AI: Refactor")
        nvim.ended()
        nvim.choose("AI: Show difference")
        nvim.wait("#Seen.shown == 1", "the difference")
        assert "\n-    else:\n" in nvim.explanation()

        nvim.choose("AI: Try again")
        nvim.ended(2)
        old = PLAIN[PLAIN.index("    if name") : PLAIN.index("\n\n\ndef half")]
        new = "    if not name:\n        return 'Hi'\n    return name"
        assert nvim.text() == PLAIN.replace(old, new)
        assert str(endpoint.wait_for("request", 2)["body"]).count("Grüße, {name}") > 1
        nvim.choose("AI: Revert")
        nvim.wait("Text(0) ~= text", "the text from before", text=PLAIN.replace(old, new))
        assert nvim.text() in (PLAIN, REWRITTEN)


COMMANDS = {
    "exec_cmd": "Client():exec_cmd({ title = '', command = name, arguments = arguments }, { bufnr = 0 })",
    "buf_request": "vim.lsp.buf_request(0, 'workspace/executeCommand', { command = name, arguments = arguments })",
}


def test_a_command_takes_plain_strings(project: Path) -> None:
    half = answer("```python\ndef half(y):\n    return y / 2\n```", when="rename x to y")
    greet = answer("```python\ndef greet(name):\n    return 'Hi'\n```")
    with both(project, half, greet) as (nvim, _):
        nvim.open("greet.py", GREET)
        arguments = ["greet.py", "11", "11", "rename", "x", "to", "y"]
        nvim.lua(COMMANDS["exec_cmd"], name="workers-ai.edit", arguments=arguments)
        assert nvim.ended().startswith("done")
        arguments = ["greet.py", "4", "8"]
        nvim.lua(COMMANDS["buf_request"], name="workers-ai.refactor", arguments=arguments)
        assert nvim.ended(2).startswith("done")
        assert nvim.text() == (
            "import math\n\n\ndef greet(name):\n    return 'Hi'\n\n\ndef half(y):\n    return y / 2\n"
        )


def test_the_keys_of_the_readme(project: Path) -> None:
    half = answer("```python\ndef half(x):\n    return x / 2\n```", when="halve")
    with both(project, half, answer("It greets.")) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        nvim.keys("<Space>ae")
        nvim.ended()
        assert nvim.explanation().endswith("\n\nIt greets.\n")

        nvim.keys("<Esc>11GVj")
        nvim.keys("<Space>aijust halve it<CR>")
        nvim.ended(2)
        assert "math.floor" not in nvim.text()
        assert "just halve it" in str(endpoint.wait_for("request", 2)["body"])

        nvim.keys("<Esc><Space>aa")
        nvim.wait("#Seen.shown == 2", "the last answer")
        assert "return x / 2" in nvim.explanation()


def test_settings_stand_beside_cmd(project: Path) -> None:
    settings = "vim.lsp.config('workers_ai', { settings = { workersAI = { prompts = { explain = 'In rhyme.' } } } })"
    with both(project, answer("x"), extra=settings) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        nvim.choose("AI: Explain")
        nvim.ended()
        assert "In rhyme." in str(endpoint.wait_for("request")["body"])
