"""The main job in a real Emacs with the package, beside pylsp, in each of its clients."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

import pytest

from tests.editors.emacs_package import SETUPS, PackagedEmacs, Setup, emacs_with_package
from tests.editors.project import GREETING, HALVES, TEST_HALVES
from tests.editors.replay import ScriptedEndpoint, answer, gate, scripted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.editors, pytest.mark.parametrize("setup", SETUPS, ids=str)]

BODY = GREETING[GREETING.index("    if name") : GREETING.index("\n\n\ndef half") + 1]
"""The selected lines; they hold ü and 🦄, which UTF-8, UTF-16 and UTF-32 count differently."""
FIRST, LINES = GREETING[: GREETING.index(BODY)].count("\n") + 1, BODY.count("\n")
SHORTER = '    return f"Grüße, {name} 🦄" if name else "Grüße 🦄"\n'
EXPECTED = GREETING.replace(BODY, SHORTER)
OPEN = "```python\n"
HALF = "def half(x):\n    return float(math.floor(x) / 2)\n"


@contextlib.contextmanager
def both(
    setup: Setup, project: Path, *replies: dict[str, object], name: str = "greeting.py"
) -> Iterator[tuple[PackagedEmacs, ScriptedEndpoint]]:
    """An Emacs that shows a file of the project, and an endpoint that gives these answers."""
    with (
        scripted(project.parent, *replies) as endpoint,
        emacs_with_package(setup, project, endpoint.environment(), name) as editor,
    ):
        yield editor, endpoint


def test_both_servers_work_and_the_actions_are_listed(setup: Setup, project: Path) -> None:
    (project / "greeting.py").write_text(f"import os\n{GREETING}")
    with both(setup, project, answer("x")) as (editor, endpoint):
        editor.terminal.wait_until(
            lambda screen: bool(re.search(r"Flymake\[(?!0 0|0\])", screen)), "pylsp's diagnostics"
        )
        editor.select(FIRST + 1, LINES)
        assert editor.menu() >= {"AI: Explain", "AI: Refactor", "AI: Write tests"}
        assert endpoint.requests == 0
        editor.go(1)
        editor.ai("e")
        endpoint.wait_for("end")
        # What pylsp has said of the line goes along.
        assert "'os' imported but unused" in str(endpoint.wait_for("request")["body"])


def test_refactor_lands_exactly_and_one_undo_restores_every_byte(
    setup: Setup, project: Path
) -> None:
    file = project / "greeting.py"
    with both(setup, project, answer(OPEN, gate("seen"), SHORTER, "```")) as (editor, endpoint):
        editor.select(FIRST, LINES)
        editor.ai("r")
        endpoint.wait_for("request")
        if setup.announces:
            editor.terminal.wait_for("AI: Refactor")
        endpoint.open_gate("seen")
        editor.terminal.wait_for('if name else "Grüße')
        editor.terminal.wait_gone("AI: Refactor")
        editor.saves(file, EXPECTED)
        editor.undo()
        editor.saves(file, GREETING)


def test_an_explanation_grows_beside_the_code_and_point_stays(setup: Setup, project: Path) -> None:
    replies = [
        answer("It **says** ", gate("more"), "hello. 🦄\n\nAnd more.", times=1),
        answer("It still says hello."),
    ]
    with both(setup, project, *replies) as (editor, endpoint):
        editor.go(4)
        before = editor.value("(list (buffer-name) (point) (length (window-list)))")
        editor.ai("e")
        editor.terminal.wait_for("*workers-ai: explain*")
        editor.terminal.wait_for("It says")
        endpoint.open_gate("more")
        editor.terminal.wait_for("hello. 🦄")
        after = editor.value("(list (buffer-name) (point) (length (window-list)))")
        assert after == before.replace(" 1)", " 2)")

        editor.ai("e")
        editor.terminal.wait_for("It still says hello.")
        assert editor.value("(length (window-list))") == "2"
        editor.press("C-x", "o", "q")
        editor.terminal.wait_gone("*workers-ai: explain*")
        assert (project / "greeting.py").read_text() == GREETING


def test_tests_go_to_a_new_file(setup: Setup, project: Path) -> None:
    tests = (
        "from greeting import greet\n\n\ndef test_greet():\n    assert greet('') == 'Grüße 🦄'\n"
    )
    file = project / "tests" / "test_greeting.py"
    with both(setup, project, answer(f"{OPEN}{tests}```")) as (editor, _):
        editor.go(4)
        editor.ai("t")
        # Eglot 1.9 cannot be asked to show a file: a message names it.
        editor.terminal.wait_for("def test_greet():" if setup.announces else "test_greeting.py")
        if setup.client == "lsp-mode":
            editor.saves(file, tests)
        assert file.read_text() == tests
        assert (project / "greeting.py").read_text() == GREETING


def test_tests_are_added_to_the_file_that_is_there(setup: Setup, project: Path) -> None:
    new = "def test_quarter_of_eight():\n    assert quarter(8) == 2\n"
    file = project / "tests" / "test_halves.py"
    with both(setup, project, answer(f"{OPEN}{new}```"), name="halves.py") as (editor, _):
        editor.ai("t")
        if not setup.announces:  # Eglot 1.9 asks before it edits a file that no buffer shows.
            editor.terminal.wait_for("Proceed?")
            editor.press("y")
            editor.terminal.wait_gone("Proceed?")
        else:
            editor.terminal.wait_for("def test_quarter_of_eight():")
        if setup.client == "eglot":
            editor.press("C-x", "b")
            editor.terminal.type("test_halves.py")
            editor.press("Enter")
        editor.terminal.wait_for("def test_quarter_of_eight():")
        editor.saves(file, f"{TEST_HALVES}\n\n{new}")
        assert (project / "halves.py").read_text() == HALVES


def test_typing_above_shifts_the_edit(setup: Setup, project: Path) -> None:
    with both(setup, project, answer(OPEN, gate("typed"), SHORTER, "```")) as (editor, endpoint):
        editor.select(FIRST, LINES)
        editor.ai("r")
        endpoint.wait_for("request")
        editor.go(1)
        editor.terminal.type("import sys  # 🦄")
        editor.press("Enter")
        # At once: Eglot has not told of the typing yet.
        endpoint.open_gate("typed")
        editor.terminal.wait_for('if name else "Grüße')
        editor.saves(project / "greeting.py", f"import sys  # 🦄\n{EXPECTED}")


def test_typing_inside_holds_the_edit_until_it_is_applied(setup: Setup, project: Path) -> None:
    with both(setup, project, answer(OPEN, gate("typed"), SHORTER, "```")) as (editor, endpoint):
        editor.select(FIRST, LINES)
        editor.ai("r")
        endpoint.wait_for("request")
        editor.go(FIRST + 1)
        editor.terminal.type("        mine = 1")
        editor.press("Enter")
        endpoint.open_gate("typed")
        endpoint.wait_for("end")
        editor.terminal.wait_for("meanwhile")
        editor.terminal.wait_for("mine = 1")
        editor.ai("a")
        editor.terminal.wait_for('if name else "Grüße')
        editor.saves(project / "greeting.py", EXPECTED)


def test_cancel_closes_the_connection_and_leaves_the_text(setup: Setup, project: Path) -> None:
    with both(setup, project, answer(OPEN, gate("never"), SHORTER)) as (editor, endpoint):
        editor.select(FIRST, LINES)
        editor.ai("r")
        endpoint.wait_for("request")
        editor.ai("c")
        assert endpoint.wait_for("end")["outcome"] == "closed by client"
        editor.go(1)
        editor.press("Enter")
        editor.saves(project / "greeting.py", f"\n{GREETING}")


def test_an_edit_asks_for_its_instruction(setup: Setup, project: Path) -> None:
    with both(setup, project, answer(f"{OPEN}{HALF}```")) as (editor, endpoint):
        editor.go(13)
        editor.ai("i")
        editor.terminal.wait_for("Edit how?")
        editor.terminal.type('return a "float" 🦄')
        editor.press("Enter")
        editor.terminal.wait_for("return float(")
        editor.saves(project / "greeting.py", GREETING[: GREETING.index("def half")] + HALF)
        assert 'return a \\"float\\" 🦄' in str(endpoint.wait_for("request")["body"])


def test_two_jobs_in_two_files(setup: Setup, project: Path) -> None:
    quarter = "def quarter(x):\n    return x / 4\n"
    replies = [
        answer(OPEN, gate("first"), SHORTER, "```", when="Grüße"),
        answer(OPEN, gate("second"), quarter, "```", when="quarter"),
    ]
    with both(setup, project, *replies) as (editor, endpoint):
        editor.select(FIRST, LINES)
        editor.ai("r")
        endpoint.wait_for("request")
        editor.press("C-x", "C-f")
        editor.terminal.wait_for("Find file")
        editor.terminal.type("halves.py")
        editor.press("Enter")
        editor.terminal.wait_for("def quarter")
        editor.ai("r")
        endpoint.wait_for("request", 2)
        endpoint.open_gate("second")
        editor.terminal.wait_for("return x / 4")
        editor.saves(project / "halves.py", quarter)
        endpoint.open_gate("first")
        editor.press("C-x", "b")
        editor.terminal.type("greeting.py")
        editor.press("Enter")
        editor.terminal.wait_for('if name else "Grüße')
        editor.saves(project / "greeting.py", EXPECTED)
