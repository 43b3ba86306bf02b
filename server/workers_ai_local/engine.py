"""What an engine is: it takes a request and answers with events, of tokens or of a recording."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Literal, Protocol

import attrs

from workers_ai_local.run_request import RunRequest

Shape = Literal["native", "dual", "openai", "json"]
"""How a stream is written; `json` is the one body that comes although a stream was asked for."""

Reason = Literal["stop", "length", "error"]


@attrs.frozen
class ServedModel:
    """A model id that an engine answers to."""

    id: str
    window: int
    """Tokens of prompt and answer together."""
    description: str
    neurons: tuple[int, int] = (0, 0)
    """What a million tokens of the prompt and of the answer cost; nothing on this machine."""


@attrs.frozen
class Usage:
    """Token counts of one answer."""

    prompt: int
    completion: int
    cached: int = 0
    """How many of `prompt` were in the prefix cache."""


@attrs.frozen
class Text:
    """One piece of the answer: a string, or whatever else the wire is made to carry."""

    value: object
    reasoning: bool = False


@attrs.frozen
class Verbatim:
    """Bytes that go into the stream as they are."""

    data: bytes


@attrs.frozen
class Finish:
    """The regular end. A stream that ends without one was cut."""

    usage: Usage | None
    reason: Reason = "stop"
    finishes: int = 1
    """How many frames tell the reason: some models repeat it."""
    dones: int = 1
    """How many `[DONE]` end the stream: one, but for faults."""


Event = Text | Verbatim | Finish


@attrs.frozen
class Answer:
    """An accepted request. Its events raise `ApiError` or `ConnectionDropped` when it goes wrong."""

    events: AsyncIterator[Event]
    shape: Shape = "native"
    chunk: int | None = None
    """Bytes that are sent at a time; `None` for a frame at a time."""


class ConnectionDropped(Exception):  # noqa: N818 - what shall happen, not a bug
    """The connection is to end in the middle, without a word."""


class Engine(Protocol):
    """Answers requests for the models that it serves."""

    @property
    def models(self) -> Sequence[ServedModel]:
        """The models, the first of them for whoever asks for none in particular."""
        ...

    def answer(self, request: RunRequest) -> AbstractAsyncContextManager[Answer]:
        """Work on `request` while the context is open; leaving it stops the work at once.

        Entering raises `ApiError` when the request is refused.
        """
        ...
