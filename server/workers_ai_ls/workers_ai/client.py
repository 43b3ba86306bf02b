"""Ask a model and get its answer as events: the only way from the server to the network."""

import asyncio
import json
from collections.abc import AsyncGenerator
from types import TracebackType
from typing import Self

import httpx
import stamina

from workers_ai_ls.workers_ai.account_errors import NoSuchModel
from workers_ai_ls.workers_ai.endpoint import (
    Endpoint,
    endpoint_problem,
    is_model_id,
    models_url,
    run_url,
)
from workers_ai_ls.workers_ai.errors import BrokenStream, Stalled, WireFailure
from workers_ai_ls.workers_ai.events import Event, Retrying
from workers_ai_ls.workers_ai.exchange import Exchange
from workers_ai_ls.workers_ai.http_errors import unreachable
from workers_ai_ls.workers_ai.refusals import Asked, refused, told_failure
from workers_ai_ls.workers_ai.request import Request, request_body
from workers_ai_ls.workers_ai.retry import TRIES, retry_delay
from workers_ai_ls.workers_ai.timeouts import Timeouts
from workers_ai_ls.workers_ai.transport import close_abandoned, has_idle_connection, new_transport

_DEFAULT_TIMEOUTS = Timeouts()
_CHECK_S = 15.0


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
        self._timeouts = timeouts
        self._transport, self._connector = new_transport(endpoint, timeouts)
        self._http = httpx.AsyncClient(
            transport=self._transport,
            trust_env=False,  # The transport has taken from the environment what is wanted of it.
            follow_redirects=False,
            timeout=httpx.Timeout(None, connect=timeouts.connect),
            headers={
                "authorization": f"Bearer {endpoint.token}",
                "user-agent": "workers-ai-language-server",
                # A compressed stream is delayed by the compressor's buffer.
                "accept-encoding": "identity",
            },
        )

    async def stream(self, request: Request) -> AsyncGenerator[Event, None]:
        """Yield the answer's events as they arrive; `Finish` is the last one.

        Closing the generator, or cancelling the task that waits for its next event, closes the
        connection at once. Between two events only `aclose` does, so use
        `async with contextlib.aclosing(client.stream(request)) as events`.

        Raises `WireFailure`. Before the first text, failures that may pass are retried, each
        announced by `Retrying`; afterwards never, for the text is already with the caller.
        """
        asked = self._asked(request.model)
        if not is_model_id(request.model):
            raise NoSuchModel(asked.refusal())
        clock = asyncio.get_running_loop().time
        begun = clock()
        exchange: Exchange | None = None
        delay: float | None = None
        # stamina has the waiting and the counting; how long is ours, for `Retry-After` counts.
        attempts = stamina.retry_context(
            on=lambda _: False if delay is None else delay, attempts=TRIES, timeout=None
        )
        async for attempt in attempts:
            delay = None
            brief = ""
            # `attempt` holds back every exception, cancellation too, until the loop's next round.
            with attempt:
                try:
                    exchange = await self._begun(request, asked)
                except WireFailure as failure:
                    delay = retry_delay(failure, sent=attempt.num, elapsed=clock() - begun)
                    brief = failure.brief
                    raise
            if delay is not None:
                yield Retrying(delay, brief)
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
        if self._connector is not None and not has_idle_connection(self._transport):
            self._connector.open_ahead()

    async def check(self, search: str = "") -> tuple[str, ...]:
        """Return the names of the models that the endpoint offers, which costs nothing.

        `search` is a part of the names wanted. Raises the `WireFailure` that keeps account, token
        or endpoint from working; it is not retried.
        """
        asked = self._asked("")
        url = models_url(self._endpoint)
        try:
            async with asyncio.timeout(_CHECK_S):
                response = await self._http.get(url, params={"search": search})
        except TimeoutError:
            raise Stalled(asked.refusal(detail=f"{_CHECK_S:.0f} s")) from None
        except httpx.HTTPError as error:
            raise unreachable(error, asked) from error
        if not response.is_success:
            raise refused(response.status_code, response.headers, response.content, asked)
        return _model_names(response, asked)

    async def aclose(self) -> None:
        """Close every connection, those of running streams too."""
        await self._http.aclose()
        if self._connector is not None:
            await self._connector.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    def _asked(self, model: str) -> Asked:
        return Asked(model, self._endpoint.host, self._endpoint.token)

    async def _begun(self, request: Request, asked: Asked) -> Exchange:
        headers = {"accept": "text/event-stream" if request.stream else "application/json"}
        if request.session is not None:
            headers["x-session-affinity"] = request.session
        sent = self._http.build_request(
            "POST",
            run_url(self._endpoint, request.model),
            json=request_body(request),
            headers=headers,
        )
        try:
            return await Exchange.begin(
                self._http, sent, asked, max_tokens=request.max_tokens, timeouts=self._timeouts
            )
        except BaseException:
            await close_abandoned(self._transport)
            raise


def _model_names(response: httpx.Response, asked: Asked) -> tuple[str, ...]:
    try:
        payload = json.loads(response.content)
    except ValueError:
        failure = refused(response.status_code, response.headers, response.content, asked)
        raise failure from None
    failed = told_failure(payload, asked, status=200) if isinstance(payload, dict) else None
    if failed is not None:
        raise failed
    rows = payload.get("result") if isinstance(payload, dict) else None
    if not isinstance(rows, list):
        raise BrokenStream(asked.refusal(detail="it is no list of models"))
    return tuple(str(row["name"]) for row in rows if isinstance(row, dict) and "name" in row)
