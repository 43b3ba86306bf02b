"""Every kind of endpoint, at the one local endpoint that stands for them all."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from typing import Any

import attrs

from workers_ai_local.replay import ReplayEndpoint
from workers_ai_ls.workers_ai import (
    Client,
    Endpoint,
    Event,
    Gateway,
    Message,
    Request,
    open_client,
)

GATEWAY = Gateway(id="mine", token="gateway-t0ken")
GATEWAYS = {GATEWAY.id: GATEWAY.token}

HI = (Message("system", "Be brief."), Message("user", "Hi 😋"))


def _rest(at: ReplayEndpoint) -> Endpoint:
    return Endpoint(account_id=at.account_id, token=at.token, base_url=at.base_url)


def _openai(at: ReplayEndpoint) -> Endpoint:
    return attrs.evolve(_rest(at), kind="openai")


def _openai_anywhere(at: ReplayEndpoint) -> Endpoint:
    return Endpoint(kind="openai", token=at.token, base_url=f"{at.origin}/v1")


def _gateway(at: ReplayEndpoint) -> Endpoint:
    base_url = f"{at.origin}/v1"
    return attrs.evolve(_rest(at), kind="gateway", base_url=base_url, gateway=GATEWAY)


def _worker(at: ReplayEndpoint) -> Endpoint:
    return Endpoint(kind="worker", token=at.token, base_url=f"{at.origin}/run")


KINDS: Mapping[str, Callable[[ReplayEndpoint], Endpoint]] = {
    "rest": _rest,
    "rest through a gateway": lambda at: attrs.evolve(_rest(at), gateway=GATEWAY),
    "openai": _openai,
    "openai through a gateway": lambda at: attrs.evolve(_openai(at), gateway=GATEWAY),
    "openai anywhere": _openai_anywhere,
    "gateway": _gateway,
    "worker": _worker,
}
AT_CLOUDFLARE = ("rest", "rest through a gateway", "openai", "openai through a gateway", "gateway")
THROUGH_A_GATEWAY = ("rest through a gateway", "openai through a gateway", "gateway")


@asynccontextmanager
async def client_of(kind: str, at: ReplayEndpoint, **changes: Any) -> AsyncIterator[Client]:
    """Open a client of one of `KINDS`; `changes` are the endpoint's."""
    async with open_client(attrs.evolve(KINDS[kind](at), **changes)) as client:
        yield client


def request_of(at: ReplayEndpoint, **changes: Any) -> Request:
    return attrs.evolve(Request(model=at.model, max_tokens=64, messages=HI), **changes)


async def answer_of(client: Client, request: Request) -> list[Event]:
    """Return all events of one request."""
    async with aclosing(client.stream(request)) as events:
        return [event async for event in events]
