"""Open a client without keeping the event loop waiting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from workers_ai_ls.workers_ai.endpoint import Endpoint
from workers_ai_ls.workers_ai.endpoint_problem import endpoint_problem
from workers_ai_ls.workers_ai.timeouts import Timeouts

if TYPE_CHECKING:
    from workers_ai_ls.workers_ai.client import Client

_DEFAULT_TIMEOUTS = Timeouts()


@asynccontextmanager
async def open_client(
    endpoint: Endpoint, timeouts: Timeouts = _DEFAULT_TIMEOUTS
) -> AsyncIterator["Client"]:
    """Open a client for `endpoint`, and close it at the end of the block.

    Raises `BadEndpoint` at once when the endpoint cannot be used; no request is made. The first
    call imports httpx and reads the certificate authorities (150 ms), in a thread, so that a
    server that never asks a model never pays for it and one that does stays responsive.
    """
    problem = endpoint_problem(endpoint)
    if problem is not None:
        raise problem
    async with await asyncio.to_thread(_new_client, endpoint, timeouts) as client:
        yield client


def _new_client(endpoint: Endpoint, timeouts: Timeouts) -> "Client":
    from workers_ai_ls.workers_ai.client import Client

    return Client(endpoint, timeouts)
