"""The pipe to the editor: reads without threads, writes without blocking the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import queue
import select
import sys
import threading
from typing import TYPE_CHECKING, NamedTuple, Self

from pygls.io_ import StdinAsyncReader, run_async

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pygls.io_ import AsyncReader
    from pygls.lsp.server import LanguageServer

logger = logging.getLogger(__name__)

_LARGEST_LINE = 1 << 16
"""Bytes of the longest header line; bodies are read by length."""


def serve(server: LanguageServer) -> None:
    """Serve one editor on standard input and output until it goes away."""
    asyncio.run(_serve(server))


async def _serve(server: LanguageServer) -> None:
    server._stop_event = stop = threading.Event()  # noqa: SLF001 - as pygls itself starts
    writer = Writer()
    server.protocol.set_writer(writer)
    try:
        async with _input(server) as reader:
            await run_async(
                stop_event=stop,
                reader=reader,
                protocol=server.protocol,
                logger=logger,
                error_handler=server.report_server_error,
            )
    except asyncio.IncompleteReadError:
        logger.warning("The editor went away in the middle of a message")
    finally:
        writer.close()
        server.shutdown()  # type: ignore[no-untyped-call]


@contextlib.asynccontextmanager
async def _input(server: LanguageServer) -> AsyncIterator[AsyncReader]:
    """Read standard input by the event loop where that can watch it.

    asyncio can't watch pipes on Windows, nor files and terminals anywhere; a thread reads those.
    """
    if sys.platform != "win32":
        reader = asyncio.StreamReader(limit=_LARGEST_LINE)
        try:
            transport, _ = await asyncio.get_running_loop().connect_read_pipe(
                lambda: asyncio.StreamReaderProtocol(reader), sys.stdin.buffer
            )
        except (ValueError, OSError):
            logger.info("Standard input is no pipe; a thread reads it")
        else:
            with contextlib.closing(transport):
                yield reader
            return
    yield StdinAsyncReader(sys.stdin.buffer, server.thread_pool)


class Writer:
    """Writes to standard output; an editor that does not read stalls nobody.

    What the pipe takes at once is written at once, the rest by a thread. Waking that for each token
    took 50 of 320 µs. Both write past Python's buffer: a thread that is stuck in there aborts the
    process at its end.
    """

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._held = 0
        """Messages that the thread has not yet written."""
        self._lock = threading.Lock()
        self._closed = False
        self._ready = _Ready.of_stdout()
        self._thread = threading.Thread(target=self._run, name="stdout", daemon=True)
        self._thread.start()

    def write(self, data: bytes) -> None:
        """Write one message, or queue it behind those that wait."""
        with self._lock:
            if self._closed:
                return
            try:
                if self._ready and not self._held:
                    data = data[self._ready.write(data) :]
            except OSError:
                self._closed = True
                return
            if data:
                self._held += 1
                self._waiting.put(data)

    def close(self) -> None:
        """Write what waits (for a second at most), then close."""
        if not self._closed:
            self._closed = True
            self._waiting.put(None)
            self._thread.join(timeout=1)

    def _run(self) -> None:
        try:
            out = sys.stdout.fileno()
            while (data := self._waiting.get()) is not None:
                _write(out, data)
                with self._lock:
                    self._held -= 1
        except (OSError, ValueError):
            self._closed = True


class _Ready(NamedTuple):
    """Standard output where one can ask whether it takes something without making us wait."""

    out: int
    poll: select.poll

    @classmethod
    def of_stdout(cls) -> Self | None:
        """None where nobody can tell, as on Windows."""
        try:
            ready = cls(sys.stdout.fileno(), select.poll())
            ready.poll.register(ready.out, select.POLLOUT)
        except (AttributeError, OSError, ValueError):
            return None
        return ready

    def write(self, data: bytes) -> int:
        """Write if that is done at once; gives how much of it was. Raises OSError."""
        # Ready means that there is room for so much at least.
        if len(data) > select.PIPE_BUF or not self.poll.poll(0):
            return 0
        try:
            return os.write(self.out, data)
        except BlockingIOError:
            return 0


def _write(out: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[os.write(out, rest) :]
        except BlockingIOError:
            # Where one socket is both standard input and output, asyncio has made it non-blocking.
            select.select([], [out], [])
