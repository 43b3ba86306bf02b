"""A real Helix on a terminal, with the configuration of `editors/helix/README.md`."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from tests.editors.tmux import Tmux, installed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VERSIONS = {"25.07": "helix-sid", "25.01": "helix-trixie"}
"""Helix versions by the names that `.ci/install-editors` gives them."""

_README = Path(__file__).parents[2] / "editors" / "helix" / "README.md"
_NEIGHBOUR = Path(__file__).with_name("neighbour.py")
_BLOCK = re.compile(
    r"^```toml\n# ~/\.config/(helix/\w+\.toml)\n(.*?)^```$", re.DOTALL | re.MULTILINE
)
_ENTRY = re.compile(r"\b((?:AI|Ruff): .+?)(?=\s{2}|$)", re.MULTILINE)
_STATUS_LINES = 3
_PROMPT_COLUMNS = 20
"""So much of a long command's end is shown for certain."""
_READY_S = 20.0
_MENU_S = 1.5
_ESCAPE = "\x1b[27u"
"""The key as a sequence of its own: a bare Escape and a key right behind it would be Alt and the key."""


def editor_program(name: str) -> str:
    """The path of an editor that `.ci/install-editors` has installed; without it the test fails."""
    default = Path.home() / ".cache" / "workers-ai-editors"
    return installed(str(Path(os.environ.get("WORKERS_AI_EDITORS_CACHE", default)) / "bin" / name))


@attrs.frozen
class Helix:
    """One running Helix."""

    terminal: Tmux
    version: str
    name: str
    """The file that was opened."""

    def press(self, *keys: str) -> None:
        """Press keys in normal mode, one after the other."""
        self.terminal.type(_ESCAPE)
        for key in keys:
            self.terminal.keys(key)

    def command(self, line: str) -> None:
        """Run a typable command.

        It is waited for to be shown: until then the screen has what the command before it said.
        """
        end = f":{line}"[-_PROMPT_COLUMNS:]
        self.press()
        self.terminal.type(f":{line}")
        self.terminal.wait_until(lambda screen: end in screen.splitlines()[-1], line)
        self.terminal.keys("Enter")

    def select(self, text: str) -> None:
        """Select the first occurrence of `text`."""
        self.press("g", "g")
        self.terminal.type("/" + re.escape(text).replace(r"\ ", " "))
        self.terminal.keys("Enter")

    def menu(self, among: str = "AI: ") -> list[str]:
        """Open the code action list; returns its titles.

        Helix asks only servers that are ready, so it is opened again until `among` is among them.
        """
        limit = time.monotonic() + _READY_S
        while True:
            self.press()
            self.terminal.wait_until(lambda screen: not _ENTRY.search(_list(screen)), "no list")
            self.press("Space", "a")
            with contextlib.suppress(AssertionError):
                self.terminal.wait_until(lambda screen: among in _list(screen), among, _MENU_S)
                return _ENTRY.findall(_list(self.terminal.screen()))
            assert time.monotonic() < limit, f"no {among}:\n{self.terminal.screen()}"

    def choose(self, title: str) -> None:
        """Choose a code action."""
        entries = self.menu()
        for _ in range(entries.index(title)):
            self.terminal.keys("C-n")
        self.terminal.keys("Enter")

    def saved(self, path: Path) -> bytes:
        """Save the buffer of `path`, which is shown; returns what is on disk then."""
        self.command("write")
        self.terminal.wait_until(
            lambda screen: f"{path.name}' written" in screen, f"{path.name} to be saved"
        )
        return path.read_bytes()

    def back(self) -> None:
        """Go from an explanation back to the code."""
        if self.version == "25.01":
            self.command("quit")  # it stands in a split of its own
        else:
            self.press("g", "a")
        self.terminal.wait_until(
            lambda screen: f"NOR   {self.name}" in " ".join(screen.splitlines()[-2:]), self.name
        )


@contextlib.contextmanager
def helix(
    version: str,
    project: Path,
    environment: Mapping[str, str],
    name: str,
    *,
    by_readme: bool = True,
) -> Iterator[Helix]:
    """Open the project's file `name` in Helix, which is set up as its README says.

    Unless that is so `by_readme`, the configuration is as it is in the environment's home.
    """
    written = _BLOCK.findall(_README.read_text())
    assert len(written) == 2, "the README has one block for each of the two files"
    for path, text in written if by_readme else ():
        file = Path(environment["HOME"]) / ".config" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    path = os.pathsep.join([str(_neighbours(project.parent)), environment["PATH"]])
    environment = {**environment, "PATH": path}
    shots = project.parent / "shots"
    command = [editor_program(VERSIONS[version]), name]
    with Tmux(command, shots=shots, env=environment, cwd=project) as terminal:
        terminal.wait_for(" NOR ")
        yield Helix(terminal, version, name)


def _neighbours(folder: Path) -> Path:
    """A folder with the other servers of the README's configuration."""
    programs = folder / "programs"
    programs.mkdir()
    for name in ("ruff", "pylsp"):
        words = [sys.executable, str(_NEIGHBOUR), str(Path(sys.executable).with_name(name))]
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec {shlex.join(words)} "$@"\n')
        program.chmod(0o755)
    return programs


def _list(screen: str) -> str:
    """The screen without the lines at its bottom, where messages also name actions."""
    return "\n".join(screen.splitlines()[:-_STATUS_LINES])
