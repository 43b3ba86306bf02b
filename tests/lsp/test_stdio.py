"""The pipe to the editor may be a socket for both directions, or a file."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.lsp_editor import server_environment

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
