"""What each kind of endpoint is sent: URL, headers without credentials, and body.

Source: shared facts of Cloudflare's API reference and AI Gateway's documentation; `/chat/completions`
and `/models` as OpenAI's API has them.
"""

import json
from collections.abc import Callable, Mapping
from typing import NamedTuple

from workers_ai_ls.workers_ai.endpoint import Endpoint, EndpointKind, Gateway
from workers_ai_ls.workers_ai.request import Message, Request, openai_body, request_body


class Call(NamedTuple):
    """One POST."""

    url: str
    headers: dict[str, str]
    body: dict[str, object]


def call(endpoint: Endpoint, request: Request) -> Call:
    """Return what asks `request` at `endpoint`. Its model has passed `is_model_id`."""
    url, body = _ROUTES[endpoint.kind](endpoint, request)
    headers = {"accept": "text/event-stream" if request.stream else "application/json"}
    if request.session is not None:
        headers["x-session-affinity"] = request.session
    if endpoint.gateway is not None:
        headers |= _gateway_headers(endpoint.gateway, endpoint.kind)
    return Call(url, headers, body)


def models_url(endpoint: Endpoint) -> str | None:
    """Return the URL that lists models, a free check of address and credentials, or `None`.

    A list does not pass an AI Gateway, so where there is one it would not be checked.
    """
    if endpoint.gateway is not None or endpoint.kind in ("gateway", "worker"):
        return None
    if endpoint.is_cloudflare:
        return f"{_account_url(endpoint)}/ai/models/search"
    return f"{_base(endpoint)}/models"


def check_request(model: str) -> Request:
    """Return the smallest question that there is, for endpoints that don't list models."""
    return Request(model=model, max_tokens=1, messages=(Message("user", "Hi"),), stream=False)


_Route = Callable[[Endpoint, Request], tuple[str, dict[str, object]]]


def _rest(endpoint: Endpoint, request: Request) -> tuple[str, dict[str, object]]:
    # The id's `/` and `@` stay literal: `%2F` would answer 400.
    return f"{_account_url(endpoint)}/ai/run/{request.model}", request_body(request)


def _openai(endpoint: Endpoint, request: Request) -> tuple[str, dict[str, object]]:
    base = f"{_account_url(endpoint)}/ai/v1" if endpoint.is_cloudflare else _base(endpoint)
    path = "completions" if request.raw else "chat/completions"
    return f"{base}/{path}", openai_body(request)


def _gateway(endpoint: Endpoint, request: Request) -> tuple[str, dict[str, object]]:
    name = endpoint.gateway.id if endpoint.gateway else ""
    url = f"{_base(endpoint)}/{endpoint.account_id}/{name}/workers-ai/{request.model}"
    return url, request_body(request)


def _worker(endpoint: Endpoint, request: Request) -> tuple[str, dict[str, object]]:
    return endpoint.base_url, {"model": request.model} | request_body(request)


_ROUTES: Mapping[EndpointKind, _Route] = {
    "rest": _rest,
    "openai": _openai,
    "gateway": _gateway,
    "worker": _worker,
}


def _gateway_headers(gateway: Gateway, kind: EndpointKind) -> dict[str, str]:
    headers = {} if kind == "gateway" else {"cf-aig-gateway-id": gateway.id}
    if gateway.cache_ttl is not None:
        headers["cf-aig-cache-ttl"] = str(gateway.cache_ttl)
    if gateway.skip_cache:
        headers["cf-aig-skip-cache"] = "true"
    if gateway.metadata:
        # A header is ASCII in one line, which JSON can always be.
        headers["cf-aig-metadata"] = json.dumps(json.loads(gateway.metadata))
    if gateway.request_timeout is not None:
        headers["cf-aig-request-timeout"] = str(round(gateway.request_timeout * 1000))
    return headers


def _account_url(endpoint: Endpoint) -> str:
    return f"{_base(endpoint)}/accounts/{endpoint.account_id}"


def _base(endpoint: Endpoint) -> str:
    return endpoint.base_url.rstrip("/")
