"""Ask a model and get its answer as events: the only way from the server to the network."""

import asyncio
import contextlib
import logging
import math
from collections.abc import AsyncGenerator
from types import TracebackType
from typing import TYPE_CHECKING, Self

import stamina

from workers_ai_ls.workers_ai.endpoint import Endpoint
from workers_ai_ls.workers_ai.endpoint_problem import endpoint_problem
from workers_ai_ls.workers_ai.errors import NoRoute, NotTaken, OnlyReasoning, WireFailure
from workers_ai_ls.workers_ai.events import Event, Retrying
from workers_ai_ls.workers_ai.request import Request
from workers_ai_ls.workers_ai.retry import ALL_TRIES_S, TRIES, retry_delay
from workers_ai_ls.workers_ai.routes import check_request, models_url
from workers_ai_ls.workers_ai.sending import Sender
from workers_ai_ls.workers_ai.timeouts import Timeouts

if TYPE_CHECKING:
    from workers_ai_ls.workers_ai.exchange import Exchange

_DEFAULT_TIMEOUTS = Timeouts()

# Its debug lines hold whole response headers: cookies, and where a sign-in page is to lead back to.
logging.getLogger("httpcore").setLevel(logging.INFO)


class Client:
    """The connections to one endpoint; one per process serves every job.

    Make it with `open_client`, which keeps the event loop free meanwhile. Raises `BadEndpoint`
    when the endpoint cannot be used. Redirects are not followed, so the token goes to this endpoint
    alone.
    """

    def __init__(self, endpoint: Endpoint, timeouts: Timeouts = _DEFAULT_TIMEOUTS) -> None:
        problem = endpoint_problem(endpoint)
        if problem is not None:
            raise problem
        self._endpoint = endpoint
        self._sender = Sender(endpoint, timeouts)

    async def stream(self, request: Request) -> AsyncGenerator[Event, None]:
        """Yield the answer's events as they arrive; `Finish` is the last one.

        Closing the generator, or cancelling the task that waits for its next event, closes the
        connection at once. Between two events only `aclose` does, so use
        `async with contextlib.aclosing(client.stream(request)) as events`.

        Raises `WireFailure`, or `NoCredential` where a command prints none. Before the first text,
        failures that may pass are retried, each announced by `Retrying`; afterwards never, for the
        text is already with the caller.
        """
        clock = asyncio.get_running_loop().time
        begun = clock()
        exchange: Exchange | None = None
        earlier: WireFailure | None = None
        delay: float | None = None
        # stamina has the waiting and the counting; how long is ours, for `Retry-After` counts.
        attempts = stamina.retry_context(
            on=lambda _: False if delay is None else delay, attempts=TRIES, timeout=None
        )
        async for attempt in attempts:
            delay = None
            taken_by = begun + ALL_TRIES_S if earlier and request.stream else math.inf
            # `attempt` holds back every exception, cancellation too, until the loop's next round.
            with attempt:
                try:
                    exchange = await self._sender.begun(request, taken_by)
                except NotTaken as failure:
                    raise earlier or failure from None
                except WireFailure as failure:
                    delay = retry_delay(failure, sent=attempt.num, elapsed=clock() - begun)
                    earlier = failure
                    raise
            if delay is not None and earlier is not None:
                yield Retrying(delay, earlier.brief)
            if exchange is not None:
                break
        if exchange is None:
            raise AssertionError("stamina ends without an exception only after success")
        try:
            for event in exchange.events:
                yield event
            while not exchange.is_over:
                for event in await exchange.more():
                    yield event
        finally:
            await exchange.aclose()

    def connect(self) -> None:
        """Begin to open a connection for the next request, unless one is open and idle.

        Returns at once and never fails. A connection that no request takes is closed after 10 s.
        """
        self._sender.connect()

    async def check(self, model: str) -> tuple[str, ...] | None:
        """Return the names of the models like `model` that the endpoint offers.

        An endpoint that lists none, or that an AI Gateway stands in front of, is asked for one
        token of `model` instead, and gives `None`. Raises the `Failure` that keeps account,
        credentials, gateway or endpoint from working; it is not retried.
        """
        url = models_url(self._endpoint)
        is_cloudflare = self._endpoint.is_cloudflare
        if url is not None:
            try:
                search = model.rpartition("/")[2] if is_cloudflare else ""
                return await self._sender.listed(url, search)
            except NoRoute:
                # Not every OpenAI-compatible server lists its models.
                if is_cloudflare:
                    raise
        with contextlib.suppress(OnlyReasoning):
            exchange = await self._sender.begun(check_request(model))
            await exchange.aclose()
        return None

    async def aclose(self) -> None:
        """Close every connection, those of running streams too."""
        await self._sender.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()
