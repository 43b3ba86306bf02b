"""An engine that says what a script says."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator

from workers_ai_local.api_errors import ApiError
from workers_ai_local.engine import (
    Answer,
    ConnectionDropped,
    Event,
    Finish,
    ServedModel,
    Text,
    Usage,
)
from workers_ai_local.replay.script import Reply, Script
from workers_ai_local.run_request import RunRequest


class ReplayEngine:
    """Serves a script's replies; each is used up after its `times`."""

    def __init__(self, script: Script) -> None:
        self.models = [
            ServedModel(name, script.window, "Recorded replies") for name in script.models
        ]
        self._script = script
        self._served: Counter[int] = Counter()

    @contextlib.asynccontextmanager
    async def answer(self, request: RunRequest) -> AsyncIterator[Answer]:
        """Answer with the first reply that fits `request`."""
        reply = self._next_reply(request)
        await asyncio.sleep(reply.delay)
        if (refusal := reply.error) is not None:
            raise ApiError(
                refusal.status,
                refusal.code,
                refusal.message,
                refusal.layer,
                dict(refusal.headers),
                refusal.body,
            )
        yield Answer(_events(reply, request), reply.shape)

    def _next_reply(self, request: RunRequest) -> Reply:
        for number, reply in enumerate(self._script.replies):
            used_up = reply.times is not None and self._served[number] >= reply.times
            if reply.when in request.last_words and not used_up:
                self._served[number] += 1
                return reply
        # A client error, so that nobody retries it.
        raise ApiError(400, 8001, "AiError: AiError: Invalid input (no reply of the script fits)")


async def _events(reply: Reply, request: RunRequest) -> AsyncIterator[Event]:
    steps = reply.steps()
    for piece in steps:
        await asyncio.sleep(reply.every if piece.after is None else piece.after)
        yield piece.event
    match reply.end:
        case "done":
            usage = reply.usage
            if usage == "counted":
                spoken = sum(isinstance(piece.event, Text) for piece in steps)
                usage = Usage(len(request.last_words.split()), spoken)
            yield Finish(usage, reply.reason)
        case "drop":
            raise ConnectionDropped
        case "hang":
            await asyncio.Event().wait()
        case "cut":
            return
