"""The main job in a real Helix, with no plugin."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from tests.editors.helix import VERSIONS, Helix, helix
from tests.editors.project import GREETING, HALVES, TEST_HALVES
from tests.editors.replay import ScriptedEndpoint, answer, editor_environment, gate, scripted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.editors, pytest.mark.parametrize("version", VERSIONS)]

BODY = GREETING[GREETING.index("    if name") : GREETING.index("\n\n\ndef half") + 1]
"""The selected lines; they hold ü and 🦄, which UTF-8, UTF-16 and UTF-32 count differently."""
SHORTER = '    return f"Grüße, {name} 🦄" if name else "Grüße 🦄"\n'
EXPECTED = GREETING.replace(BODY, SHORTER)
OPEN = "```python\n"
LISTED = ["AI: Refactor", "AI: Explain", "AI: Write tests", "AI: Show prompt"]


@contextlib.contextmanager
def both(
    version: str, project: Path, *replies: dict[str, object], name: str = "greeting.py"
) -> Iterator[tuple[Helix, ScriptedEndpoint]]:
    """A Helix that shows a file of the project, and an endpoint that gives these answers."""
    with (
        scripted(project.parent, *replies) as endpoint,
        helix(version, project, endpoint.environment(), name) as editor,
    ):
        yield editor, endpoint


def select_body(editor: Helix) -> None:
    """Select the lines of BODY, as people do in Helix."""
    editor.select("if name")
    editor.press(*"x" * len(BODY.splitlines()))


def test_it_lists_the_actions_beside_those_of_other_servers(version: str, project: Path) -> None:
    with both(version, project, answer("x")) as (editor, endpoint):
        editor.select('üße 🦄"')
        listed = editor.menu()
        assert [title for title in listed if title.startswith("AI: ")] == LISTED
        assert {*LISTED} < {*editor.menu(among="Ruff: ")}
        assert endpoint.requests == 0


def test_refactor_lands_exactly_and_one_undo_restores_every_byte(
    version: str, project: Path
) -> None:
    file = project / "greeting.py"
    with both(version, project, answer(OPEN, SHORTER, "```")) as (editor, _):
        select_body(editor)
        editor.choose("AI: Refactor")
        editor.terminal.wait_for("done in")
        assert editor.saved(file).decode() == EXPECTED
        editor.press("u")
        assert editor.saved(file).decode() == GREETING


def test_windows_line_ends_stay(version: str, project: Path) -> None:
    file = project / "greeting.py"
    file.write_bytes(GREETING.replace("\n", "\r\n").encode())
    with both(version, project, answer(OPEN, SHORTER, "```")) as (editor, _):
        select_body(editor)
        editor.choose("AI: Refactor")
        editor.terminal.wait_for("done in")
        assert editor.saved(file).decode() == EXPECTED.replace("\n", "\r\n")


def test_code_after_an_emoji_on_its_line_is_replaced_exactly(version: str, project: Path) -> None:
    file = project / "pair.py"
    file.write_text('pair = ("ü 🦄", 1 + 1, "🦄")\n')
    with both(version, project, answer("```python\n2\n```"), name="pair.py") as (editor, _):
        editor.select("1 + 1")
        editor.choose("AI: Refactor")
        editor.terminal.wait_for("done in")
        assert editor.saved(file).decode() == 'pair = ("ü 🦄", 2, "🦄")\n'


def test_an_explanation_is_shown_and_so_is_the_next_one(version: str, project: Path) -> None:
    first, second = answer("`greet` says hello. 🦄", times=1), answer("It still says hello.")
    with both(version, project, first, second) as (editor, _):
        editor.select("greet(")
        editor.choose("AI: Explain")
        editor.terminal.wait_for("`greet` says hello. 🦄")
        editor.back()
        editor.choose("AI: Explain")
        editor.terminal.wait_for("It still says hello.")
        assert (project / "greeting.py").read_text() == GREETING


def test_tests_go_to_a_new_file(version: str, project: Path) -> None:
    tests = (
        "from greeting import greet\n\n\ndef test_greet():\n    assert greet('') == 'Grüße 🦄'\n"
    )
    file = project / "tests" / "test_greeting.py"
    with both(version, project, answer(f"```python\n{tests}```")) as (editor, _):
        editor.select("greet(")
        editor.choose("AI: Write tests")
        editor.terminal.wait_for("def test_greet():")
        assert editor.saved(file).decode() == tests
        assert (project / "greeting.py").read_text() == GREETING


def test_tests_are_added_to_the_file_that_is_there(version: str, project: Path) -> None:
    new = "def test_quarter_of_eight():\n    assert quarter(8) == 2\n"
    file = project / "tests" / "test_halves.py"
    with both(version, project, answer(f"```python\n{new}```"), name="halves.py") as (editor, _):
        editor.select("quarter(")
        editor.choose("AI: Write tests")
        editor.terminal.wait_for("def test_quarter_of_eight():")
        assert editor.saved(file).decode() == f"{TEST_HALVES}\n\n{new}"
        assert (project / "halves.py").read_text() == HALVES


def test_typing_above_shifts_the_edit(version: str, project: Path) -> None:
    file = project / "greeting.py"
    with both(version, project, answer(OPEN, gate("typed"), SHORTER, "```")) as (editor, end):
        select_body(editor)
        editor.choose("AI: Refactor")
        end.wait_for("request")
        editor.press("g", "g", "O")
        editor.terminal.type("import sys  # 🦄")
        editor.terminal.wait_for("import sys  # 🦄")
        editor.press()
        end.open_gate("typed")
        editor.terminal.wait_for("done in")
        assert editor.saved(file).decode() == f"import sys  # 🦄\n{EXPECTED}"


def test_typing_inside_holds_the_answer_until_it_is_applied_anyway(
    version: str, project: Path
) -> None:
    file = project / "greeting.py"
    with both(version, project, answer(OPEN, gate("typed"), SHORTER, "```")) as (editor, end):
        select_body(editor)
        editor.choose("AI: Refactor")
        end.wait_for("request")
        editor.select("Grüße 🦄")
        editor.press("c")
        editor.terminal.type("Schöne Grüße")
        editor.terminal.wait_for("Schöne Grüße")
        editor.press()
        end.open_gate("typed")
        editor.terminal.wait_for("not applied, because you edited the code meanwhile")
        edited = GREETING.replace("Grüße 🦄", "Schöne Grüße", 1)
        assert editor.saved(file).decode() == edited
        editor.choose("AI: Apply anyway")
        editor.terminal.wait_for('return f"Grüße, {name} 🦄" if name else')
        assert editor.saved(file).decode() == EXPECTED


def test_cancel_closes_the_connection_and_leaves_the_text(version: str, project: Path) -> None:
    file = project / "greeting.py"
    with both(version, project, answer(OPEN, gate("never"), SHORTER)) as (editor, end):
        select_body(editor)
        editor.choose("AI: Refactor")
        editor.terminal.wait_for("1 token")
        listed = editor.menu()
        assert [title for title in listed if title.startswith("AI: ")] == ["AI: Cancel"]
        editor.choose("AI: Cancel")
        assert end.wait_for("end")["outcome"] == "closed by client"
        editor.terminal.wait_for("cancelled")
        editor.press("g", "g", "O")
        assert editor.saved(file).decode() == f"\n{GREETING}"


def test_an_endpoint_that_is_down_is_told_of_once(version: str, project: Path) -> None:
    down = editor_environment(project.parent / "home") | {
        "WORKERS_AI_BASE_URL": "http://127.0.0.1:9/client/v4",
        "CLOUDFLARE_ACCOUNT_ID": "0" * 32,
        "CLOUDFLARE_API_TOKEN": "made-up-token",
    }
    with helix(version, project, down, "greeting.py") as editor:
        editor.select("greet(")
        editor.choose("AI: Refactor")
        editor.terminal.wait_for(
            "AI: Refactor: 127.0.0.1:9 cannot be reached: nothing listens there"
        )
        # Wider than the window; `:log-open` has it all.
        log = project.parent / "home" / ".cache" / "helix" / "helix.log"
        assert log.read_text().count("or correct WORKERS_AI_BASE_URL.") == 1


def test_without_credentials_the_message_says_what_to_set(version: str, project: Path) -> None:
    nothing = editor_environment(project.parent / "home")
    with helix(version, project, nothing, "greeting.py") as editor:
        editor.select("greet(")
        editor.choose("AI: Explain")
        editor.terminal.wait_for("CLOUDFLARE_ACCOUNT_ID")
