"""What `run` can't work on, and endpoints that fail: one sentence each, and the file as it was."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import pytest

from tests.cli.command import ANSWER, HALF, LIMIT_S, begun, command, work
from tests.scripted_endpoint import (
    ScriptedEndpoint,
    error_answer,
    json_answer,
    native_stream,
    raw_answer,
)
from workers_ai_ls.cli.session import ServerGone

if TYPE_CHECKING:
    from pathlib import Path

PLACES = {
    "no file": ("gone.py", 2, "There is no file gone.py; give FILE, FILE:LINE or FILE:FIRST-LAST."),
    "no file, with a line": ("gone.py:3", 2, "There is no file gone.py; give"),
    "a folder": ("folder", 2, "folder is a folder; name a file in it."),
    "no such line": ("half.py:99", 2, "half.py has 9 lines, so there is no line 99; give"),
    "line zero": ("half.py:0", 2, "Lines count from 1; write half.py:1 for the first one."),
    "reversed": ("half.py:6-4", 2, "6-4 ends before it begins; write half.py:4-6."),
    "empty": ("empty.py", 1, "empty.py is empty, so there is nothing to work on;"),
    "blank": ("blank.py:1", 1, "blank.py is empty, so there is nothing to work on;"),
    "binary": ("binary.py:1", 1, "binary.py is not valid UTF-8, so it was left alone;"),
}


@pytest.mark.parametrize("name", PLACES)
async def test_a_place_that_is_none_is_one_sentence(tmp_path: Path, name: str) -> None:
    argument, code, sentence = PLACES[name]
    project = work(tmp_path).parent
    (project / "folder").mkdir()
    work(tmp_path, b"", "empty.py")
    work(tmp_path, b"\n \n", "blank.py")
    work(tmp_path, b"\xff\xfe\x00\x01", "binary.py")
    result = await command(tmp_path, "run", "explain", argument)

    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(f"workers-ai-ls: {sentence}")
    assert result.err.count("\n") == 1


CONTRADICTIONS = {
    "run refactor half.py --write --diff": "--write and --diff exclude each other",
    "run refactor half.py --json --diff": "--diff and --json exclude each other",
    "run explain half.py --write": "explain changes no file",
}


@pytest.mark.parametrize("line", CONTRADICTIONS)
async def test_options_that_contradict_each_other_are_wrong_usage(
    tmp_path: Path, line: str
) -> None:
    work(tmp_path)
    result = await command(tmp_path, *line.split())

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"workers-ai-ls: {CONTRADICTIONS[line]}")


async def test_without_credentials_one_message_names_every_way_to_give_them(
    tmp_path: Path,
) -> None:
    work(tmp_path)
    result = await command(tmp_path, "run", "refactor", "half.py:5")

    assert (result.code, result.out) == (1, "")
    (sentence,) = result.sentences
    for way in ("CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_API_TOKEN", "config.toml", "ls local"):
        assert way in sentence


FAILURES = {
    "bad token": (error_answer(401, 10000, "Authentication error", envelope="edge"), "API token"),
    "withdrawn": (error_answer(410, 5028, "deprecated"), "@cf/qwen/qwen3-30b-a3b-fp8"),
    "a web page": (raw_answer(b"<html>Sign in</html>", content_type="text/html"), "web page"),
}


@pytest.mark.parametrize("name", FAILURES)
async def test_an_endpoint_that_refuses_is_one_sentence(tmp_path: Path, name: str) -> None:
    answer, part = FAILURES[name]
    path = work(tmp_path)
    async with ScriptedEndpoint(answer) as endpoint:
        arguments = ("run", "refactor", "half.py:5", "--write")
        result = await command(tmp_path, *arguments, endpoint=endpoint)

    assert (result.code, result.out) == (1, "")
    (sentence,) = result.sentences
    assert part in sentence
    assert path.read_text() == HALF


async def test_an_endpoint_that_is_down_is_one_sentence(tmp_path: Path) -> None:
    work(tmp_path)
    async with ScriptedEndpoint(json_answer("")) as endpoint:
        gone = {
            "WORKERS_AI_BASE_URL": endpoint.base_url,
            "CLOUDFLARE_ACCOUNT_ID": "0" * 32,
            "CLOUDFLARE_API_TOKEN": "made-up-token",
        }
    result = await command(tmp_path, "run", "explain", "half.py:5", environment=gone)

    assert (result.code, result.out) == (1, "")
    (sentence,) = result.sentences
    assert "nothing listens there" in sentence


async def test_a_server_that_does_not_come_up_is_one_sentence(tmp_path: Path) -> None:
    work(tmp_path)
    # The command itself is imported already when it starts its server, which finds no module.
    broken = tmp_path / "broken" / "workers_ai_ls"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("")
    program = (
        "import os, sys; from workers_ai_ls.cli import main; import workers_ai_ls.cli.session;"
        f"os.environ['PYTHONPATH'] = {str(broken.parent)!r}; main()"
    )
    async with begun(tmp_path, "run", "explain", "half.py:5", program=program) as process:
        async with asyncio.timeout(LIMIT_S):
            out, err = await process.communicate()

    assert (process.returncode, out) == (1, b"")
    _, sentence = err.decode().splitlines()
    assert sentence == f"workers-ai-ls: {ServerGone()}"


@pytest.mark.skipif(os.name != "posix", reason="finds the server's process by POSIX means")
async def test_a_server_that_crashes_in_the_middle_is_one_sentence(tmp_path: Path) -> None:
    path = work(tmp_path)
    note = tmp_path / "pid"
    # The server leaves its process id where the test finds it, and then works as ever.
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(
        "import os, sys\n"
        "if sys.orig_argv[-1] == 'serve':\n"
        f"    open({str(note)!r}, 'w').write(str(os.getpid()))\n"
    )
    async with ScriptedEndpoint(native_stream(ANSWER[0], asyncio.Event())) as endpoint:
        arguments = ("run", "refactor", "half.py:5", "--write")
        given = {"PYTHONPATH": str(hook)}
        async with begun(tmp_path, *arguments, endpoint=endpoint, environment=given) as process:
            await endpoint.wait_for_requests(within=LIMIT_S)
            os.kill(int(note.read_text()), 9)
            async with asyncio.timeout(LIMIT_S):
                out, err = await process.communicate()

    assert (process.returncode, out) == (1, b"")
    assert err.decode().splitlines()[-1] == f"workers-ai-ls: {ServerGone()}"
    assert b"Traceback" not in err
    assert path.read_text() == HALF


async def test_a_file_that_is_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    path = work(tmp_path)
    gate = asyncio.Event()
    async with ScriptedEndpoint(native_stream(ANSWER[0], gate, *ANSWER[1:])) as endpoint:
        arguments = ("run", "refactor", "half.py:5", "--write")
        async with begun(tmp_path, *arguments, endpoint=endpoint) as process:
            await endpoint.wait_for_requests(within=LIMIT_S)
            path.write_text(f"{HALF}# mine\n")
            gate.set()
            async with asyncio.timeout(LIMIT_S):
                out, err = await process.communicate()

    assert process.returncode == 1
    assert out.startswith(b"--- a/half.py\n")
    assert "half.py was changed meanwhile, so nothing was written; try again." in err.decode()
    assert path.read_text() == f"{HALF}# mine\n"
