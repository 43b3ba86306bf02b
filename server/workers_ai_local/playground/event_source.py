"""The API for `new EventSource(url)`, which can only GET, without headers and without a body.

The page POSTs what it asks, with the token, and gets an address that answers once. No cookie is
needed, which the browser would show to every port of this machine, and no prompt stands in a URL.
"""

import hmac
import json
import secrets
from urllib.parse import quote

import attrs
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from workers_ai_local.api_errors import envelope, invalid_input, unauthorized
from workers_ai_local.playground.key import PATH

_MOST_WAITING = 16
"""Asks that nobody fetched; a page fetches its own at once."""


@attrs.frozen
class _Ask:
    model: str
    body: bytes


@attrs.frozen
class EventSourceDesk:
    """Takes asks, and answers each as the application's own `POST …/ai/run/{model}` does."""

    token: str
    api: str
    """The path before `/run/…`."""
    _waiting: dict[str, _Ask] = attrs.field(factory=dict, init=False)

    async def take(self, request: Request) -> Response:
        """`POST {"model", "input"}` with the token; answers `{"address"}` of the stream."""
        header = request.headers.get("authorization")
        if header is None or not hmac.compare_digest(header.encode(), self._bearer):
            error = unauthorized(header)
            return JSONResponse(envelope(error), error.status)
        try:
            asked = json.loads(await request.body())
            ask = _Ask(str(asked["model"]), json.dumps(asked["input"]).encode())
        except (KeyError, TypeError, ValueError):
            error = invalid_input()
            return JSONResponse(envelope(error), error.status)
        ticket = secrets.token_urlsafe(32)
        self._waiting[ticket] = ask
        while len(self._waiting) > _MOST_WAITING:
            del self._waiting[next(iter(self._waiting))]
        return JSONResponse({"address": f"{PATH}/events/{ticket}"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """`GET` of a stream, once: a browser that connects again is told to stop."""
        ask = self._waiting.pop(scope["path_params"]["ticket"], None)
        if ask is None:
            gone = PlainTextResponse("This address has answered: ask again.", 404)
            await gone(scope, receive, send)
            return
        path = f"{self.api}/run/{ask.model}"
        headers = {b"authorization": self._bearer, b"content-type": b"application/json"}
        run = {
            **scope,
            "method": "POST",
            "path": path,
            "raw_path": quote(path, safe="/@").encode(),
            "path_params": {},
            "query_string": b"",
            "headers": [(b"host", b"localhost"), *headers.items()],
        }
        await scope["app"](run, _giving(ask.body, receive), _Events(send))

    @property
    def _bearer(self) -> bytes:
        return f"Bearer {self.token}".encode()


def _giving(body: bytes, receive: Receive) -> Receive:
    """Give `body` first; after it, whatever the connection brings."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_body_first() -> Message:
        return first.pop() if first else await receive()

    return receive_body_first


@attrs.define
class _Events:
    """Sends a stream as it is, and any other answer as one event, `whole`.

    An EventSource shows a page nothing of an answer that is not a stream, so the API's words would
    be lost. The event's data is `{"status": …, "body": "…"}`.
    """

    send: Send
    _status: int | None = attrs.field(default=None, init=False)
    """That of an answer that is not a stream."""
    _body: bytes = attrs.field(default=b"", init=False)

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and not _is_stream(message):
            self._status = message["status"]
            headers = [(b"content-type", b"text/event-stream")]
            message = {"type": "http.response.start", "status": 200, "headers": headers}
        elif message["type"] == "http.response.body" and self._status is not None:
            self._body += message.get("body", b"")
            if message.get("more_body", False):
                return
            told = {"status": self._status, "body": self._body.decode(errors="replace")}
            message["body"] = f"event: whole\ndata: {json.dumps(told)}\n\n".encode()
        await self.send(message)


def _is_stream(start: Message) -> bool:
    headers = dict(start["headers"])
    return bool(headers.get(b"content-type", b"").startswith(b"text/event-stream"))
