"""The ASGI application: Workers AI's REST paths in front of an engine."""

import hmac
import time
from collections.abc import Callable

import attrs
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from workers_ai_local.answering import Exchange, respond, send_error
from workers_ai_local.api_errors import (
    ApiError,
    envelope,
    no_route,
    no_such_model,
    unauthorized,
    wrong_method,
)
from workers_ai_local.engine import Engine, ServedModel
from workers_ai_local.run_request import RunRequest, read_request

BASE = "/client/v4"
_ACCOUNT = BASE + "/accounts/{account_id}/ai"

Observe = Callable[[dict[str, object]], None]
"""Takes what happened, as JSON: `event` is `request` or `end`, `at` a Unix time in seconds."""


def create_app(engine: Engine, *, token: str, observe: Observe = lambda _: None) -> Starlette:
    """Return the application that serves `engine` to whoever shows `token`.

    `observe` sees each request to run a model, refused ones included, and how each ended.
    """
    run, search = _Run(engine, token, observe), _Search(engine, token)
    return Starlette(
        routes=[
            Route(_ACCOUNT + "/run/{model:path}", run),
            Route(_ACCOUNT + "/models/search", search),
            Route("/{rest:path}", _nowhere, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
        ]
    )


@attrs.frozen
class _Run:
    """`POST /accounts/{account_id}/ai/run/{model}`."""

    engine: Engine
    token: str
    observe: Observe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = Request(scope, receive)
        body = await connection.body()
        self._tell("request", connection, body=body.decode(errors="replace"))
        try:
            request = self._accept(connection, body)
        except ApiError as error:
            await send_error(error, scope, receive, send)
            self._tell("end", connection, outcome=f"refused with {error.code}")
            return
        await respond(
            self.engine,
            Exchange(request, scope, receive, send),
            lambda outcome: self._tell("end", connection, outcome=outcome),
        )

    def _accept(self, connection: Request, body: bytes) -> RunRequest:
        _check(connection, self.token, "POST")
        model = connection.path_params["model"]
        if model not in {served.id for served in self.engine.models}:
            raise no_such_model(model)
        return read_request(model, body)

    def _tell(self, event: str, connection: Request, **what: str) -> None:
        told = {"event": event, "at": time.time(), **connection.path_params, **what}
        if event == "request":
            headers = {k: v for k, v in connection.headers.items() if k != "authorization"}
            told |= {"method": connection.method, "headers": headers}
        self.observe(told)


@attrs.frozen
class _Search:
    """`GET /accounts/{account_id}/ai/models/search`: the free check of account and token."""

    engine: Engine
    token: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = Request(scope, receive)
        try:
            _check(connection, self.token, "GET")
        except ApiError as error:
            await send_error(error, scope, receive, send)
            return
        wanted = connection.query_params.get("search", "")
        found = [_model_json(model) for model in self.engine.models if wanted in model.id]
        body = {"success": True, "result": found, "errors": [], "messages": []}
        await JSONResponse(body)(scope, receive, send)


async def _nowhere(_: Request) -> JSONResponse:
    error = no_route()
    return JSONResponse(envelope(error), status_code=error.status)


def _check(connection: Request, token: str, method: str) -> None:
    """Refuse what Cloudflare's edge refuses, in its order."""
    if b"%2f" in connection.scope["raw_path"].lower():
        raise no_route()
    header = connection.headers.get("authorization")
    if header is None or not hmac.compare_digest(header.encode(), f"Bearer {token}".encode()):
        raise unauthorized(header)
    if connection.method != method:
        raise wrong_method(connection.method)


def _model_json(model: ServedModel) -> dict[str, object]:
    return {
        "id": model.id,
        "source": 1,
        "name": model.id,
        "description": model.description,
        "task": {"name": "Text Generation"},
        "tags": [],
        "properties": [{"property_id": "context_window", "value": str(model.window)}],
    }
