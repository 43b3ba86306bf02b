"""The package by itself: its ERT tests, and what the compiler, checkdoc and package-lint say."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.editors.emacs_package import FOLDER, PACKAGE
from tests.editors.helix import editor_program
from tests.editors.replay import editor_environment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.editors,
    pytest.mark.parametrize("program", ["emacs-bookworm", "emacs-trixie"]),
]


def _batch(program: str, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [editor_program(program), "-Q", "--batch", *arguments],
        env=editor_environment(home),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_units(program: str, tmp_path: Path) -> None:
    tests = str(FOLDER / "tests" / "workers-ai-tests.el")
    run = ("-L", str(PACKAGE), "-l", tests, "-f", "ert-run-tests-batch-and-exit")
    done = _batch(program, tmp_path, *run)
    assert done.returncode == 0, done.stderr
    assert re.search(r"Ran [1-9]\d+ tests", done.stderr)


def _lint(program: str, file: Path) -> subprocess.CompletedProcess[str]:
    return _batch(program, file.parent, "-l", str(FOLDER / "tests" / "lint.el"), str(file))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package, beside which the compiler may write."""
    return shutil.copytree(PACKAGE, tmp_path / "lisp", ignore=shutil.ignore_patterns("*.elc"))


@pytest.mark.parametrize("name", sorted(file.name for file in PACKAGE.glob("*.el")))
def test_nothing_is_to_be_warned_of(program: str, package: Path, name: str) -> None:
    done = _lint(program, package / name)
    assert done.returncode == 0, done.stderr
    assert (package / name).with_suffix(".elc").is_file()


@pytest.mark.parametrize(
    ("name", "good", "wrong", "told"),
    [
        ("workers-ai", "(provide 'workers-ai)", "(no-such)", "no-such"),
        ("workers-ai-answers", "(require 'workers-ai-connection)\n", "", "workers-ai--get"),
        ("workers-ai-commands", '"Cancel whatever the model is doing."', '"cancels"', "sentence"),
    ],
    ids=["no function", "not required", "documented badly"],
)
def test_the_checks_find_what_is_wrong(
    program: str, package: Path, name: str, good: str, wrong: str, told: str
) -> None:
    file = package / f"{name}.el"
    text = file.read_text()
    assert good in text
    file.write_text(text.replace(good, wrong))
    done = _lint(program, file)
    assert done.returncode == 1
    assert told in done.stderr
