"""An HTTP/1.1 endpoint on loopback that answers from a script and sees when a client hangs up.

```
async with ScriptedEndpoint(native_stream("Hel", gate, "lo")) as endpoint:
    ...  # a client of `endpoint.base_url`
    assert endpoint.requests[0].body["max_tokens"] == 1024
```

Written on asyncio streams rather than a web framework, because tests ask about the connection
itself: when it came, when it went, whether it was used twice. It runs in the test's own loop.
"""

import asyncio
import contextlib
import json
import ssl
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import attrs

from tests.scripted_answers import (
    DONE,
    HANG,
    NO_RESPONSE,
    USAGE,
    Answer,
    dual_stream,
    error_answer,
    frame,
    json_answer,
    native_stream,
    openai_stream,
    raw_answer,
)

__all__ = [
    "DONE",
    "HANG",
    "NO_RESPONSE",
    "USAGE",
    "Answer",
    "Connection",
    "Received",
    "ScriptedEndpoint",
    "dual_stream",
    "error_answer",
    "frame",
    "json_answer",
    "native_stream",
    "openai_stream",
    "raw_answer",
]


@attrs.define(eq=False)
class Connection:
    """One connection of a client; times are the event loop's, in seconds."""

    opened_at: float
    closed_at: float | None = None  # when the client hung up, or a `drop`; None while it is open
    closed: asyncio.Event = attrs.field(factory=asyncio.Event)
    requests: int = 0


@attrs.frozen(eq=False)
class Received:
    """One request as it came: `path` is the raw target, header names are lower-case."""

    method: str
    path: str
    headers: dict[str, str]
    raw_body: bytes
    at: float
    connection: Connection

    @property
    def body(self) -> Any:
        """The JSON of the body, or `None` where there is none."""
        return json.loads(self.raw_body) if self.raw_body else None


class ScriptedEndpoint:
    """Answer the first request with the first answer, and so on; the last one is repeated."""

    def __init__(self, *answers: Answer, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[Received] = []
        self.connections: list[Connection] = []
        self._answers = list(answers)
        self._tls = tls
        self._server: asyncio.Server | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Condition()

    def script(self, *answers: Answer) -> None:
        """Answer the requests from now on with these."""
        self._answers = list(answers)

    @property
    def port(self) -> int:
        assert self._server is not None, "the endpoint is not running"
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def base_url(self) -> str:
        """What `WORKERS_AI_BASE_URL` is set to."""
        scheme = "http" if self._tls is None else "https"
        return f"{scheme}://127.0.0.1:{self.port}/client/v4"

    @property
    def open_connections(self) -> int:
        """How many connections nobody has closed."""
        return sum(connection.closed_at is None for connection in self.connections)

    async def wait_for_requests(self, count: int = 1, within: float = 30.0) -> None:
        """Return when so many requests have come in all."""
        await self.wait_until(lambda: len(self.requests) >= count, within)

    async def wait_for_connections(self, count: int = 1, within: float = 30.0) -> None:
        """Return when so many connections have been opened in all."""
        await self.wait_until(lambda: len(self.connections) >= count, within)

    async def wait_until_closed(self, within: float = 5.0) -> None:
        """Return when the client has no connection open."""
        await self.wait_until(lambda: self.open_connections == 0, within)

    async def wait_until(self, condition: Callable[[], bool], within: float = 30.0) -> None:
        """Return when `condition` holds; asked when a request or connection comes or goes."""
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(condition)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._running:
            task.cancel()
        if self._running:
            await asyncio.wait(self._running)
        await self._server.wait_closed()

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        connection = Connection(asyncio.get_running_loop().time())
        self.connections.append(connection)
        await self._tell()
        try:
            with contextlib.suppress(asyncio.CancelledError):
                await self._talk(reader, writer, connection)
        finally:
            self._running.discard(task)
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _talk(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, connection: Connection
    ) -> None:
        begun = b""
        while True:
            try:
                received = await _received(begun, reader, connection)
            except (asyncio.IncompleteReadError, OSError):
                return await self._over(connection)
            connection.requests += 1
            self.requests.append(received)
            await self._tell()
            answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
            # While it answers it listens: what comes is the client hanging up, or its next request.
            playing = asyncio.create_task(_play(answer, writer))
            listening = asyncio.create_task(_first_byte(reader))
            try:
                await asyncio.wait({playing, listening}, return_when=asyncio.FIRST_COMPLETED)
                if playing.done() and playing.exception() is None and answer.ending == "drop":
                    return await self._over(connection)
                begun = await listening
            finally:
                playing.cancel()
                listening.cancel()
                await asyncio.wait({playing, listening})
            if not begun:
                return await self._over(connection)

    async def _over(self, connection: Connection) -> None:
        connection.closed_at = asyncio.get_running_loop().time()
        connection.closed.set()
        await self._tell()


async def _received(begun: bytes, reader: asyncio.StreamReader, connection: Connection) -> Received:
    head = (begun + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    at = asyncio.get_running_loop().time()
    return Received(method, path, headers, body, at, connection)


async def _play(answer: Answer, writer: asyncio.StreamWriter) -> None:
    if answer.status:
        head = f"HTTP/1.1 {answer.status} Scripted\r\ntransfer-encoding: chunked\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
        writer.write(head.encode() + b"\r\n")
    for part in answer.parts:
        await writer.drain()
        if isinstance(part, asyncio.Event):
            await part.wait()
        elif isinstance(part, bytes):
            writer.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
        else:
            await asyncio.sleep(part)
    if answer.ending == "whole":
        writer.write(b"0\r\n\r\n")
    await writer.drain()
    if answer.ending == "hang":
        await asyncio.get_running_loop().create_future()


async def _first_byte(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read(1)
    except OSError:
        return b""
