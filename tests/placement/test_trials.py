"""Verification with each project's own runner: what it prints is understood, and the trial holds."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.placement.project import run, tools
from tests.placement.projects import PROJECTS
from tests.protocol.verifying import verifying
from tests.scripted_endpoint import native_stream

if TYPE_CHECKING:
    from pathlib import Path

    from tests.placement.project import Project

pytestmark = [
    pytest.mark.runners,
    pytest.mark.parametrize("project", PROJECTS, ids=str),
]


async def test_new_tests_are_run_before_they_are_there(tmp_path: Path, project: Project) -> None:
    message = await _message(tmp_path, project, project.fresh.answer, requests=1)
    count = int(message.split()[3])
    assert 2 <= count <= len(project.fresh.new)
    assert message.startswith(f"AI: Write tests: {count} new tests, ")
    assert f"{len(project.fresh.new)} passed" in message or "and the command passes" in message


async def test_the_new_test_that_fails_is_named(tmp_path: Path, project: Project) -> None:
    answer = project.fresh.answer.replace(*project.wrong)
    message = await _message(tmp_path, project, answer, requests=2)
    # The names that runners show are put together from those of blocks and modules.
    name = project.failing.replace("::", ".").rpartition(".")[2]
    assert " new tests, 1 fails (" in message
    assert f"): {name}" in message


async def _message(tmp_path: Path, project: Project, answer: str, *, requests: int) -> str:
    """What is told at the end; the project is as it was but for the new tests."""
    async with verifying(
        tmp_path, project.template, seconds=120, environment=_environment(tmp_path)
    ) as user:
        project.begin(user.folder)
        user.editor.open(project.source, project.code, project.language)
        before = _files(user.folder)
        user.desk.endpoint.script(native_stream(answer))
        await user.editor.choose("AI: Write tests")
        await user.editor.until(lambda: user.editor.ends, "the end", within=150)
        # It comes after the end of the progress.
        await user.editor.until(lambda: user.editor.messages, "the sentence")
        (message,) = user.editor.messages
        assert len(user.desk.endpoint.requests) == requests, message
        assert _files(user.folder) - before <= {project.target}
        assert user.trials() == []
        return message


def _files(folder: Path) -> set[str]:
    """Every file of the project itself."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


def _environment(folder: Path) -> dict[str, str]:
    """The tools with their own homes, while the server's files are the test's."""
    home = folder / "home"
    cache = run(["go", "env", "GOCACHE"], folder).stdout.strip()
    ours = {
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
    }
    return {**tools(), **ours, "HOME": os.environ["HOME"], "GOCACHE": cache}
