"""The key bindings of `editors/helix/README.md`, and the commands behind them, in Helix 25.07."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.editors.helix import helix
from tests.editors.project import GREETING
from tests.editors.replay import answer, gate, scripted

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.editors

HALF = "def half(x):\n    return float(math.floor(x) / 2)\n"
FENCED = f"```python\n{HALF}```"
EXPECTED = GREETING[: GREETING.index("def half")] + HALF
LAST_LINE = "return math.floor"


def test_a_command_takes_an_instruction(project: Path) -> None:
    with (
        scripted(project.parent, answer(FENCED)) as endpoint,
        helix("25.07", project, endpoint.environment(), "greeting.py") as editor,
    ):
        editor.menu()
        editor.select(LAST_LINE)
        editor.command(
            'lsp-workspace-command workers-ai.edit "%{buffer_name}" '
            '%{selection_line_start} %{selection_line_end} "return a \\"float\\" 🦄"'
        )
        editor.terminal.wait_for("done in")
        assert editor.saved(project / "greeting.py").decode() == EXPECTED
        assert 'return a \\"float\\" 🦄' in str(endpoint.wait_for("request")["body"])


def test_the_key_for_an_instruction_leaves_the_cursor_between_its_quotes(project: Path) -> None:
    with (
        scripted(project.parent, answer(FENCED)) as endpoint,
        helix("25.07", project, endpoint.environment(), "greeting.py") as editor,
    ):
        editor.menu()
        editor.select(LAST_LINE)
        editor.press("Space", "i", "i")
        editor.terminal.type("return a float")
        editor.terminal.keys("Enter")
        editor.terminal.wait_for("done in")
        assert editor.saved(project / "greeting.py").decode() == EXPECTED
        assert "return a float" in str(endpoint.wait_for("request")["body"])


@pytest.mark.parametrize("mode", ["normal", "select"])
def test_explain_and_cancel_and_show_have_keys(project: Path, mode: str) -> None:
    replies = [answer("It halves.", times=1), answer("Never", gate("never"))]
    with (
        scripted(project.parent, *replies) as endpoint,
        helix("25.07", project, endpoint.environment(), "greeting.py") as editor,
    ):
        editor.menu()
        editor.select(LAST_LINE)
        editor.press(*(["v"] if mode == "select" else []), "Space", "i", "e")
        editor.terminal.wait_for("It halves.")
        editor.back()
        editor.press("Space", "i", "t")
        editor.terminal.wait_for("1 token")
        editor.press("Space", "i", "c")
        assert endpoint.wait_for("end", 2)["outcome"] == "closed by client"
        editor.terminal.wait_for("AI: Write tests ⋅ cancelled")
        editor.press("Space", "i", "l")
        editor.terminal.wait_for("Last answer: tests")


def test_cancel_has_a_key_in_the_older_helix_too(project: Path) -> None:
    with (
        scripted(project.parent, answer("Never", gate("never"))) as endpoint,
        helix("25.01", project, endpoint.environment(), "greeting.py") as editor,
    ):
        editor.select(LAST_LINE)
        editor.choose("AI: Explain")
        editor.terminal.wait_for("1 token")
        editor.press("Space", "i", "c")
        assert endpoint.wait_for("end")["outcome"] == "closed by client"
