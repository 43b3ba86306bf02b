"""Ask a scripted endpoint the way a job does."""

from contextlib import AbstractAsyncContextManager, aclosing
from typing import Any

import attrs

from tests.scripted_endpoint import ScriptedEndpoint
from workers_ai_ls.workers_ai import (
    Client,
    Endpoint,
    Event,
    Gateway,
    Message,
    Request,
    Timeouts,
    open_client,
)

TOKEN = "s3cret-t0ken"
REQUEST = Request(
    model="@cf/qwen/qwen2.5-coder-32b-instruct",
    messages=(Message("user", "Hi 😋"),),
    max_tokens=64,
)
KINDS = ("rest", "rest through a gateway", "openai", "openai anywhere", "gateway", "worker")


def client_of(
    endpoint: ScriptedEndpoint, timeouts: Timeouts | None = None
) -> AbstractAsyncContextManager[Client]:
    return client_at(endpoint.base_url, timeouts)


def client_at(url: str, timeouts: Timeouts | None = None) -> AbstractAsyncContextManager[Client]:
    return open_client(
        Endpoint(account_id="acc0", token=TOKEN, base_url=url), timeouts or Timeouts()
    )


def endpoint_of_kind(kind: str, base_url: str, **changes: Any) -> Endpoint:
    """Return an endpoint of one of `KINDS` at `base_url`, which ends in `/client/v4`."""
    at_root = base_url.removesuffix("/client/v4")
    gateway = Gateway(id="mine", token="g4teway-t0ken")
    endpoint = Endpoint(account_id="acc0", token=TOKEN, base_url=base_url)
    by_kind = {
        "rest": endpoint,
        "rest through a gateway": attrs.evolve(endpoint, gateway=gateway),
        "openai": attrs.evolve(endpoint, kind="openai"),
        "openai anywhere": Endpoint(kind="openai", token=TOKEN, base_url=f"{at_root}/v1"),
        "gateway": attrs.evolve(
            endpoint, kind="gateway", base_url=f"{at_root}/v1", gateway=gateway
        ),
        "worker": Endpoint(kind="worker", token=TOKEN, base_url=f"{at_root}/run"),
    }
    return attrs.evolve(by_kind[kind], **changes)


async def answer_of(client: Client, request: Request = REQUEST, **changes: Any) -> list[Event]:
    """Return all events of one request."""
    async with aclosing(client.stream(attrs.evolve(request, **changes))) as events:
        return [event async for event in events]
