"""One run request from its body to its last byte, ended early when the client hangs up."""

import asyncio
import contextlib
from collections.abc import Callable
from uuid import uuid4

import attrs
from starlette.types import Receive, Scope, Send

from workers_ai_local.api_errors import ApiError, envelope
from workers_ai_local.compact import compact
from workers_ai_local.demonstrations import demonstrated
from workers_ai_local.engine import (
    Answer,
    ConnectionDropped,
    Engine,
    Finish,
    ServedModel,
    Text,
    Verbatim,
)
from workers_ai_local.frames import Dialect, Framing, error_frame
from workers_ai_local.refusing import ray, send_error, spoken
from workers_ai_local.run_request import RunRequest

Outcome = Callable[[str], None]
"""Takes how a request ended: finished, cut, dropped, closed by client, or refused with a code."""

# No answer is this long: a promise of so many bytes is broken by any end.
_UNREACHABLE_LENGTH = 1 << 40


@attrs.frozen
class Exchange:
    """A request that was accepted for answering, and the connection that it came by."""

    request: RunRequest
    model: ServedModel
    scope: Scope
    receive: Receive
    send: Send
    dialect: Dialect = "run"
    request_id: str = attrs.field(factory=lambda: str(uuid4()))


async def respond(engine: Engine, exchange: Exchange, outcome: Outcome) -> None:
    """Answer; the moment that the client hangs up, stop and return.

    Raises `ConnectionDropped` for the server to close the connection with.
    """
    work = asyncio.create_task(_work(engine, exchange))
    gone = asyncio.create_task(_disconnected(exchange.receive))
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            outcome(work.result())
        else:
            outcome("closed by client")
    except ConnectionDropped:
        outcome("dropped")
        raise
    finally:
        for task in (work, gone):
            task.cancel()
        await asyncio.gather(work, gone, return_exceptions=True)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _work(engine: Engine, exchange: Exchange) -> str:
    try:
        async with demonstrated(exchange.request) or engine.answer(exchange.request) as answer:
            if exchange.request.stream and answer.shape != "json":
                return await _stream(exchange, answer)
            return await _whole(exchange, answer)
    except ApiError as error:
        error.headers.setdefault("cf-ai-req-id", exchange.request_id)
        await send_error(error, exchange.scope, exchange.receive, exchange.send, exchange.dialect)
        return f"refused with {error.code}"


async def _stream(exchange: Exchange, answer: Answer) -> str:
    framing = Framing(answer.shape, exchange.model, exchange.request_id, exchange.dialect)
    await _start(exchange, {"content-type": "text/event-stream", "cache-control": "no-cache"})
    await _send(exchange, framing.opening(), answer.chunk)
    outcome = "cut"
    try:
        async for event in answer.events:
            match event:
                case Text():
                    await _send(exchange, framing.text(event), answer.chunk)
                case Verbatim():
                    await _send(exchange, event.data, answer.chunk)
                case Finish():
                    await _send(exchange, framing.closing(event), answer.chunk)
                    outcome = "finished"
    except ApiError as error:
        await _send(exchange, error_frame(envelope(spoken(error, exchange.dialect))))
        outcome = f"failed with {error.code}"
    await exchange.send({"type": "http.response.body", "body": b""})
    return outcome


async def _whole(exchange: Exchange, answer: Answer) -> str:
    framing = Framing(answer.shape, exchange.model, exchange.request_id, exchange.dialect)
    pieces: list[object] = []
    reasoning = ""
    with contextlib.suppress(ConnectionDropped):
        async for event in answer.events:
            match event:
                case Text(reasoning=True):
                    reasoning += str(event.value)
                case Text():
                    pieces.append(event.value)
                case Finish():
                    body = compact(framing.whole(_joined(pieces), event, reasoning))
                    neurons = 0.0 if event.usage is None else framing.neurons(event.usage)
                    headers = {"cf-ai-neurons": f"{neurons:.2f}"}
                    await _start(exchange, _JSON | headers, len(body))
                    await exchange.send({"type": "http.response.body", "body": body})
                    return "finished"
                case _:
                    continue
    await _start(exchange, _JSON, _UNREACHABLE_LENGTH)
    raise ConnectionDropped


_JSON = {"content-type": "application/json"}


def _joined(pieces: list[object]) -> object:
    """A lone piece stays what it is, such as a number; several are one text."""
    if len(pieces) == 1:
        return pieces[0]
    return "".join("" if piece is None else str(piece) for piece in pieces)


async def _start(exchange: Exchange, headers: dict[str, str], length: int | None = None) -> None:
    headers = headers | {"cf-ai-req-id": exchange.request_id, "cf-ray": ray()}
    if length is not None:
        headers["content-length"] = str(length)
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await exchange.send({"type": "http.response.start", "status": 200, "headers": raw})


async def _send(exchange: Exchange, data: bytes, chunk: int | None = None) -> None:
    step = chunk or max(1, len(data))
    for start in range(0, len(data), step):
        part = data[start : start + step]
        await exchange.send({"type": "http.response.body", "body": part, "more_body": True})
