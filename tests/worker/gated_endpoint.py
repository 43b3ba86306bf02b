"""An endpoint that sends the next part of its answer only when the test lets it."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from typing import Any

import attrs

from workers_ai_local.serving import serving

_WAIT_S = 20.0


@attrs.define
class GatedEndpoint:
    """Answers every request with `frames`; each but the first waits for `gate`."""

    frames: tuple[bytes, ...]
    base_url: str = ""
    account_id: str = "acc0"
    token: str = "t0ken"
    gate: threading.Semaphore = attrs.field(factory=lambda: threading.Semaphore(0))
    gone: threading.Event = attrs.field(factory=threading.Event)
    """Set once the connection of a running answer is closed from the other side."""
    headers: dict[str, str] = attrs.field(factory=dict)
    """Those of the last request."""
    sent: int = 0
    """How many frames have been sent."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one request (ASGI)."""
        self.headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        while (await receive()).get("more_body"):
            pass
        answering = asyncio.create_task(self._answer(send))
        leaving = asyncio.create_task(_left(receive))
        await asyncio.wait([answering, leaving], return_when=asyncio.FIRST_COMPLETED)
        if not answering.done():
            self.gone.set()
        self.gate.release()  # A thread that still waits for it would keep the process.
        for task in (answering, leaving):
            task.cancel()
        await asyncio.gather(answering, leaving, return_exceptions=True)

    async def _answer(self, send: Any) -> None:
        headers = [(b"content-type", b"text/event-stream"), (b"cf-ai-req-id", b"req-1")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for number, frame in enumerate(self.frames):
            if number:
                await asyncio.to_thread(self.gate.acquire, timeout=_WAIT_S)
            await send({"type": "http.response.body", "body": frame, "more_body": True})
            self.sent += 1
        await send({"type": "http.response.body", "body": b"", "more_body": False})


@contextlib.contextmanager
def gated_endpoint(*frames: bytes) -> Iterator[GatedEndpoint]:
    """Serve `frames` on loopback while the block runs."""
    endpoint = GatedEndpoint(frames)
    with serving(endpoint) as base_url:
        endpoint.base_url = base_url
        yield endpoint


async def _left(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
