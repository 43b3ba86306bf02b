"""`workers-ai.el` by itself: its ERT tests, and what the compiler, checkdoc and package-lint say."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.editors.emacs_package import FOLDER
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
    run = ("-L", str(FOLDER), "-l", tests, "-f", "ert-run-tests-batch-and-exit")
    done = _batch(program, tmp_path, *run)
    assert done.returncode == 0, done.stderr
    assert re.search(r"Ran [1-9]\d+ tests", done.stderr)


def _lint(program: str, folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    (folder / "workers-ai.el").write_text(text)
    return _batch(program, folder, "-l", str(FOLDER / "tests" / "lint.el"), str(folder))


def test_nothing_is_to_be_warned_of(program: str, tmp_path: Path) -> None:
    shutil.copy(FOLDER / "workers-ai.el", tmp_path)
    done = _lint(program, tmp_path, (FOLDER / "workers-ai.el").read_text())
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "workers-ai.elc").is_file()


def test_the_checks_find_what_is_wrong(program: str, tmp_path: Path) -> None:
    good = (FOLDER / "workers-ai.el").read_text()
    assert _lint(program, tmp_path, good.replace("(provide 'workers-ai)", "(no-such)")).returncode
    wrong = good.replace('"Cancel whatever the model is doing."', '"cancels"')
    assert "line" in _lint(program, tmp_path, wrong).stderr
