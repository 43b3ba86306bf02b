"""New tests are where the project's own runner finds them, and it can see them fail.

Each miniature project is made with its own tools, and *AI: Write tests* runs there through the real
server. Then the project's runner is started by the very line that the server has shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.lsp_editor import lsp_editor
from tests.placement.project import Run
from tests.placement.projects import PROJECTS
from tests.scripted_endpoint import ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from pathlib import Path

    from tests.placement.project import Answered, Project

pytestmark = [
    pytest.mark.runners,
    pytest.mark.parametrize("project", PROJECTS, ids=str),
]


async def test_a_new_file_is_collected_and_passes(tmp_path: Path, project: Project) -> None:
    run = await _tests_written(tmp_path, project, project.fresh.answer)
    _check(project, run, project.fresh)


async def test_a_test_that_is_wrong_is_seen_to_fail(tmp_path: Path, project: Project) -> None:
    answer = project.fresh.answer.replace(*project.wrong)
    assert answer != project.fresh.answer
    run = await _tests_written(tmp_path, project, answer)
    found = project.results(run)
    expected = dict.fromkeys(project.fresh.new, "passed") | {project.failing: "failed"}
    assert {name: found.get(name) for name in expected} == expected


async def test_tests_join_those_of_their_class_module_or_block(
    tmp_path: Path, project: Project
) -> None:
    run = await _tests_written(tmp_path, project, project.more.answer, existing=True)
    _check(project, run, project.more)


def _check(project: Project, run: Run, answered: Answered) -> None:
    """See that the shown command runs all that is new, and that nothing of the rest was lost."""
    new = dict.fromkeys(answered.new, "passed")
    found = project.results(run)
    assert {name: found.get(name) for name in new} == new
    everything = new | dict.fromkeys(answered.old, "passed")
    assert found.items() <= everything.items()
    assert project.results(run.with_command(project.command)) == everything


async def _tests_written(
    tmp_path: Path, project: Project, answer: str, *, existing: bool = False
) -> Run:
    """Let the server write tests, save them, and return what it says to run."""
    async with (
        ScriptedEndpoint(native_stream(answer)) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        folder = editor.folder
        project.begin(folder)
        target = folder / project.target
        if existing and project.target != project.source:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(project.existing)
        code = project.existing if existing and project.target == project.source else project.code
        editor.open(project.source, code, project.language)
        assert existing == target.exists() or project.target == project.source
        await editor.choose("AI: Write tests")
        assert (await editor.ended()).startswith("done"), editor.messages
        await editor.until(lambda: editor.messages, "the command that runs them")
        # People save before they run.
        for uri in editor.documents:
            path = folder / uri.rpartition(f"{folder.name}/")[2]
            path.write_text(editor.text(uri))
        assert target.is_file(), [str(path) for path in folder.rglob("*test*")]
        (message,) = editor.messages
        command = re.search(r"; run (?:it|them)(?: in (.+?))? with: `([^`]+)`", message)
        assert command, message
        return Run(folder / (command[1] or ""), command[2])
