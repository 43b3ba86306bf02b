"""Neovim as a person has it before them: real keys on a real terminal, read from its screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.editors.neovim_terminal import terminal
from tests.editors.picture import drawn, words_of
from tests.editors.project import GREETING
from tests.editors.replay import answer, gate

if TYPE_CHECKING:
    from tests.editors.tmux import Tmux

pytestmark = pytest.mark.editors

PICTURE = Path(__file__).parents[2] / "editors" / "neovim" / "refactor.svg"

CLEARER = 'return f"Grüße, {name} 🦄" if name else "Grüße 🦄"'
BEGIN = '```python\ndef greet(name):\n    """Greet a person."""\n'
END = f"    {CLEARER}\n```"
MENU = "Type number and <Enter>"


def choose(tmux: Tmux, title: str) -> None:
    """Press gra, read the menu, and type the number that stands before the title."""
    tmux.type("gra")
    screen = tmux.wait_for(MENU)
    (line,) = [line for line in screen.splitlines() if line.endswith(f": {title}")]
    tmux.type(line.split(":")[0].strip())
    tmux.keys("Enter")
    tmux.wait_gone(MENU)


def save(tmux: Tmux) -> None:
    """Write the buffer, and wait until Neovim says so."""
    tmux.type(":w")
    tmux.keys("Enter")
    tmux.wait_for("written")


def test_refactor_shows_its_progress_and_one_u_takes_it_back(project: Path) -> None:
    with terminal(project, answer(BEGIN, gate("seen"), END)) as (tmux, endpoint):
        choose(tmux, "AI: Refactor")
        tmux.wait_for("AI: Refactor: 1 token")
        tmux.shot("1-progress")
        endpoint.open_gate("seen")
        tmux.wait_for(CLEARER)
        tmux.wait_gone("AI: Refactor: ")
        tmux.shot("2-edited")
        save(tmux)
        path = project / "greeting.py"
        assert path.read_text().count(CLEARER) == 1
        tmux.type("u")
        tmux.wait_for('if name == ""')
        tmux.shot("3-undone")
        save(tmux)
        assert path.read_bytes() == GREETING.encode()


def test_an_explanation_stands_above_the_code_and_the_cursor_stays(project: Path) -> None:
    with terminal(project, answer("`greet` greets a person by name.")) as (tmux, _):
        choose(tmux, "AI: Explain")
        screen = tmux.wait_for("`greet` greets a person by name.")
        assert screen.index("# greet") < screen.index("def greet(name):")
        tmux.type("x")
        tmux.wait_for('reet a person."""')
        tmux.shot("explained")
        assert "Press ENTER" not in tmux.screen()


def test_typing_goes_on_and_what_was_typed_inside_stays(project: Path) -> None:
    with terminal(project, answer(BEGIN, gate("typed"), END)) as (tmux, endpoint):
        choose(tmux, "AI: Refactor")
        tmux.wait_for("AI: Refactor: 1 token")
        tmux.type("A  # hello")
        tmux.keys("Escape")
        tmux.wait_for('"""Greet a person."""  # hello')
        tmux.type("gra")
        assert "1: AI: Cancel" in tmux.wait_for(MENU)
        tmux.keys("Enter")
        endpoint.open_gate("typed")
        tmux.wait_for("you edited the code meanwhile")
        tmux.shot("held")
        tmux.keys("Enter")
        choose(tmux, "AI: Apply anyway")
        tmux.wait_for(CLEARER)
        assert "# hello" not in tmux.screen()
        tmux.type("u")
        tmux.wait_for('"""Greet a person."""  # hello')


def test_a_key_cancels(project: Path) -> None:
    with terminal(project, answer(BEGIN, end="hang")) as (tmux, endpoint):
        choose(tmux, "AI: Refactor")
        tmux.wait_for("AI: Refactor: 1 token")
        tmux.type(" ac")
        assert endpoint.wait_for("end")["outcome"] == "closed by client"
        screen = tmux.wait_gone("AI: Refactor: ")
        assert "return f" in screen
        assert CLEARER not in screen


def test_the_picture_in_the_readme_is_what_neovim_shows(
    project: Path, pytestconfig: pytest.Config
) -> None:
    """Run with `--editors --pictures` to draw it anew."""
    plain = "vim.o.termguicolors = true vim.o.hlsearch = false"
    reply = answer(BEGIN, gate("seen"), END)
    with terminal(project, reply, first=plain, columns=92, rows=17) as (tmux, endpoint):
        choose(tmux, "AI: Refactor")
        tmux.wait_for("AI: Refactor: 1 token")
        before = tmux.colours()
        endpoint.open_gate("seen")
        tmux.wait_for(CLEARER)
        after = tmux.colours()
    picture = drawn([before, after], title="nvim greeting.py", columns=92)
    if pytestconfig.getoption("--pictures"):
        PICTURE.write_text(picture, encoding="utf-8")
    kept = words_of(PICTURE.read_text(encoding="utf-8"))
    for line in (*GREETING.splitlines(), CLEARER, "AI: Refactor: 1 token"):
        assert "".join(line.split()) in kept
