"""What passes between the thread that generates and the event loop that streams."""

import asyncio
import threading

import attrs

from workers_ai_local.llama_chunks import Chunk


@attrs.define
class Generation:
    """The road from the worker's thread to the event loop, and the stop sign back."""

    _loop: asyncio.AbstractEventLoop
    stop: threading.Event = attrs.field(factory=threading.Event)
    _chunks: asyncio.Queue[Chunk | None] = attrs.field(factory=asyncio.Queue)

    def take(self, chunk: Chunk) -> bool:
        """Pass `chunk` on, in the worker's thread; `True` ends the generation."""
        if self.stop.is_set():
            return True
        self._loop.call_soon_threadsafe(self._chunks.put_nowait, chunk)
        return False

    def end(self) -> None:
        """Say that no chunk follows; nobody listens any more once `stop` is set."""
        if not self.stop.is_set():
            self._loop.call_soon_threadsafe(self._chunks.put_nowait, None)

    async def next(self) -> Chunk | None:
        """Return the next chunk, `None` at the end."""
        return await self._chunks.get()
