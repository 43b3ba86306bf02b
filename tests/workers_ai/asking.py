"""Ask a scripted endpoint the way a job does."""

from contextlib import AbstractAsyncContextManager, aclosing
from typing import Any

import attrs

from tests.scripted_endpoint import ScriptedEndpoint
from workers_ai_ls.workers_ai import (
    Client,
    Endpoint,
    Event,
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


def client_of(
    endpoint: ScriptedEndpoint, timeouts: Timeouts | None = None
) -> AbstractAsyncContextManager[Client]:
    return client_at(endpoint.base_url, timeouts)


def client_at(url: str, timeouts: Timeouts | None = None) -> AbstractAsyncContextManager[Client]:
    return open_client(
        Endpoint(account_id="acc0", token=TOKEN, base_url=url), timeouts or Timeouts()
    )


async def answer_of(client: Client, request: Request = REQUEST, **changes: Any) -> list[Event]:
    """Return all events of one request."""
    async with aclosing(client.stream(attrs.evolve(request, **changes))) as events:
        return [event async for event in events]
