"""The plugin by real keys on a real terminal: what is seen, and that nobody has to press Enter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.editors.neovim_greeting import debounce
from tests.editors.neovim_terminal import terminal
from tests.editors.picture import drawn, words_of
from tests.editors.project import GREETING
from tests.editors.replay import answer, gate
from tests.editors.test_neovim_keys import BEGIN, CLEARER, END, choose, save

pytestmark = pytest.mark.editors

PICTURES = Path(__file__).parents[2] / "editors" / "neovim"
PROMPT = "Press ENTER"
HELD = "edited the code meanwhile"
STATUSLINE = "vim.o.statusline = \"%f %m%=%{v:lua.require'workers_ai'.status()} %l,%c\""
LOOKS = f"{STATUSLINE} vim.o.termguicolors = true vim.o.hlsearch = false"
PREVIEW = "vim.lsp.config('workers_ai', { settings = { workersAI = { apply = 'preview' } } })"
# Else Neovim may have held a change back when the edit comes, and tells of that in words of its own.
PROMPT_CHANGES = debounce(0)
EXPLANATION = "## What it does\n\n`greet` returns a greeting for a **name**"
REST = ":\n\n- an empty name gets the greeting alone,\n- any other stands behind it.\n"


def test_a_long_message_asks_for_no_enter_and_the_next_key_counts(project: Path) -> None:
    replies = answer(BEGIN, gate("typed"), END)
    with terminal(project, replies, plugin=True, first=PROMPT_CHANGES, columns=60) as (
        tmux,
        endpoint,
    ):
        tmux.type(":WorkersAI refactor")
        tmux.keys("Enter")
        endpoint.wait_for("request")
        tmux.type("A  # hello")
        tmux.keys("Escape")
        tmux.wait_for('"""Greet a person."""  # hello')
        endpoint.open_gate("typed")
        tmux.wait_until(lambda screen: HELD in one_line(screen), HELD)
        assert PROMPT not in tmux.screen()
        tmux.shot("held")
        tmux.type("u")
        assert PROMPT not in tmux.wait_gone("# hello")
        tmux.type(":messages")
        tmux.keys("Enter")
        tmux.wait_until(lambda screen: HELD in one_line(screen), HELD)


def one_line(screen: str) -> str:
    """The screen as if it were wide enough."""
    return screen.replace("\n", "")


def test_a_preview_waits_until_its_user_has_stopped_typing(project: Path) -> None:
    replies = answer(BEGIN, gate("typing"), END)
    with terminal(project, replies, plugin=True, first=PREVIEW) as (tmux, endpoint):
        tmux.type(":5,9WorkersAI refactor")
        tmux.keys("Enter")
        endpoint.wait_for("request")
        tmux.type("Go# typed")
        tmux.wait_for("# typed")
        endpoint.open_gate("typing")
        endpoint.wait_for("end")
        tmux.type(" on")
        assert "proposed" not in tmux.wait_for("# typed on")
        tmux.keys("Escape")
        tmux.wait_for("proposed")
        tmux.type(":WorkersAI apply")
        tmux.keys("Enter")
        tmux.wait_gone("proposed")
        tmux.wait_for(CLEARER)
        save(tmux)
        text = (project / "greeting.py").read_text()
        assert CLEARER in text
        assert text.endswith("# typed on\n")


def test_the_pictures_in_the_readme_are_what_neovim_shows(
    project: Path, pytestconfig: pytest.Config
) -> None:
    """Run with `--editors --pictures` to draw them anew."""
    replies = (
        answer(EXPLANATION, gate("seen"), REST, when="Explain", times=1),
        answer(BEGIN, END),
    )
    size = {"columns": 100, "rows": 24}
    first = f"{LOOKS} {PREVIEW}"
    with terminal(project, *replies, first=first, plugin=True, **size) as (tmux, endpoint):
        tmux.type(":WorkersAI explain")
        tmux.keys("Enter")
        tmux.wait_for("returns a greeting")
        tmux.wait_for("AI: Explain: ")
        explained = tmux.colours()
        assert PROMPT not in tmux.screen()
        endpoint.open_gate("seen")
        tmux.wait_for("any other stands behind it.")
        tmux.wait_gone("AI: Explain: ")
        tmux.keys("C-w", "j")
        tmux.type("q")
        tmux.wait_gone("any other stands behind it.")
        choose(tmux, "AI: Refactor")
        tmux.wait_for("proposed")
        tmux.keys("C-l")
        compared = tmux.wait_for(CLEARER[:20]) and tmux.colours()
    for name, screen in {"explain": explained, "preview": compared}.items():
        path = PICTURES / f"{name}.svg"
        if pytestconfig.getoption("--pictures"):
            path.write_text(drawn([screen], title="nvim greeting.py", columns=100), "utf-8")
        kept = words_of(path.read_text("utf-8"))
        for line in GREETING.splitlines()[:5]:
            assert "".join(line.split()) in kept, name
    assert "returnsagreeting" in words_of((PICTURES / "explain.svg").read_text("utf-8"))
    assert "proposed" in words_of((PICTURES / "preview.svg").read_text("utf-8"))
