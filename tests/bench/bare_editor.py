"""An editor that is nothing but JSON over a pipe, so that what it times is the server."""

from __future__ import annotations

import asyncio
import contextlib
import json
import tempfile
import time
from typing import TYPE_CHECKING, Any, BinaryIO

import attrs
from pygls.protocol import default_converter
from pytest_lsp import client_capabilities

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

LIMIT_S = 60.0
"""For one answer; a benchmark ends with an error rather than never."""

_LARGEST_LINE = 1 << 16

Message = dict[str, Any]


@attrs.define(eq=False)
class BareEditor:
    """Both ends of the pipe to one server process.

    It reads only while it is asked to wait for something, and answers the server's requests then:
    with `null`, or what stands in `replies` by method.
    """

    process: asyncio.subprocess.Process
    spawned: float
    """When the process was asked for; all times are `time.perf_counter`."""
    log: BinaryIO
    """What the server says on standard error; shown when it goes away."""
    replies: dict[str, Any] = attrs.field(factory=dict)
    _last: int = 0

    @property
    def pid(self) -> int:
        return self.process.pid

    def notify(self, method: str, params: object) -> None:
        """Send a notification."""
        self._write({"method": method, "params": params})

    def request(self, method: str, params: object) -> int:
        """Send a request; returns its number."""
        self._last += 1
        self._write({"id": self._last, "method": method, "params": params})
        return self._last

    async def ask(self, method: str, params: object) -> Any:
        """Send a request, and wait for its result."""
        return await self.result(self.request(method, params))

    async def result(self, number: int) -> Any:
        """Wait for the result of a request. Raises RuntimeError when it is an error."""
        reply = await self.until(lambda it: it.get("id") == number and "method" not in it)
        if "error" in reply:
            raise RuntimeError(reply["error"]["message"])
        return reply["result"]

    async def called(self, method: str) -> Any:
        """Wait until the server sends a request or notification; returns its parameters."""
        return (await self.until(lambda it: it.get("method") == method))["params"]

    async def until(self, wanted: Callable[[Message], bool]) -> Message:
        """Wait for a message."""
        async with asyncio.timeout(LIMIT_S):
            while True:
                message = await self._read()
                if "method" in message and "id" in message:
                    result = self.replies.get(message["method"])
                    self._write({"id": message["id"], "result": result})
                if wanted(message):
                    return message

    def send(self, data: bytes) -> None:
        """Send messages that are in their wire form already (`wire`)."""
        assert self.process.stdin is not None
        self.process.stdin.write(data)

    async def drain(self) -> None:
        """Wait until the pipe takes more."""
        assert self.process.stdin is not None
        await self.process.stdin.drain()

    def open(self, uri: str, text: str) -> None:
        """Open a Python document, at version 0."""
        item = {"uri": uri, "languageId": "python", "version": 0, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def _write(self, message: Message) -> None:
        self.send(wire(message))

    async def _read(self) -> Message:
        assert self.process.stdout is not None
        length = 0
        while (line := await self.process.stdout.readline()) != b"\r\n":
            if not line:
                self.log.seek(0)
                raise RuntimeError(f"the server went away: {self.log.read().decode()[-2000:]}")
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: Message = json.loads(await self.process.stdout.readexactly(length))
        return message


def wire(message: Message) -> bytes:
    """Write a message as it goes over the pipe."""
    body = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


@contextlib.asynccontextmanager
async def spawned(command: Sequence[str], environment: dict[str, str]) -> AsyncIterator[BareEditor]:
    """Start a server, and end it with the block: by `exit` if it listens, by force if not."""
    with tempfile.TemporaryFile() as log:
        begun = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            *command,
            env=environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
            limit=_LARGEST_LINE,
        )
        editor = BareEditor(process, begun, log)
        try:
            yield editor
            await editor.ask("shutdown", None)
            editor.notify("exit", None)
            async with asyncio.timeout(LIMIT_S):
                await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()


def code_action_params(uri: str, line: int, character: int) -> dict[str, object]:
    """Ask what can be done at a cursor, as a person does who opens the menu."""
    at = {"line": line, "character": character}
    context = {"diagnostics": [], "triggerKind": 1}
    return {"textDocument": {"uri": uri}, "range": {"start": at, "end": at}, "context": context}


def initialize_params(root_uri: str, options: object = None) -> dict[str, object]:
    """Write what VS Code sends first, as recorded."""
    capabilities = client_capabilities("visual-studio-code")
    return {
        "processId": None,
        "clientInfo": {"name": "Visual Studio Code"},
        "rootUri": root_uri,
        "capabilities": default_converter().unstructure(capabilities),  # type: ignore[no-untyped-call]
        "workspaceFolders": [{"uri": root_uri, "name": "workspace"}],
        "initializationOptions": options,
    }
