"""The pipe to the editor may be a socket for both directions, or a file."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest

from tests.lsp_editor import server_environment
from workers_ai_ls.lsp import stdio
from workers_ai_ls.lsp.stdio import Writer

if TYPE_CHECKING:
    from pathlib import Path

INITIALIZE: dict[str, Any] = {"processId": None, "rootUri": None, "capabilities": {}}


def frame(**message: object) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


@pytest.mark.skipif(sys.platform == "win32", reason="a process there has no socket for its input")
async def test_one_socket_for_both_directions_loses_nothing(tmp_path: Path) -> None:
    """Reading makes it non-blocking, for writing as well; a slow editor must get all the same."""
    ours, theirs = socket.socketpair()
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "workers_ai_ls"),
        stdin=theirs.fileno(),
        stdout=theirs.fileno(),
        env=server_environment(tmp_path),
    )
    theirs.close()
    try:
        async with asyncio.timeout(15):
            reader, writer = await asyncio.open_connection(sock=ours, limit=4096)
            writer.write(frame(id=0, method="initialize", params=INITIALIZE))
            unknown = "no/such" * 500
            for number in range(1, 400):
                writer.write(frame(id=number, method=unknown, params={}))
            writer.write(frame(id=400, method="shutdown"))
            seen = 0
            while seen < 400:
                seen = (await _read(reader))["id"]
            writer.write(frame(method="exit"))
            assert await process.wait() == 0
            writer.close()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _read(reader: asyncio.StreamReader) -> Any:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = int(head.partition("Content-Length: ")[2].partition("\r\n")[0])
    return json.loads(await reader.readexactly(length))


async def test_input_from_a_file_is_read_to_its_end(tmp_path: Path) -> None:
    script = tmp_path / "session"
    ending = (frame(id=1, method="shutdown"), frame(method="exit"))
    script.write_bytes(
        frame(id=0, method="initialize", params=INITIALIZE)
        + frame(method="initialized", params={})
        + b"".join(ending)
    )
    with script.open("rb") as source:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "workers_ai_ls"),
            stdin=source,
            stdout=asyncio.subprocess.PIPE,
            env=server_environment(tmp_path),
        )
        async with asyncio.timeout(15):
            out, _ = await process.communicate()
    assert process.returncode == 0
    assert out.count(b"Content-Length") == 2


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can ask a pipe there")
def test_an_editor_that_does_not_read_stalls_nobody_and_gets_all_in_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as source, os.fdopen(writing, "wb") as sink:
        monkeypatch.setattr(sys, "stdout", sink)
        writer = Writer()
        sent = [b"%d " % number * (1 + number * 7 % 2_000) for number in range(300)]
        for message in sent:
            writer.write(message)  # The pipe has room for a few of them, and nobody reads.

        expected = b"".join(sent)
        assert source.read(len(expected)) == expected
        writer.write(b"last")
        writer.close()
        assert source.read(4) == b"last"


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can ask a pipe there")
def test_no_message_overtakes_one_that_the_thread_still_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading, writing = os.pipe()
    gate, write = threading.Event(), stdio._write

    def late(out: int, data: bytes) -> None:
        gate.wait(10)
        write(out, data)

    monkeypatch.setattr(stdio, "_write", late)
    with os.fdopen(reading, "rb") as source, os.fdopen(writing, "wb") as sink:
        monkeypatch.setattr(sys, "stdout", sink)
        writer = Writer()
        writer.write(b"large" * 2_000)
        writer.write(b"small")
        gate.set()

        assert source.read(10_005) == b"large" * 2_000 + b"small"
        writer.close()


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can ask a pipe there")
def test_what_the_pipe_takes_is_there_when_write_returns(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as source, os.fdopen(writing, "wb") as sink:
        monkeypatch.setattr(sys, "stdout", sink)
        writer = Writer()
        os.set_blocking(reading, False)

        writer.write(b"now")

        assert source.read() == b"now"
        writer.close()


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can ask a pipe there")
def test_an_editor_that_has_gone_is_written_to_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as sink:
        monkeypatch.setattr(sys, "stdout", sink)
        writer = Writer()
        os.close(reading)

        writer.write(b"nobody")
        writer.write(b"reads")

        writer.close()
