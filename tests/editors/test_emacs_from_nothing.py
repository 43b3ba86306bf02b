"""From an empty home to the first explanation, as `editors/emacs/README.md` says, and its picture."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.editors.emacs import QUIET
from tests.editors.emacs_package import EGLOT, FOLDER, emacs_with_package
from tests.editors.helix import editor_program
from tests.editors.picture import drawn, words_of
from tests.editors.project import GREETING
from tests.editors.replay import answer, gate, scripted
from tests.editors.tmux import Tmux

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.editors

PICTURE = FOLDER / "workers-ai.svg"
SAYS = (
    "`greet` greets a person by name.\n\n",
    '- Without a name it returns **"Grüße 🦄"**.\n',
    "- Else the name stands in the greeting, by an f-string.\n",
)


def _setup(environment: Mapping[str, str], *options: str) -> None:
    command = ["workers-ai-ls", "setup", "emacs", *options]
    subprocess.run(command, env=dict(environment), check=True, capture_output=True, timeout=60)


@pytest.mark.parametrize("program", ["emacs-trixie", "emacs-bookworm"])
def test_setup_writes_all_that_the_first_explanation_needs(program: str, project: Path) -> None:
    (project / "greet.rb").write_text("def greet\n  'hello'\nend\n")
    with scripted(project.parent, answer("It says hello.")) as endpoint:
        environment = endpoint.environment()
        _setup(environment, "--write")
        quiet = project.parent / "quiet.el"
        quiet.write_text(QUIET)
        init = Path(environment["HOME"]) / ".emacs.d" / "init.el"
        load = ["--load", str(quiet), "--load", str(init), "greet.rb"]
        command = [editor_program(program), "-Q", "-nw", *load]
        shots = project.parent / "shots"
        with Tmux(command, shots=shots, env=environment, cwd=project) as terminal:
            terminal.wait_for("def greet")
            terminal.keys("M-x")
            terminal.wait_for("M-x")
            terminal.type("workers-ai")
            terminal.keys("Enter")
            terminal.wait_for("Write tests")
            terminal.keys("e")
            terminal.wait_for("It says hello.")
        _setup(environment, "--remove")
        assert not init.exists()
        assert not [*init.parent.rglob("workers-ai.el*")]


def test_the_picture_in_the_readme_is_what_emacs_shows(
    project: Path, pytestconfig: pytest.Config
) -> None:
    """Run with `--editors --pictures` to draw it anew."""
    theme = "(load-theme 'modus-vivendi t)\n"
    with (
        scripted(project.parent, answer(*SAYS, gate("seen"))) as endpoint,
        emacs_with_package(
            EGLOT,
            project,
            endpoint.environment(TERM="xterm-direct"),
            "greeting.py",
            theme,
            columns=108,
        ) as editor,
    ):
        editor.go(4)
        editor.press("C-c", "w")
        editor.terminal.wait_for("Write tests")
        menu = editor.terminal.colours()
        editor.press("e")
        editor.terminal.wait_for("by an f-string")
        editor.terminal.wait_for("AI: Explain:")
        explanation = editor.terminal.colours()
        endpoint.open_gate("seen")
    picture = drawn([menu, explanation], title="emacs greeting.py", columns=108)
    if pytestconfig.getoption("--pictures"):
        PICTURE.write_text(picture, encoding="utf-8")
    kept = words_of(PICTURE.read_text(encoding="utf-8"))
    for line in (*GREETING.splitlines(), "Edit by an instruction…", "AI: Explain:", "an f-string."):
        assert "".join(line.split()) in kept
