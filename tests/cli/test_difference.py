"""Differences as the tools that read them take them."""

from __future__ import annotations

import random
import subprocess
from typing import TYPE_CHECKING

import pytest

from workers_ai_ls.cli.buffers import Change
from workers_ai_ls.cli.difference import differences, root_of, unified

if TYPE_CHECKING:
    from pathlib import Path

CASES: dict[str, tuple[str, str | None, str]] = {
    "a line changed": ("a.py", "x = 1\ny = 2\nz = 3\n", "x = 1\ny = 4\nz = 3\n"),
    "a new file in a new folder": ("tests/deep/test_a.py", None, "one\ntwo\n"),
    "no line end at the end, before": ("a.py", "x = 1\ny = 2", "x = 1\ny = 2\n"),
    "no line end at the end, after": ("a.py", "x = 1\ny = 2\n", "x = 1\ny = 2"),
    "no line end at the end, on both sides": ("a.py", "x = 1\ny = 2", "x = 3\ny = 2"),
    "a new file without a line end": ("a.py", None, "one"),
    "all lines go": ("a.py", "x = 1\n", ""),
    "an empty file gets lines": ("a.py", "", "x = 1\n"),
    "carriage returns": ("a.py", "x = 1\r\ny = 2\r\n", "x = 1\r\ny = 3\r\n"),
    "what only editors take for line ends": (
        "a.py",
        "x\x0cy\u2028z\rw\nq\n",
        "x\x0cy\u2028z\rv\nq\n",
    ),
    "characters of four bytes": ("a.py", "x = '😋'\n", "x = '😋😋'\n"),
    "lines that look like headers": ("a.py", "-- a\n++ b\n@@\n", "-- b\n++ c\n@@ -1 +1 @@\n"),
    "a blank in the name": ("my file.py", "x\n", "y\n"),
    "a letter beyond ASCII in the name": ("größe.py", "x\n", "y\n"),
    "a quote and a backslash in the name": ('a"b\\c.py', "x\n", "y\n"),
    "two changes far apart": (
        "a.py",
        "".join(f"{n}\n" for n in range(40)),
        "".join(f"{n + 100 * (n in (3, 30))}\n" for n in range(40)),
    ),
    "two changes whose contexts meet": (
        "a.py",
        "".join(f"{n}\n" for n in range(40)),
        "".join(f"{n + 100 * (n in (10, 17))}\n" for n in range(40)),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_git_makes_the_very_change(tmp_path: Path, name: str) -> None:
    file, before, after = CASES[name]
    path = tmp_path / file
    if before is not None:
        path.write_bytes(before.encode())
    _apply(unified(file, before, after), tmp_path)

    # Git removes a file that holds nothing any more.
    assert (path.read_bytes() if path.exists() else b"") == after.encode()


@pytest.mark.parametrize("seed", range(8))
def test_git_makes_any_change(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - texts, not secrets
    old = [rng.choice("abcde") * rng.randint(0, 3) + "\n" for _ in range(60)]
    new = [line for line in old if rng.random() > 0.1]
    for _ in range(6):
        new.insert(rng.randint(0, len(new)), rng.choice("abcxyz") + "\n")
    before, after = "".join(old), "".join(new).rstrip("\n")
    (tmp_path / "a").write_text(before)
    _apply(unified("a", before, after), tmp_path)

    assert (tmp_path / "a").read_text() == after


def _apply(difference: str, folder: Path) -> None:
    given = difference.encode()
    done = subprocess.run(
        ["git", "apply"],  # noqa: S607 - whichever git there is
        check=False,
        input=given,
        cwd=folder,
        capture_output=True,
        timeout=30,
    )
    assert done.returncode == 0, (done.stderr + done.stdout).decode()


def test_an_unchanged_file_makes_no_difference() -> None:
    assert unified("a.py", "x\n", "x\n") == ""


def test_a_large_file_takes_no_time() -> None:
    before = "".join(f"x = {n % 7}\n" for n in range(500_000))
    after = before.replace("x = 3\n", "y\n", 1)
    shown = unified("a.py", before, after)

    assert shown.count("\n") == 2 + 1 + 3 + 2 + 3


def test_paths_are_relative_to_the_nearest_folder_that_holds_them_all(tmp_path: Path) -> None:
    inside, beside = tmp_path / "src" / "a.py", tmp_path / "tests" / "test_a.py"
    change = Change(None, "x\n")

    assert root_of({inside: change}, tmp_path) == tmp_path
    assert root_of({inside: change, beside: change}, tmp_path / "src") == tmp_path
    shown = differences({inside: change, beside: change}, tmp_path)
    assert [line for line in shown.splitlines() if line.startswith("+++")] == [
        "+++ b/src/a.py",
        "+++ b/tests/test_a.py",
    ]
