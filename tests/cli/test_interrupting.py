"""Ctrl+C and a reader that goes away: no traceback, nothing left running, nothing changed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.cli.command import ANSWER, HALF, LIMIT_S, begun, work
from tests.scripted_endpoint import ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")


async def test_ctrl_c_cancels_the_job_and_ends_the_server(tmp_path: Path) -> None:
    path = work(tmp_path)
    async with ScriptedEndpoint(native_stream(ANSWER[0], asyncio.Event())) as endpoint:
        arguments = ("run", "refactor", "half.py:5", "--write")
        async with begun(tmp_path, *arguments, endpoint=endpoint) as process:
            await endpoint.wait_for_requests(within=LIMIT_S)
            process.send_signal(signal.SIGINT)
            pressed = time.monotonic()
            await endpoint.wait_until_closed()
            assert time.monotonic() - pressed < 2
            async with asyncio.timeout(LIMIT_S):
                out, err = await process.communicate()

    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    assert path.read_text() == HALF
    assert not _running(str(tmp_path))


async def test_ctrl_c_while_the_server_starts(tmp_path: Path) -> None:
    work(tmp_path)
    async with begun(tmp_path, "run", "explain", "half.py:5") as process:
        assert process.stderr
        async with asyncio.timeout(LIMIT_S):
            assert await process.stderr.readline() == b"starting the server\n"
            process.send_signal(signal.SIGINT)
            out, err = await process.communicate()

    assert (process.returncode, out, err) == (130, b"", b"")
    assert not _running(str(tmp_path))


async def test_a_killed_command_leaves_no_server_behind(tmp_path: Path) -> None:
    work(tmp_path)
    async with ScriptedEndpoint(native_stream(ANSWER[0], asyncio.Event())) as endpoint:
        async with begun(tmp_path, "run", "explain", "half.py:5", endpoint=endpoint) as process:
            await endpoint.wait_for_requests(within=LIMIT_S)
            process.kill()
            await process.wait()
        await endpoint.wait_until_closed()


async def test_a_reader_that_has_seen_enough_ends_it(tmp_path: Path) -> None:
    work(tmp_path)
    gate = asyncio.Event()
    async with (
        ScriptedEndpoint(native_stream("One.\n", gate, "Two.\n", "Three.\n")) as endpoint,
        begun(tmp_path, "run", "explain", "half.py:5", endpoint=endpoint) as process,
        asyncio.timeout(LIMIT_S),
    ):
        assert process.stdout
        assert process.stderr
        assert await process.stdout.readline() == b"One.\n"
        process._transport.get_pipe_transport(1).close()  # type: ignore[attr-defined]
        gate.set()
        err = await process.stderr.read()
        await process.wait()

    assert process.returncode == 1
    assert b"Traceback" not in err


async def test_an_interrupted_server_ends_without_a_traceback(tmp_path: Path) -> None:
    body = b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}'
    async with begun(tmp_path) as process, asyncio.timeout(LIMIT_S):
        assert process.stdin
        assert process.stdout
        process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        await process.stdout.readline()
        # The pipe stays open, as an editor's does. A person presses again if nothing happens.
        while process.returncode is None:
            process.send_signal(signal.SIGINT)
            await asyncio.wait([asyncio.ensure_future(process.wait())], timeout=1)
        assert process.returncode == 130
        assert process.stderr
        assert b"Traceback" not in await process.stderr.read()


def _running(mark: str) -> list[str]:
    """Processes whose environment names the test's own folder."""
    if not os.path.isdir("/proc/self"):  # noqa: PTH112 - Linux alone tells
        return []
    found = []
    for number in filter(str.isdecimal, os.listdir("/proc")):  # noqa: PTH208 - as above
        try:
            with open(f"/proc/{number}/environ", "rb") as file:  # noqa: PTH123 - as above
                if mark.encode() in file.read():
                    found.append(number)
        except OSError:
            continue
    return found
