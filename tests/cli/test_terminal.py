"""What a person sees: colours, a status that goes away, and no control characters of a model's."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.command import (
    ANSWER,
    LIMIT_S,
    Result,
    command_environment,
    work,
)
from tests.scripted_endpoint import ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="opens a POSIX terminal")


async def test_a_refactoring_streams_dim_and_ends_in_a_coloured_difference(tmp_path: Path) -> None:
    work(tmp_path)
    async with ScriptedEndpoint(native_stream(*ANSWER)) as endpoint:
        result = await _at_a_terminal(tmp_path, "run", "refactor", "half.py:5", endpoint=endpoint)

    assert result.code == 0
    streamed, _, difference = result.out.partition("--- a/half.py")
    assert "\x1b[2m    return x / 2\x1b[0m" in streamed
    assert "\x1b[31m-    y = x / 2\x1b[0m" in difference
    assert "\x1b[32m+    return x / 2\x1b[0m" in difference
    # The cursor that the status has hidden is back.
    assert result.out.rfind("\x1b[?25h") > result.out.rfind("\x1b[?25l")


async def test_control_characters_of_a_model_are_shown_not_obeyed(tmp_path: Path) -> None:
    work(tmp_path)
    async with ScriptedEndpoint(native_stream("Wipe \x1b[2J", "and \x9b2J ring\x07.")) as endpoint:
        result = await _at_a_terminal(tmp_path, "run", "explain", "half.py:5", endpoint=endpoint)

    assert "Wipe ␛[2Jand \ufffd2J ring␇." in result.out
    assert "\x1b[2J" not in result.out
    assert "\x07" not in result.out


@pytest.mark.parametrize("arguments", [(), ("serve",), ("--stdio",)])
async def test_serving_a_person_is_wrong_usage_and_says_so(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = await _at_a_terminal(tmp_path, *arguments)

    assert result.code == 2
    assert result.out.startswith("workers-ai-ls is started by an editor, which speaks LSP to it:")
    assert result.out.count("\n") == 1


async def _at_a_terminal(
    folder: Path, *arguments: str, endpoint: ScriptedEndpoint | None = None
) -> Result:
    """Run the command with a terminal for its standard input, output and error."""
    import pty

    ours, theirs = pty.openpty()
    project = folder / "project"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "workers_ai_ls", *arguments),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=command_environment(folder, endpoint) | {"TERM": "xterm-256color", "COLUMNS": "100"},
        cwd=project if project.is_dir() else folder,
    )
    os.close(theirs)
    reading = asyncio.create_task(asyncio.to_thread(_read_all, ours))
    try:
        async with asyncio.timeout(LIMIT_S):
            code = await process.wait()
            shown = await reading
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        await reading
        os.close(ours)
    return Result(code, shown.decode().replace("\r\n", "\n"), "")


def _read_all(descriptor: int) -> bytes:
    """Everything up to the end, which Linux reports as an error."""
    data = b""
    try:
        while piece := os.read(descriptor, 4096):
            data += piece
    except OSError:
        pass
    return data
