from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest

from workers_ai_ls.workspace.trials import folder as trial_folder
from workers_ai_ls.workspace.trials import trial

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    for name, text in {
        "pyproject.toml": "[project]\n",
        "pkg/half.py": "HALF = 1\n",
        "pkg/deep/other.py": "OTHER = 1\n",
        "tests/conftest.py": "CONF = 1\n",
        "tests/test_half.py": "OLD = 1\n",
        "target/kept.txt": "built\n",
    }.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (folder / "loop").symlink_to(folder)
    return folder


def listing(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, links not followed."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def ended_process() -> int:
    """The id of a process that was."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait(20)
    return child.pid


async def test_it_reads_as_the_real_folder_but_for_the_texts(project: Path, tmp_path: Path) -> None:
    texts = {project / "tests" / "test_half.py": "NEW = 1\n", project / "pkg" / "half.py": "é\n"}
    async with trial(project, texts, home=tmp_path / "trials") as made:
        assert made.at(project / "tests" / "test_half.py").read_text() == "NEW = 1\n"
        assert made.at(project / "pkg" / "half.py").read_text() == "é\n"
        assert (made.top / "pkg" / "deep" / "other.py").read_text() == "OTHER = 1\n"
        assert (made.top / "tests" / "conftest.py").read_text() == "CONF = 1\n"
        assert (made.top / "target" / "kept.txt").read_text() == "built\n"


async def test_the_real_files_stay_and_the_trial_goes(project: Path, tmp_path: Path) -> None:
    before = listing(project)
    home = tmp_path / "trials"
    new = project / "tests" / "unit" / "test_new.py"
    async with trial(project, {new: "NEW = 1\n"}, home=home) as made:
        assert made.at(new).read_text() == "NEW = 1\n"
        made.at(new).with_name("left_behind").write_text("by a test")
        (made.top / ".pytest_cache").mkdir()
        (made.top / "cache").write_text("beside the configuration")
    assert listing(project) == before
    assert not new.parent.exists()
    assert names(home) == set()


async def test_folders_that_programs_run_in_are_its_own(project: Path, tmp_path: Path) -> None:
    folder = project / "pkg" / "deep"
    async with trial(project, {}, (folder,), home=tmp_path / "trials") as made:
        (made.at(folder) / "coverage").write_text("what a runner leaves")
        assert (made.at(folder) / "other.py").read_text() == "OTHER = 1\n"
    assert not (folder / "coverage").exists()


async def test_nobody_else_can_read_it(project: Path, tmp_path: Path) -> None:
    async with trial(project, {}, home=tmp_path / "trials") as made:
        assert made.top.stat().st_mode & 0o077 == 0
        assert made.top.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("marker", "built"), [("pom.xml", "target"), ("build.gradle", "build"), ("go.mod", "")]
)
async def test_compiled_tests_of_a_trial_do_not_stay(
    project: Path, tmp_path: Path, marker: str, built: str
) -> None:
    (project / marker).touch()
    (project / "build").mkdir()
    async with trial(project, {}, home=tmp_path / "trials") as made:
        links = names(made.top)
        assert links == names(project) - {built}


async def test_what_a_killed_server_has_left_goes_with_the_next_one(
    project: Path, tmp_path: Path
) -> None:
    home = tmp_path / "trials"
    left, other = home / f"{ended_process()}-x", home / f"{os.getpid()}-y"
    for folder in (left, other):
        folder.mkdir(parents=True)
        (folder / "link").symlink_to(project)
    async with trial(project, {}, home=home):
        assert not left.exists()
        assert other.exists()
    assert (project / "pyproject.toml").exists()


async def test_a_cancelled_one_leaves_nothing(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "trials"
    begun, gate = threading.Event(), threading.Event()
    fill = trial_folder._fill

    def slow(*arguments: Any) -> None:
        begun.set()
        assert gate.wait(10)
        fill(*arguments)

    monkeypatch.setattr(trial_folder, "_fill", slow)

    async def course() -> None:
        async with trial(project, {project / "a.py": "A = 1\n"}, home=home):
            raise AssertionError

    task = asyncio.create_task(course())
    assert await asyncio.to_thread(begun.wait, 10)
    task.cancel()
    gate.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert names(home) == set()


async def test_paths_are_told_as_they_are_from_the_real_folder(
    project: Path, tmp_path: Path
) -> None:
    async with trial(project, {}, home=tmp_path / "trials") as made:
        output = f"{made.top}/tests/test_half.py:3: in {made.top}"
        assert made.plain(output) == "tests/test_half.py:3: in ."
