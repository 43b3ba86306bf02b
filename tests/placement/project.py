"""A miniature project in which tests are written and run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PACKAGES = Path(__file__).parent / "packages"
"""Where the runners of JavaScript are installed."""

LIMIT_S = 120.0

Word = Literal["passed", "failed"]
Results = dict[str, Word]
"""By the test's name, with its class, describe block or module before it: `TestHalf.test_odd`."""


@attrs.frozen
class Run:
    """A line for a shell, to be run in `folder`."""

    folder: Path
    command: str

    def with_command(self, command: str) -> Run:
        """The same in the same folder, by another line."""
        return attrs.evolve(self, command=command)


@attrs.frozen
class Answered:
    """What the model answers, and the tests that the runner then has to find in the test file."""

    answer: str
    new: Sequence[str]
    old: Sequence[str] = ()


@attrs.frozen
class Project:
    """What stands in the folder, what the model answers, and where its tests have to land."""

    name: str
    source: str
    """The file with the code under test, which `code` is; `┃` in it stands in the function."""
    code: str
    language: str
    """The editor's language id."""
    target: str
    """The test file; the source file itself where tests stand inside."""
    command: str
    """What a person types to run all that is in the test file."""
    template: str
    """What a person may write into the setting `verification.command` for it."""
    results: Callable[[Run], Results]
    """Runs a command and reads what its runner says of each test for machines."""
    fresh: Answered
    wrong: tuple[str, str]
    """What to replace in the fresh answer so that one of its tests fails, and what with."""
    failing: str
    """That test."""
    existing: str
    """The test file for the second case."""
    more: Answered
    files: Mapping[str, str] = attrs.field(factory=dict)
    make: Sequence[Sequence[str]] = ()
    """Commands that make the project."""
    packages: bool = False
    """Whether the runners of JavaScript are installed in it."""

    def __str__(self) -> str:
        return self.name

    def begin(self, folder: Path) -> None:
        """Make the project in an empty folder, without the code under test."""
        for words in self.make:
            ran = run(words, folder)
            assert ran.returncode == 0, ran.stdout
        for name, text in self.files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        if self.packages:
            installed = PACKAGES / "node_modules"
            assert installed.is_dir(), (
                "The runners of JavaScript are missing: run .ci/install-runners"
            )
            (folder / "node_modules").symlink_to(installed)


def run(words: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program to its end. Fails where it is missing."""
    return _run(words, folder, words[0])


def shown(run: Run, *, more: str = "", **environment: str) -> str:
    """Run the line as a person would who copies it into a terminal; returns what it prints.

    `more` are options for the runner. Fails where that is missing.
    """
    words = ["sh", "-c", f"{run.command} {more}".strip()]
    return _run(words, run.folder, run.command.split()[0], environment).stdout


def _run(
    words: Sequence[str], folder: Path, program: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    path = tools()["PATH"]
    assert shutil.which(program, path=path), f"{program} is missing: run .ci/install-runners"
    return subprocess.run(
        words,
        cwd=folder,
        env={**tools(), **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )


def tools() -> dict[str, str]:
    """An environment in which the runners are found, `python` being the one of these tests.

    Nothing is downloaded: .ci/install-runners has done that.
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    offline = {
        "GOPROXY": "off",
        "CARGO_NET_OFFLINE": "true",
        "npm_config_offline": "true",
    }
    return {**os.environ, **offline, "PATH": path, "CI": "true", "NO_COLOR": "1"}
