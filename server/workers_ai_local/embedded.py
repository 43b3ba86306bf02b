"""The embedded engine: a small real model on this machine's processor, for trying things out."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from workers_ai_local.api_errors import (
    context_overflow,
    internal_error,
    invalid_input,
    no_capacity,
)
from workers_ai_local.engine import Answer, Event, Finish, ServedModel, Shape, Text, Usage
from workers_ai_local.generation import Generation
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

    Two at once would halve each other's speed on a processor, and share the window. A model that
    stands for one of Cloudflare's has that one's window, where it is smaller than `window`.
    """

    def __init__(
        self,
        llama: Llama,
        models: Sequence[ServedModel],
        window: int = WINDOW,
        shape: Shape = "native",
    ) -> None:
        self.models = models
        self._llama = llama
        self._windows = {model.id: min(window, model.window) for model in models}
        self._shape = shape
        self._waiting = 0
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="llama")

    @contextlib.asynccontextmanager
    async def answer(self, request: RunRequest) -> AsyncIterator[Answer]:
        """Queue `request`, wait for its turn, and stream; leaving stops within one token."""
        generation = Generation(asyncio.get_running_loop())
        with self._queued(request):
            turn = self._worker.submit(self._generate, request, generation)
            try:
                first = await self._accepted(request, generation)
                yield Answer(_events(first, generation), self._shape)
            finally:
                generation.stop.set()
                turn.cancel()

    @contextlib.contextmanager
    def _queued(self, request: RunRequest) -> Iterator[None]:
        if self._waiting and request.reject_if_busy:
            raise no_capacity()
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1

    async def _accepted(self, request: RunRequest, generation: Generation) -> Chunk:
        """Wait for the first chunk, which comes before any computing and counts the prompt."""
        first = await generation.next()
        if first is None:
            raise internal_error()
        window = self._windows[request.model]
        _raise_failure(first, request.max_tokens, window)
        tokens = prompt_tokens(first)
        if tokens is not None and tokens + request.max_tokens > window:
            raise context_overflow(tokens + request.max_tokens, window)
        return first

    def _generate(self, request: RunRequest, generation: Generation) -> None:
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


async def _events(first: Chunk, generation: Generation) -> AsyncIterator[Event]:
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
