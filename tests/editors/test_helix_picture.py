"""The picture in `editors/helix/README.md` is what the real Helix shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.editors.helix import helix
from tests.editors.picture import drawn, words_of
from tests.editors.project import GREETING
from tests.editors.replay import answer, gate, scripted

pytestmark = pytest.mark.editors

PICTURE = Path(__file__).parents[2] / "editors" / "helix" / "actions.svg"
EXPLANATION = "`greet` returns a greeting:\n\n- an empty name gets the greeting alone,\n- any other stands behind it.\n"


def test_the_picture_shows_the_actions_progress_and_an_explanation(
    project: Path, pytestconfig: pytest.Config
) -> None:
    """Run with `--editors --pictures` to draw it anew."""
    with (
        scripted(project.parent, answer("", gate("seen"), EXPLANATION)) as endpoint,
        helix("25.07", project, endpoint.environment(), "greeting.py") as editor,
    ):
        editor.select("greet(")
        editor.menu()
        listed = editor.terminal.colours()
        editor.choose("AI: Explain")
        endpoint.wait_for("request")
        endpoint.open_gate("seen")
        editor.terminal.wait_for("any other stands behind it.")
        explained = editor.terminal.colours()
    screens = [_rows(listed, 0, 16), _rows(explained, 0, 11)]
    if pytestconfig.getoption("--pictures"):
        PICTURE.write_text(drawn(screens, title="hx greeting.py", columns=110), "utf-8")
    kept = words_of(PICTURE.read_text("utf-8"))
    for line in (*GREETING.splitlines()[:4], "AI: Explain", "AI: Refactor", "returns a greeting"):
        assert "".join(line.split()) in kept


def _rows(screen: str, first: int, last: int) -> str:
    return "\n".join(screen.splitlines()[first:last])
