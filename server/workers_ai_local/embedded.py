"""The embedded engine: a small real model on this machine's processor, for trying things out."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import attrs

from workers_ai_local.api_errors import context_overflow, internal_error, invalid_input
from workers_ai_local.engine import Answer, Event, Finish, ServedModel, Text, Usage
from workers_ai_local.llama_chunks import Chunk, failure, finish_reason, prompt_tokens, text, usage
from workers_ai_local.run_request import RunRequest

WINDOW = 8192
"""Tokens of prompt and answer together."""

# A small model falls into loops when it is greedy, most of all while it writes tests.
LEAST_TEMPERATURE = 0.2
LEAST_REPEAT_PENALTY = 1.1


class Llama(Protocol):
    """The part of `xllamacpp.Server` that is used. A callback that returns `True` ends the work."""

    def handle_chat_completions(self, body: object, callback: Callable[[Chunk], bool]) -> None:
        """Generate an answer to messages, in the model's own template."""

    def handle_completions(self, body: object, callback: Callable[[Chunk], bool]) -> None:
        """Go on from a prompt."""


class EmbeddedEngine:
    """Answers one request at a time, in the order that they came, off the event loop.

    Two at once would halve each other's speed on a processor, and share the window.
    """

    def __init__(self, llama: Llama, models: Sequence[ServedModel], window: int = WINDOW) -> None:
        self.models = models
        self._llama = llama
        self._window = window
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="llama")

    @contextlib.asynccontextmanager
    async def answer(self, request: RunRequest) -> AsyncIterator[Answer]:
        """Queue `request`, wait for its turn, and stream; leaving stops within one token."""
        generation = _Generation(asyncio.get_running_loop())
        turn = self._worker.submit(self._generate, request, generation)
        try:
            first = await self._accepted(request, generation)
            yield Answer(_events(first, generation))
        finally:
            generation.stop.set()
            turn.cancel()

    async def _accepted(self, request: RunRequest, generation: "_Generation") -> Chunk:
        """Wait for the first chunk, which comes before any computing and counts the prompt."""
        first = await generation.next()
        if first is None:
            raise internal_error()
        _raise_failure(first, request.max_tokens, self._window)
        tokens = prompt_tokens(first)
        if tokens is not None and tokens + request.max_tokens > self._window:
            raise context_overflow(tokens + request.max_tokens, self._window)
        return first

    def _generate(self, request: RunRequest, generation: "_Generation") -> None:
        """Run in the worker's thread. The callback comes once a token and once a prompt batch."""
        try:
            if generation.stop.is_set():
                return
            if request.raw:
                self._llama.handle_completions(llama_body(request), generation.take)
            else:
                self._llama.handle_chat_completions(llama_body(request), generation.take)
        except ValueError:  # What the library raises for messages that fit no template.
            generation.take({"error": {"code": 400, "type": "invalid_request_error"}})
        finally:
            generation.end()


def llama_body(request: RunRequest) -> dict[str, object]:
    """Translate a request into llama.cpp's parameters, held to what a small model stands."""
    knobs = dict(request.knobs)
    if "repetition_penalty" in knobs:
        knobs["repeat_penalty"] = knobs.pop("repetition_penalty")
    knobs["temperature"] = max(LEAST_TEMPERATURE, knobs.get("temperature", 0))
    knobs["repeat_penalty"] = max(LEAST_REPEAT_PENALTY, knobs.get("repeat_penalty", 0))
    asked: dict[str, object]
    if request.raw:
        asked = {"prompt": request.prompt}
    elif request.prompt is not None:
        asked = {"messages": [{"role": "user", "content": request.prompt}]}
    else:
        asked = {"messages": list(request.messages)}
    return {
        **asked,
        **knobs,
        "max_tokens": request.max_tokens,
        "stream": True,
        "stream_options": {"include_usage": True},
        "return_progress": True,
    }


@attrs.define
class _Generation:
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


async def _events(first: Chunk, generation: _Generation) -> AsyncIterator[Event]:
    counts: Usage | None = None
    reason = None
    chunk: Chunk | None = first
    while chunk is not None:
        _raise_failure(chunk, 0, 0)
        if piece := text(chunk):
            yield Text(piece)
        counts = usage(chunk) or counts
        reason = finish_reason(chunk) or reason
        chunk = await generation.next()
    if reason is not None:
        yield Finish(counts, reason)


def _raise_failure(chunk: Chunk, max_tokens: int, window: int) -> None:
    failed = failure(chunk)
    if failed is None:
        return
    if failed.prompt_tokens is not None:
        raise context_overflow(failed.prompt_tokens + max_tokens, window)
    raise invalid_input() if failed.is_clients else internal_error()
