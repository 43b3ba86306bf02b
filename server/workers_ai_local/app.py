"""The ASGI application: every kind of endpoint that the client knows, and the playground.

Cloudflare's REST API and its OpenAI-compatible route below `/client/v4`, AI Gateway's older host
and a plain OpenAI-compatible server below `/v1`, a Worker of one's own at `/run`.
"""

from collections.abc import Mapping

from starlette.applications import Starlette
from starlette.routing import Route

from workers_ai_local import playground
from workers_ai_local.engine import Engine
from workers_ai_local.routes import Observe, Service, gateway, nowhere, openai, rest, worker

__all__ = ["BASE", "DEFAULT_GATEWAYS", "Observe", "create_app"]

BASE = "/client/v4"

DEFAULT_GATEWAYS: Mapping[str, str | None] = {"default": None}
"""Every account has a gateway of this name; it asks for no token of its own."""


def create_app(
    engine: Engine,
    *,
    token: str,
    observe: Observe = lambda _: None,
    account_id: str | None = None,
    gateways: Mapping[str, str | None] = DEFAULT_GATEWAYS,
) -> Starlette:
    """Return the application that serves `engine` to whoever shows `token`.

    `observe` sees each request to run a model, refused ones included, and how each ended. With
    `account_id`, other accounts are refused. `gateways` are the AI Gateways that there are, each
    with the token that it asks for by `cf-aig-authorization`, or `None`.
    """
    service = Service(engine, token, observe, account_id, gateways)
    kinds = (rest, openai, gateway, worker)
    known = [route for kind in kinds for route in kind.routes(service)]
    page = playground.routes(token, BASE, account_id)
    return Starlette(routes=[*page, *known, Route("/{rest:path}", nowhere)])
