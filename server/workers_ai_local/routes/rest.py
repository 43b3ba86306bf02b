"""Workers AI's REST API: running a model, and the search that checks account and token for free."""

import math
import re

import attrs
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from workers_ai_local.api_errors import ApiError, bad_input
from workers_ai_local.compact import compact
from workers_ai_local.engine import ServedModel
from workers_ai_local.refusing import ray, send_error
from workers_ai_local.routes.admission import admit
from workers_ai_local.routes.running import Run
from workers_ai_local.routes.service import Service
from workers_ai_local.run_request import RunRequest, read_object, read_request

_ACCOUNT = "/client/v4/accounts/{account_id}/ai"
_TASK = "Text Generation"
_PER_PAGE = 50


def routes(service: Service) -> list[Route]:
    """Return the routes."""
    return [
        Route(_ACCOUNT + "/run", Run(service, read_named)),
        Route(_ACCOUNT + "/run/{model:path}", Run(service, read_in_path)),
        Route(_ACCOUNT + "/models/search", _Search(service)),
    ]


def read_in_path(
    service: Service, connection: Request, body: bytes
) -> tuple[ServedModel, RunRequest]:
    """Read the input itself; the path names the model. Raises `ApiError`."""
    model = service.model(connection.path_params["model"])
    return model, read_request(model.id, read_object(body))


def read_named(service: Service, _: Request, body: bytes) -> tuple[ServedModel, RunRequest]:
    """Read `{model, input}`. Raises `ApiError`."""
    values = read_object(body)
    named, given = values.get("model"), values.get("input")
    if not isinstance(named, str):
        raise bad_input("required properties at '/' are 'model,input'")
    model = service.model(named)
    if not isinstance(given, dict):
        raise bad_input("required properties at '/' are 'model,input'")
    options = {"options": values["options"]} if "options" in values else {}
    return model, read_request(model.id, {**options, **given})


@attrs.frozen
class _Search:
    """`GET …/ai/models/search?search=&task=&author=&source=&hide_experimental=&page=&per_page=`."""

    service: Service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = Request(scope, receive)
        try:
            admit(self.service, connection, "GET")
        except ApiError as error:
            await send_error(error, scope, receive, send)
            return
        headers = {"content-type": "application/json", "cf-ray": ray()}
        body = compact(_found(self.service, dict(connection.query_params)))
        await Response(body, headers=headers)(scope, receive, send)


def _found(service: Service, asked: dict[str, str]) -> dict[str, object]:
    found = [model for model in map(_model_json, service.engine.models) if _is_asked(model, asked)]
    page = max(1, _whole(asked, "page", 1))
    per_page = max(1, _whole(asked, "per_page", _PER_PAGE))
    shown = found[(page - 1) * per_page : page * per_page]
    return {
        "success": True,
        "result": shown,
        "errors": [],
        "messages": [],
        "result_info": {
            "count": len(shown),
            "page": page,
            "per_page": per_page,
            "total_count": len(found),
            "total_pages": math.ceil(len(found) / per_page),
        },
    }


def _is_asked(model: dict[str, object], asked: dict[str, str]) -> bool:
    name, words = str(model["name"]), asked.get("search", "").lower()
    author = name.removeprefix("@").split("/")[-2 if name.count("/") > 1 else 0]
    return (
        words in f"{name} {model['description']}".lower()
        and asked.get("task", _TASK).lower() == _TASK.lower()
        and asked.get("author", author).lower() == author.lower()
        and _whole(asked, "source", 1) == model["source"]
    )


def _whole(asked: dict[str, str], name: str, default: int) -> int:
    given = asked.get(name, "")
    return int(given) if re.fullmatch("[0-9]{1,9}", given) else default


def _model_json(model: ServedModel) -> dict[str, object]:
    return {
        "id": model.id,
        "source": 1,
        "name": model.id,
        "description": model.description,
        "task": {"name": _TASK},
        "tags": [],
        "properties": [{"property_id": "context_window", "value": str(model.window)}],
    }
