"""What a replay script says.

A script is JSON (or the same values in Python):

    {"models": ["@cf/qwen/qwen2.5-coder-32b-instruct"],   the ids to answer to
     "token": "…",                                        instead of a random one
     "window": 32768,
     "replies": [REPLY, …]}

The first reply serves whose `when` occurs in what the user said last, and that has not served
`times` times yet. A REPLY is

    {"when": "Explain", "times": 1,       both optional: any request, any number of times
     "delay": 0.5,                        seconds before the headers
     "shape": "native",                   or dual, openai, json
     "text": "…" or "pieces": ["a", …],   a text is cut into words
     "every": 0.01,                       seconds before each piece
     "usage": {"prompt": 9, "completion": 2, "cached": 0},   null: none; absent: counted
     "reason": "stop",                    or length
     "end": "done"}                       or cut (no [DONE]), drop (the connection), hang

where a piece is what stands in `response`: a string, a number, null; or an object: one of
`{"text": …}`, `{"reasoning": "…"}`, `{"raw": "data: …"}` (bytes of the stream) and
`{"value": {…}}` (an object in `response`), each with an `"after"` of its own in seconds. A refusal is

    {"when": …, "times": …, "delay": …,
     "error": {"status": 429, "code": 3040, "message": "…", "layer": "model", "headers": {…}}}

with a layer of model, edge, openai or gateway, or with a `"body"` of its own in place of an
envelope, such as a proxy's HTML.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Literal, cast, get_args

import attrs
from attrs.validators import in_

from workers_ai_local.api_errors import Layer
from workers_ai_local.engine import Reason, Shape, Text, Usage, Verbatim

DEFAULT_MODEL = "@cf/qwen/qwen2.5-coder-32b-instruct"

End = Literal["done", "cut", "drop", "hang"]

_WORDS = re.compile(r"\s*\S+|\s+$")


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


def _pieces(values: Iterable[object]) -> tuple[Piece, ...]:
    return tuple(_piece(value) for value in values)


def _piece(value: object) -> Piece:
    if not isinstance(value, dict):
        return Piece(Text(value), None)
    rest = dict(value)
    after = rest.pop("after", None)
    if len(rest) == 1:
        kind, said = rest.popitem()
        if kind in {"text", "value"}:
            return Piece(Text(said), after)
        if kind == "reasoning":
            return Piece(Text(said, reasoning=True), after)
        if kind == "raw":
            return Piece(Verbatim(said.encode()), after)
    raise ValueError(f"a piece is one of text, value, reasoning and raw, not {value!r}")


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
    every: float = 0.0
    usage: Usage | Literal["counted"] | None = attrs.field(default="counted", converter=_usage)
    reason: Reason = attrs.field(default="stop", validator=in_(get_args(Reason)))
    end: End = attrs.field(default="done", validator=in_(get_args(End)))
    error: Refusal | None = attrs.field(default=None, converter=_refusal)

    def steps(self) -> tuple[Piece, ...]:
        """Return the pieces, those of `text` first."""
        return (*(Piece(Text(word), None) for word in _WORDS.findall(self.text)), *self.pieces)


def _replies(values: Iterable[object]) -> tuple[Reply, ...]:
    return tuple(
        Reply(**value) if isinstance(value, dict) else cast("Reply", value) for value in values
    )


@attrs.frozen
class Script:
    """A whole script."""

    replies: tuple[Reply, ...] = attrs.field(converter=_replies)
    models: tuple[str, ...] = attrs.field(default=(DEFAULT_MODEL,), converter=tuple)
    token: str | None = attrs.field(default=None, repr=False)
    window: int = 32_768


def read_script(values: Mapping[str, object]) -> Script:
    """Read a script. Raises `TypeError` or `ValueError` for what no script may say."""
    return Script(**cast("dict[str, object]", values))  # type: ignore[arg-type] # attrs checks them
