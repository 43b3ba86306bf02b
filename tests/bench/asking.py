"""Two ways to ask an endpoint and read its streamed answer: our client, and httpx with a loop."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

import httpx

from workers_ai_ls.workers_ai import Endpoint, Message, Request, Text, open_client

from .servers import ACCOUNT, TOKEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Ask = Callable[[], Awaitable[str]]
    """Sends a request; gives the whole answer."""

MODEL = "@cf/qwen/qwen2.5-coder-32b-instruct"
_PROMPT = "Explain the selected code."
_MAX_TOKENS = 100_000


@contextlib.asynccontextmanager
async def with_our_client(base_url: str) -> AsyncIterator[Ask]:
    """Ask through `workers_ai.Client`."""
    request = Request(model=MODEL, messages=(Message("user", _PROMPT),), max_tokens=_MAX_TOKENS)
    endpoint = Endpoint(account_id=ACCOUNT, token=TOKEN, base_url=base_url)
    async with open_client(endpoint) as client:

        async def ask() -> str:
            async with contextlib.aclosing(client.stream(request)) as events:
                return "".join([event.text async for event in events if isinstance(event, Text)])

        yield ask


@contextlib.asynccontextmanager
async def with_bare_httpx(base_url: str) -> AsyncIterator[Ask]:
    """Ask as the shortest code would that reads this stream."""
    url = f"{base_url}/accounts/{ACCOUNT}/ai/run/{MODEL}"
    messages = [{"role": "user", "content": _PROMPT}]
    body: dict[str, Any] = {"messages": messages, "max_tokens": _MAX_TOKENS, "stream": True}
    async with httpx.AsyncClient(timeout=30, trust_env=False) as client:

        async def ask() -> str:
            pieces: list[str] = []
            headers = {"authorization": f"Bearer {TOKEN}"}
            async with client.stream("POST", url, json=body, headers=headers) as response:
                async for line in response.aiter_lines():
                    data = line.removeprefix("data: ")
                    if data and data != "[DONE]":
                        pieces.append(json.loads(data).get("response") or "")
            return "".join(pieces)

        yield ask
