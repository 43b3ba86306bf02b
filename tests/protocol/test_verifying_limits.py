"""Running new tests: what may not happen, whatever the tests, the names and the workspace are."""

from __future__ import annotations

import asyncio
import json
import shlex
import sys
from typing import TYPE_CHECKING

import pytest

from tests.protocol.verifying import HALF, PYTEST, RIGHT, WRONG, answer_of, verifying
from tests.workers_ai.printing import until_gone, until_written

if TYPE_CHECKING:
    from pathlib import Path

UNVERIFIED = "AI: Write tests: The new tests are not verified: "


def endless(pid: Path) -> str:
    return (
        f"def test_endless():\n    import os\n    with open({str(pid)!r}, 'w') as file:\n"
        "        file.write(f'{os.getpid()}\\n')\n    while True:\n        pass"
    )


def marking(mark: Path) -> str:
    """A command that leaves a mark when it is run."""
    return shlex.join([sys.executable, "-c", f"open({str(mark)!r}, 'w')"])


async def test_tests_that_never_end_are_stopped_and_told(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    async with verifying(tmp_path, seconds=2) as user:
        course = await user.write(answer_of(RIGHT, endless(pid)))
        assert course.messages[0].startswith(UNVERIFIED)
        assert "took longer than 2 s and was stopped" in course.messages[0]
        assert "test_endless" in user.written()
        assert len(course.requests) == 1
        assert "took longer" in user.details()[0][1]
        assert user.trials() == []
        await until_gone(await until_written(pid))


async def test_cancelling_ends_the_run_and_leaves_the_text(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    async with verifying(tmp_path) as user:
        editor = user.editor
        user.desk.endpoint.script(answer_of(endless(pid)))
        uri = editor.open("half.py", HALF)
        tests = editor.open("test_half.py", "A = 1\n")
        editor.current = uri
        await editor.choose("AI: Write tests")
        process = await until_written(pid)
        await editor.choose("AI: Cancel")
        assert (await editor.ended()).startswith("cancelled")
        await until_gone(process)
        assert editor.text(tests) == "A = 1\n"
        assert not editor.edits
        assert user.details() == [("cancelled", "")]
        assert user.trials() == []


async def test_no_process_is_left_when_the_server_ends(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    async with verifying(tmp_path) as user:
        user.desk.endpoint.script(answer_of(endless(pid)))
        user.editor.open("half.py", HALF)
        await user.editor.choose("AI: Write tests")
        process = await until_written(pid)
    await until_gone(process)
    assert user.trials() == []


@pytest.mark.parametrize("folders", [(), ("/no/such/folder",), ("~nobody-of-that-name/x",)])
async def test_nothing_is_run_in_a_folder_that_is_not_trusted(
    tmp_path: Path, folders: tuple[str, ...]
) -> None:
    mark = tmp_path / "ran"
    async with verifying(tmp_path, marking(mark), folders=folders) as user:
        course = await user.write(answer_of(WRONG))
        assert course.messages[0].startswith(UNVERIFIED)
        assert "workersAI.verification.folders" in course.messages[0]
        assert "test_wrong" in user.written()
    assert not mark.exists()


async def test_the_same_command_runs_in_a_folder_that_is(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    async with verifying(tmp_path, marking(mark)) as user:
        await user.write(answer_of(RIGHT))
    assert mark.exists()


async def test_a_link_does_not_make_a_folder_trusted(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    trusted, elsewhere = tmp_path / "trusted", tmp_path / "elsewhere"
    trusted.mkdir()
    elsewhere.mkdir()
    (trusted / "linked").symlink_to(elsewhere)
    async with verifying(tmp_path, marking(mark), folders=(str(trusted),)) as user:
        user.folder.rmdir()
        user.folder.symlink_to(trusted / "linked")
        course = await user.write(answer_of(RIGHT))
        assert "workersAI.verification.folders" in course.messages[0]
    assert not mark.exists()


async def test_a_test_folder_that_leads_out_is_not_trusted(tmp_path: Path) -> None:
    mark, elsewhere = tmp_path / "ran", tmp_path / "elsewhere"
    elsewhere.mkdir()
    async with verifying(tmp_path, marking(mark)) as user:
        (user.folder / "tests").symlink_to(elsewhere)
        course = await user.write(answer_of(RIGHT))
        assert "workersAI.verification.folders" in course.messages[0], course.messages
    assert not mark.exists()


@pytest.mark.parametrize("way", ["workspace file", "editor"])
async def test_neither_workspace_nor_editor_can_switch_it_on(tmp_path: Path, way: str) -> None:
    mark = tmp_path / "ran"
    workspace = str(tmp_path / "workspace")
    verification = {"command": marking(mark), "folders": [workspace, "/"], "seconds": 5}
    options = {"workersAI": {"verification": verification}} if way == "editor" else None
    async with verifying(tmp_path, "", folders=(), options=options) as user:
        if way == "workspace file":
            lines = [f"{name} = {json.dumps(value)}" for name, value in verification.items()]
            text = "\n".join(["[workersAI.verification]", *lines])
            (user.folder / ".workers-ai.toml").write_text(text)
        course = await user.write(answer_of(RIGHT))
        assert "test_right" in user.written()
        assert user.details() == [("applied", "")]
        told = " ".join([*course.messages, *user.editor.messages])
        assert "workersAI.verification.command" in told
    assert not mark.exists()


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("no-such-runner {file}", "no-such-runner cannot be run (no such file or directory)"),
        ("'open", "workersAI.verification.command has an open quote"),
        (f"{sys.executable} -m no_such_runner {{file}}", "ended with exit code 1: "),
        (f"{sys.executable} -c 'import os; os.kill(os.getpid(), 11)'", "was ended by signal 11"),
        (f"{PYTEST} --collect-only -k nothing {{file}}", "ended with exit code 5: no tests"),
        (f"{sys.executable} -m unittest {{file}}", "ran no tests"),
    ],
)
async def test_a_run_that_says_nothing_of_the_tests_is_no_verdict(
    tmp_path: Path, command: str, told: str
) -> None:
    async with verifying(tmp_path, command) as user:
        course = await user.write(answer_of(RIGHT))
        assert course.messages[0].startswith(UNVERIFIED), course.messages
        assert told in course.messages[0]
        assert len(course.requests) == 1
        assert "test_right" in user.written()


@pytest.mark.parametrize(
    "name",
    [
        "-x_test.py",
        "--help_test.py",
        "@arguments_test.py",
        "with a space_test.py",
        "quo'te\"_test.py",
        "{root}_test.py",
        "$(touch ran)_test.py",
        "; touch ran;_test.py",
        "-o/half_test.py",
    ],
)
async def test_a_file_name_is_only_ever_a_file_name(tmp_path: Path, name: str) -> None:
    said = tmp_path / "said"
    code = f"import json, sys; json.dump(sys.argv[1:], open({str(said)!r}, 'w'))"
    program = shlex.join([sys.executable, "-c", code])
    async with verifying(tmp_path, f"{program} {{file}} --of={{file}} {{name}} {{folder}}") as user:
        await user.write(answer_of(RIGHT), name=name)
    file, of, stem, folder = json.loads(said.read_text())
    assert file == (name if name[0].isalnum() else f"./{name}")
    assert of == f"--of={name}"
    assert stem.removeprefix("./") == name.rpartition("/")[2].removesuffix(".py")
    assert not stem.startswith(("-", "@"))
    assert folder == ("./-o" if "/" in name else ".")
    assert not (user.folder / "ran").exists()


async def test_our_credentials_stay_ours(tmp_path: Path) -> None:
    said = tmp_path / "said"
    code = f"import json, os; json.dump(dict(os.environ), open({str(said)!r}, 'w'))"
    command = shlex.join([sys.executable, "-c", code])
    environment = {"WORKERS_AI_HEADERS": "x-key: s3cret", "OTHER": "there"}
    async with verifying(tmp_path, command, environment=environment) as user:
        await user.write(answer_of(RIGHT))
    seen = json.loads(said.read_text())
    assert seen["OTHER"] == "there"
    assert not [name for name in seen if name.startswith(("CLOUDFLARE_", "WORKERS_AI_"))]
    assert not {"s3cret", "made-up-token"} & set(" ".join(seen.values()).split())


async def test_a_hidden_child_does_not_outlive_the_run(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    child = (
        "def test_child():\n    import subprocess, sys\n"
        "    quiet = subprocess.DEVNULL\n"
        "    child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'],"
        " stdout=quiet, stderr=quiet)\n"
        f"    with open({str(pid)!r}, 'w') as file:\n        file.write(f'{{child.pid}}\\n')\n"
        "    child.returncode = 0\n"
        "    assert half(2) == 1"
    )
    async with verifying(tmp_path) as user:
        course = await user.write(answer_of(child))
        assert "1 passed" in course.messages[0]
        await asyncio.wait_for(until_gone(await until_written(pid)), 10)
