"""A recorded reply, and how it is played: what scripts are made of, and demonstrations.

`workers_ai_local.replay.script` says what the members mean.
"""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Iterable
from typing import Literal, cast, get_args

import attrs
from attrs.validators import in_

from workers_ai_local.api_errors import ApiError, Layer
from workers_ai_local.compact import compact
from workers_ai_local.engine import (
    Answer,
    ConnectionDropped,
    Event,
    Finish,
    Reason,
    Shape,
    Text,
    Usage,
    Verbatim,
)
from workers_ai_local.run_request import RunRequest

End = Literal["done", "cut", "drop", "hang"]

_WORDS = re.compile(r"\s*\S+|\s+$")
_WORDS_AND_NUMBERS = re.compile(r"[0-9]+|\s*[^\s0-9]+|\s+")
_NUMBER = re.compile("0|[1-9][0-9]{0,14}")


@attrs.frozen
class Piece:
    """One step of a stream."""

    event: Text | Verbatim
    after: float | None
    """Seconds to wait first; `None` for the reply's `every`."""


@attrs.frozen
class Refusal:
    """An error in place of an answer."""

    status: int
    code: int | str = 0
    message: str = ""
    layer: Layer = attrs.field(default="model", validator=in_(get_args(Layer)))
    headers: dict[str, str] = attrs.field(factory=dict)
    body: str | None = None

    def error(self) -> ApiError:
        """Return it as something to raise, with headers of its own."""
        return ApiError(
            self.status, self.code, self.message, self.layer, dict(self.headers), self.body
        )


def _pieces(values: Iterable[object]) -> tuple[Piece, ...]:
    return tuple(_piece(value) for value in values)


def _piece(value: object) -> Piece:
    if not isinstance(value, dict):
        return Piece(Text(value), None)
    rest = dict(value)
    after = rest.pop("after", None)
    if len(rest) == 1:
        kind, said = rest.popitem()
        match kind:
            case "text" | "value":
                return Piece(Text(said), after)
            case "reasoning":
                return Piece(Text(said, reasoning=True), after)
            case "raw":
                return Piece(Verbatim(said.encode()), after)
            case "frame":
                return Piece(Verbatim(b"data: " + compact(said) + b"\n\n"), after)
    raise ValueError(f"a piece is one of text, value, reasoning, raw and frame, not {value!r}")


def _usage(value: object) -> Usage | Literal["counted"] | None:
    if isinstance(value, dict):
        return Usage(**value)
    return cast("Literal['counted'] | None", value)


def _refusal(value: object) -> Refusal | None:
    return Refusal(**value) if isinstance(value, dict) else cast("Refusal | None", value)


@attrs.frozen
class Reply:
    """One recorded reply."""

    when: str = ""
    times: int | None = None
    delay: float = 0.0
    shape: Shape = attrs.field(default="native", validator=in_(get_args(Shape)))
    text: str = ""
    pieces: tuple[Piece, ...] = attrs.field(default=(), converter=_pieces)
    numbers: bool = False
    every: float = 0.0
    chunk: int | None = None
    usage: Usage | Literal["counted"] | None = attrs.field(default="counted", converter=_usage)
    reason: Reason = attrs.field(default="stop", validator=in_(get_args(Reason)))
    finishes: int = 1
    dones: int = 1
    end: End = attrs.field(default="done", validator=in_(get_args(End)))
    error: Refusal | None = attrs.field(default=None, converter=_refusal)

    def steps(self) -> tuple[Piece, ...]:
        """Return the pieces, those of `text` first."""
        return (*(Piece(Text(token), None) for token in self._tokens()), *self.pieces)

    def _tokens(self) -> list[object]:
        if not self.numbers:
            return list(_WORDS.findall(self.text))
        # With some models, a token that looks like a number is one on the wire.
        found = _WORDS_AND_NUMBERS.findall(self.text)
        return [int(each) if _NUMBER.fullmatch(each) else each for each in found]


@contextlib.asynccontextmanager
async def play(reply: Reply, request: RunRequest) -> AsyncIterator[Answer]:
    """Answer `request` with `reply`, as an engine does."""
    await asyncio.sleep(reply.delay)
    if reply.error is not None:
        raise reply.error.error()
    yield Answer(_events(reply, request), reply.shape, reply.chunk)


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
            yield Finish(usage, reply.reason, reply.finishes, reply.dones)
        case "drop":
            raise ConnectionDropped
        case "hang":
            await asyncio.Event().wait()
        case "cut":
            return
