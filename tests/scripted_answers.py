"""What a scripted endpoint can be told to answer: frames in the wire's shapes, holds and breaks."""

import asyncio
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, TypeAlias

import attrs

# A part of a body: bytes to send, seconds to let pass, or a gate to wait for (`gate.set()` in the
# test), so that a test holds a stream at a point without sleeping.
Part: TypeAlias = bytes | float | asyncio.Event
Piece: TypeAlias = str | int | float | dict[str, object] | asyncio.Event | None
DONE = b"data: [DONE]\n\n"
USAGE: dict[str, object] = {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13}


@attrs.frozen
class Answer:
    """One response.

    `ending`: `whole` keeps the connection for the next request, `hang` sends nothing more and
    keeps it open, `drop` closes it where the parts end. `parts` empty and `drop` with status 0
    closes it without a response.
    """

    parts: tuple[Part, ...] = ()
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("content-type", "text/event-stream"),)
    ending: Literal["whole", "hang", "drop"] = "whole"

    @property
    def body(self) -> bytes:
        """All that is sent, for tests without a network."""
        return b"".join(part for part in self.parts if isinstance(part, bytes))


NO_RESPONSE = Answer(status=0, ending="drop")
HANG = Answer(status=0, ending="hang")


def frame(payload: object) -> bytes:
    """Return one event whose data is `payload` in JSON."""
    return b"data: " + json.dumps(payload, ensure_ascii=False).encode() + b"\n\n"


def native_stream(
    *pieces: Piece, usage: dict[str, object] | None = USAGE, done: bool = True
) -> Answer:
    """Shape 1: `response` and padding, an event without `response`, usage, `[DONE]`."""
    parts = _parts(pieces, lambda piece: frame({"response": piece, "p": "abdefghijk"}))
    parts.append(frame({"tool_calls": [], "p": "ab"}))
    if usage is not None:
        parts.append(frame({"response": "", "usage": usage}))
    return _stream(parts, done=done)


def dual_stream(*pieces: Piece, done: bool = True) -> Answer:
    """Shape 2: the same text in `choices` and in `response`."""
    parts = _parts(
        pieces,
        lambda piece: frame(
            {"choices": [{"index": 0, "delta": {"content": piece}}], "response": piece, "p": "abd"}
        ),
    )
    parts.append(frame({"response": "", "usage": USAGE}))
    return _stream(parts, done=done)


def openai_stream(
    *pieces: Piece,
    reasoning: Sequence[str] = (),
    finish: str | None = "stop",
    done: bool = True,
) -> Answer:
    """Shape 3, as on the wire: increments of usage, repeated finish frame, two `[DONE]`s."""
    increment = {"prompt_tokens": 0, "completion_tokens": 1, "total_tokens": 1}

    def chunk(delta: dict[str, object], reason: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        return frame({"object": "chat.completion.chunk", "choices": [choice], "usage": increment})

    parts: list[Part] = [chunk({"role": "assistant", "content": ""})]
    parts += [chunk({"reasoning_content": piece, "content": None}) for piece in reasoning]
    parts += _parts(pieces, lambda piece: chunk({"content": piece}))
    if finish is not None:
        parts += [chunk({}, finish), chunk({}, finish)]
    parts.append(frame({"choices": [], "usage": USAGE}))
    parts.append(frame({"response": "", "usage": {**USAGE, "neurons": 0.5}}))
    return _stream([*parts, DONE] if done else parts, done=done)


def json_answer(
    text: Piece, *, shape: Literal["response", "completion", "bare"] = "response", status: int = 200
) -> Answer:
    """Shape 4, and every answer that was not streamed."""
    completion: dict[str, object] = {
        "object": "chat.completion",
        "choices": [
            {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        ],
        "usage": USAGE,
    }
    native: dict[str, object] = {"response": text, "usage": USAGE, "tool_calls": []}
    result = native if shape == "response" else completion
    envelope = {"result": result, "success": True, "errors": [], "messages": []}
    return raw_answer(
        json.dumps(completion if shape == "bare" else envelope).encode(), status=status
    )


def error_answer(
    status: int,
    code: int | str | None,
    message: str,
    *,
    envelope: Literal["model", "edge", "openai", "gateway"] = "model",
    retry_after: str | None = None,
) -> Answer:
    """A refusal in one of the four envelopes."""
    told = {"message": message, "code": code}
    payload: dict[str, object] = {"errors": [told], "success": False, "result": {}, "messages": []}
    if envelope == "edge":
        payload["result"] = None
    elif envelope == "openai":
        payload = {"error": told}
    elif envelope == "gateway":
        payload = {"success": False, "result": [], "messages": [], "error": [told]}
    headers = () if retry_after is None else (("retry-after", retry_after),)
    return raw_answer(json.dumps(payload).encode(), status=status, headers=headers)


def raw_answer(
    body: bytes,
    *,
    status: int = 200,
    content_type: str = "application/json; charset=utf-8",
    headers: Iterable[tuple[str, str]] = (),
) -> Answer:
    """Any body at all."""
    return Answer((body,) if body else (), status, (("content-type", content_type), *headers))


def _parts(pieces: Iterable[Piece], build: Callable[[Piece], bytes]) -> list[Part]:
    return [piece if isinstance(piece, asyncio.Event) else build(piece) for piece in pieces]


def _stream(parts: list[Part], *, done: bool) -> Answer:
    return Answer((*parts, DONE) if done else tuple(parts))
