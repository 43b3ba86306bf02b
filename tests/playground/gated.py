"""Recorded replies that come piece by piece, each when the test lets it."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING

import attrs

from workers_ai_local.app import create_app
from workers_ai_local.replay import ReplayEndpoint, ReplayEngine, read_script
from workers_ai_local.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

    from workers_ai_local.engine import Answer, Event
    from workers_ai_local.run_request import RunRequest

_LIMIT = 10.0


class Gate:
    """An engine that holds back every event of another one's answers."""

    def __init__(self, engine: ReplayEngine) -> None:
        self.models = engine.models
        self._engine = engine
        self._passes = asyncio.Semaphore(0)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._asked = threading.Event()

    def let_through(self, events: int) -> None:
        """Let so many more events out, once somebody has asked."""
        assert self._asked.wait(_LIMIT)
        assert self._loop
        for _ in range(events):
            self._loop.call_soon_threadsafe(self._passes.release)

    @contextlib.asynccontextmanager
    async def answer(self, request: RunRequest) -> AsyncIterator[Answer]:
        self._loop = asyncio.get_running_loop()
        self._asked.set()
        async with self._engine.answer(request) as answer:
            yield attrs.evolve(answer, events=self._held(answer.events))

    async def _held(self, events: AsyncIterator[Event]) -> AsyncIterator[Event]:
        async for event in events:
            async with asyncio.timeout(_LIMIT):
                await self._passes.acquire()
            yield event


@contextlib.contextmanager
def gated(script: Mapping[str, object]) -> Iterator[tuple[ReplayEndpoint, Gate]]:
    """Serve `script` behind a gate while the context is open."""
    read = read_script(script)
    gate = Gate(ReplayEngine(read))
    endpoint = ReplayEndpoint("", "the endpoint's token", read.models[0])
    app = create_app(gate, token=endpoint.token, observe=endpoint.observe)
    with serving(app) as endpoint.base_url:
        yield endpoint, gate
