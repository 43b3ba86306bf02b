"""OpenAI's API: below Workers AI's `/ai/v1`, and plain `/v1` as any compatible server has it."""

import time

import attrs
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from workers_ai_local.api_errors import ApiError, bad_input
from workers_ai_local.compact import compact
from workers_ai_local.engine import ServedModel
from workers_ai_local.refusing import send_error
from workers_ai_local.routes.admission import admit
from workers_ai_local.routes.running import Run
from workers_ai_local.routes.service import Service
from workers_ai_local.run_request import RunRequest, read_chat, read_completion, read_object

_CLOUDFLARE = "/client/v4/accounts/{account_id}/ai/v1"
_PLAIN = "/v1"


def routes(service: Service) -> list[Route]:
    """Return the routes."""
    return [
        Route(_CLOUDFLARE + "/chat/completions", chat(service)),
        Route(_CLOUDFLARE + "/completions", _completion(service)),
        # Cloudflare has the path, and no list there.
        Route(_CLOUDFLARE + "/models", _NoList(service)),
        Route(_PLAIN + "/chat/completions", chat(service)),
        Route(_PLAIN + "/completions", _completion(service)),
        Route(_PLAIN + "/models", _Models(service)),
    ]


def chat(service: Service) -> Run:
    """Return what answers `POST …/chat/completions`."""
    return Run(service, read_messages, "chat")


def _completion(service: Service) -> Run:
    return Run(service, read_prompt, "completion")


def read_messages(service: Service, _: Request, body: bytes) -> tuple[ServedModel, RunRequest]:
    """Read a chat. Raises `ApiError`."""
    values = read_object(body)
    model = _model(service, values)
    return model, read_chat(model.id, values)


def read_prompt(service: Service, _: Request, body: bytes) -> tuple[ServedModel, RunRequest]:
    """Read a prompt in the model's own template. Raises `ApiError`."""
    values = read_object(body)
    model = _model(service, values)
    return model, read_completion(model.id, values)


def _model(service: Service, values: dict[str, object]) -> ServedModel:
    named = values.get("model")
    if not isinstance(named, str):
        raise bad_input("required properties at '/' are 'model,messages'")
    return service.model(named)


@attrs.frozen
class _Models:
    """`GET /v1/models`."""

    service: Service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            admit(self.service, Request(scope, receive), "GET")
        except ApiError as error:
            await send_error(error, scope, receive, send, "chat")
            return
        created = int(time.time())
        data = [
            {"id": model.id, "object": "model", "created": created, "owned_by": "workers-ai"}
            for model in self.service.engine.models
        ]
        body = compact({"object": "list", "data": data})
        await Response(body, media_type="application/json")(scope, receive, send)


@attrs.frozen
class _NoList:
    """Every method is the wrong one."""

    service: Service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            admit(self.service, Request(scope, receive), "")
        except ApiError as error:
            await send_error(error, scope, receive, send)
