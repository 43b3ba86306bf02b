"""AI Gateway's older host: `/v1/{account}/{gateway}/workers-ai/…`."""

from starlette.routing import Route

from workers_ai_local.routes.openai import chat
from workers_ai_local.routes.rest import read_in_path
from workers_ai_local.routes.running import Run
from workers_ai_local.routes.service import Service

_GATEWAY = "/v1/{account_id}/{gateway}/workers-ai"


def routes(service: Service) -> list[Route]:
    """Return the routes."""
    return [
        Route(_GATEWAY + "/v1/chat/completions", chat(service)),
        Route(_GATEWAY + "/{model:path}", Run(service, read_in_path)),
    ]
