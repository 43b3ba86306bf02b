"""The main job in a real Emacs, with Eglot and with lsp-mode, and no package of ours."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from tests.editors.emacs import EGLOT, LSP_MODE, RASSUMFRASSUM, Emacs, emacs
from tests.editors.project import GREETING, HALVES, TEST_HALVES
from tests.editors.replay import ScriptedEndpoint, answer, editor_environment, gate, scripted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Blocks = tuple[str, ...]

CLIENTS = pytest.mark.parametrize("blocks", [EGLOT, LSP_MODE], ids=["eglot", "lsp-mode"])
pytestmark = pytest.mark.editors

BODY = GREETING[GREETING.index("    if name") : GREETING.index("\n\n\ndef half") + 1]
"""The selected lines; they hold ü and 🦄, which UTF-8, UTF-16 and UTF-32 count differently."""
FIRST, LINES = GREETING[: GREETING.index(BODY)].count("\n") + 1, BODY.count("\n")
SHORTER = '    return f"Grüße, {name} 🦄" if name else "Grüße 🦄"\n'
EXPECTED = GREETING.replace(BODY, SHORTER)
OPEN = "```python\n"
BARE = """\
(require 'eglot)
(add-to-list 'eglot-server-programs '(python-mode . ("workers-ai-ls")))
(add-hook 'python-mode-hook #'eglot-ensure)
"""
LISTED = {"AI: Explain", "AI: Refactor", "AI: Write tests", "AI: Show prompt"}


@contextlib.contextmanager
def both(
    blocks: Blocks, project: Path, *replies: dict[str, object], name: str = "greeting.py"
) -> Iterator[tuple[Emacs, ScriptedEndpoint]]:
    """An Emacs that shows a file of the project, and an endpoint that gives these answers."""
    with (
        scripted(project.parent, *replies) as endpoint,
        emacs(blocks, project, endpoint.environment(), name) as editor,
    ):
        yield editor, endpoint


@CLIENTS
def test_it_lists_the_actions(blocks: Blocks, project: Path) -> None:
    with both(blocks, project, answer("x")) as (editor, endpoint):
        editor.select(FIRST, LINES)
        assert editor.menu() >= LISTED
        assert endpoint.requests == 0


@pytest.mark.parametrize("blocks", [RASSUMFRASSUM, LSP_MODE], ids=["rassumfrassum", "lsp-mode"])
def test_it_works_beside_another_server(blocks: Blocks, project: Path) -> None:
    with both(blocks, project, answer(OPEN, SHORTER, "```")) as (editor, _):
        editor.select(FIRST, LINES)
        listed = editor.menu()
        assert listed >= LISTED
        assert any(title.startswith("Ruff: ") for title in listed)
        editor.select(FIRST, LINES)
        editor.choose("AI: Refactor")
        editor.terminal.wait_for('if name else "Grüße')
        editor.saves(project / "greeting.py", EXPECTED)


@CLIENTS
def test_refactor_lands_exactly_and_one_undo_restores_every_byte(
    blocks: Blocks, project: Path
) -> None:
    file = project / "greeting.py"
    with both(blocks, project, answer(OPEN, SHORTER, "```")) as (editor, _):
        editor.select(FIRST, LINES)
        editor.choose("AI: Refactor")
        editor.terminal.wait_for('if name else "Grüße')
        editor.saves(file, EXPECTED)
        editor.undo()
        editor.saves(file, GREETING)


@CLIENTS
def test_an_explanation_is_shown_and_so_is_the_next_one(blocks: Blocks, project: Path) -> None:
    first, second = answer("`greet` says hello. 🦄", times=1), answer("It still says hello.")
    with both(blocks, project, first, second) as (editor, _):
        editor.go(4)
        editor.choose("AI: Explain")
        editor.terminal.wait_for("`greet` says hello. 🦄")
        if blocks == LSP_MODE:
            editor.press("C-x", "Left")  # it takes the window; Eglot's stands in another one
        editor.go(4)
        editor.choose("AI: Explain")
        editor.terminal.wait_for("It still says hello.")
        assert (project / "greeting.py").read_text() == GREETING


@CLIENTS
def test_tests_go_to_a_new_file(blocks: Blocks, project: Path) -> None:
    tests = (
        "from greeting import greet\n\n\ndef test_greet():\n    assert greet('') == 'Grüße 🦄'\n"
    )
    file = project / "tests" / "test_greeting.py"
    with both(blocks, project, answer(f"{OPEN}{tests}```")) as (editor, _):
        editor.go(4)
        editor.choose("AI: Write tests")
        editor.terminal.wait_for("def test_greet():")
        if blocks == LSP_MODE:
            editor.saves(file, tests)
        assert file.read_text() == tests
        assert (project / "greeting.py").read_text() == GREETING


@CLIENTS
def test_tests_are_added_to_the_file_that_is_there(blocks: Blocks, project: Path) -> None:
    new = "def test_quarter_of_eight():\n    assert quarter(8) == 2\n"
    file = project / "tests" / "test_halves.py"
    with both(blocks, project, answer(f"{OPEN}{new}```"), name="halves.py") as (editor, _):
        editor.choose("AI: Write tests")
        editor.terminal.wait_for("def test_quarter_of_eight():")
        if blocks == EGLOT:
            editor.press("C-x", "o")
        editor.saves(file, f"{TEST_HALVES}\n\n{new}")
        assert (project / "halves.py").read_text() == HALVES


@CLIENTS
def test_typing_above_shifts_the_edit(blocks: Blocks, project: Path) -> None:
    with both(blocks, project, answer(OPEN, gate("typed"), SHORTER, "```")) as (editor, endpoint):
        editor.select(FIRST, LINES)
        editor.choose("AI: Refactor")
        endpoint.wait_for("request")
        editor.go(1)
        editor.terminal.type("import sys  # 🦄")
        editor.press("Enter")
        editor.terminal.wait_for("import sys  # 🦄")
        endpoint.open_gate("typed")
        editor.terminal.wait_for('if name else "Grüße')
        editor.saves(project / "greeting.py", f"import sys  # 🦄\n{EXPECTED}")


def test_eglot_without_the_block_of_the_readme_gets_no_edit_behind_its_back(project: Path) -> None:
    with (
        scripted(project.parent, answer(OPEN, gate("typed"), SHORTER, "```")) as endpoint,
        emacs(EGLOT[2:], project, endpoint.environment(), "greeting.py", BARE) as editor,
    ):
        editor.select(FIRST, LINES)
        editor.choose("AI: Refactor")
        endpoint.wait_for("request")
        editor.go(1)
        editor.terminal.type("import sys  # 🦄")
        editor.press("Enter")
        editor.terminal.wait_for("import sys  # 🦄")
        endpoint.open_gate("typed")
        editor.terminal.wait_for("the result is ready")
        editor.select(FIRST + 1, LINES)
        editor.choose("AI: Apply anyway")
        editor.terminal.wait_for("Edit successful")
        editor.saves(project / "greeting.py", f"import sys  # 🦄\n{EXPECTED}")


@CLIENTS
def test_cancel_closes_the_connection_and_leaves_the_text(blocks: Blocks, project: Path) -> None:
    with both(blocks, project, answer(OPEN, gate("never"), SHORTER)) as (editor, endpoint):
        editor.select(FIRST, LINES)
        editor.choose("AI: Refactor")
        endpoint.wait_for("request")
        editor.choose("AI: Cancel")
        assert endpoint.wait_for("end")["outcome"] == "closed by client"
        editor.go(1)
        editor.press("Enter")
        editor.saves(project / "greeting.py", f"\n{GREETING}")


@CLIENTS
def test_the_commands_of_the_readme(blocks: Blocks, project: Path) -> None:
    half = "def half(x):\n    return float(math.floor(x) / 2)\n"
    replies = [answer(f"{OPEN}{half}```", times=1), answer(OPEN, gate("never"))]
    with both(blocks, project, *replies) as (editor, endpoint):
        editor.go(13)
        editor.press("C-c", "a", "e")
        editor.terminal.wait_for("AI: change how?")
        editor.terminal.type('return a "float" 🦄')
        editor.press("Enter")
        editor.terminal.wait_for("return float(")
        editor.saves(project / "greeting.py", GREETING[: GREETING.index("def half")] + half)
        assert 'return a \\"float\\" 🦄' in str(endpoint.wait_for("request")["body"])
        editor.choose("AI: Refactor")
        endpoint.wait_for("request", 2)
        editor.press("C-c", "a", "c")
        assert endpoint.wait_for("end", 2)["outcome"] == "closed by client"


@CLIENTS
def test_an_endpoint_that_is_down_is_told_of_once(blocks: Blocks, project: Path) -> None:
    down = editor_environment(project.parent / "home") | {
        "WORKERS_AI_BASE_URL": "http://127.0.0.1:9/client/v4",
        "CLOUDFLARE_ACCOUNT_ID": "0" * 32,
        "CLOUDFLARE_API_TOKEN": "made-up-token",
    }
    with emacs(blocks, project, down, "greeting.py") as editor:
        editor.choose("AI: Refactor")
        told = editor.terminal.wait_for("127.0.0.1:9 cannot be reached")
        # A long line of the echo area is broken at the window's edge.
        assert "or correct WORKERS_AI_BASE_URL." in told.replace("\\\n", "").replace("\n", "")
