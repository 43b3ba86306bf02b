"""Send one request with the endpoint's credentials, and anew with fresh ones where they ran out."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TypeVar

import httpx

from workers_ai_ls.workers_ai.account_errors import NoSuchModel
from workers_ai_ls.workers_ai.endpoint import Endpoint, is_model_id
from workers_ai_ls.workers_ai.errors import Stalled, WireFailure
from workers_ai_ls.workers_ai.exchange import Exchange
from workers_ai_ls.workers_ai.http_errors import unreachable
from workers_ai_ls.workers_ai.listing import model_names
from workers_ai_ls.workers_ai.refusals import Asked
from workers_ai_ls.workers_ai.request import Request
from workers_ai_ls.workers_ai.routes import call
from workers_ai_ls.workers_ai.sign_in import explained, may_be_stale
from workers_ai_ls.workers_ai.signing import Signing
from workers_ai_ls.workers_ai.timeouts import Timeouts
from workers_ai_ls.workers_ai.transport import (
    close_abandoned,
    has_idle_connection,
    new_http,
    new_transport,
)

_LIST_S = 15.0
_Answer = TypeVar("_Answer")


class Sender:
    """The connections to one endpoint, and the credentials for it. Nothing is sent again here."""

    def __init__(self, endpoint: Endpoint, timeouts: Timeouts) -> None:
        self._endpoint = endpoint
        self._timeouts = timeouts
        self._signing = Signing(endpoint)
        self._transport, self._connector = new_transport(endpoint, timeouts)
        self._http = new_http(self._transport, timeouts)

    async def begun(self, request: Request, taken_by: float = math.inf) -> Exchange:
        """Return the answer once its first token has come; `taken_by` as in `Exchange.begin`.

        Raises `WireFailure` and `NoCredential`.
        """
        if not is_model_id(request.model):
            raise NoSuchModel(self._asked(request.model).refusal())
        return await self._signed(partial(self._posted, request, taken_by), request.model)

    async def listed(self, url: str, search: str) -> tuple[str, ...]:
        """Return the names in the list of models at `url`. Raises as `begun`."""
        return await self._signed(partial(self._list, url, search), "")

    def connect(self) -> None:
        """Begin to open a connection, unless one is open and idle."""
        if self._connector is not None and not has_idle_connection(self._transport):
            self._connector.open_ahead()

    async def aclose(self) -> None:
        """Close every connection, those of running streams too."""
        await self._http.aclose()
        if self._connector is not None:
            await self._connector.aclose()

    async def _signed(
        self, ask: Callable[[Mapping[str, str], Asked], Awaitable[_Answer]], model: str
    ) -> _Answer:
        """Ask with the credentials at hand, and once more with fresh ones where these can age."""
        headers = await self._signing.headers()
        try:
            try:
                return await ask(headers, self._asked(model))
            except WireFailure as failure:
                if not (may_be_stale(failure) and self._signing.renew(headers)):
                    raise
            headers = await self._signing.headers()
            return await ask(headers, self._asked(model))
        except WireFailure as failure:
            told = explained(failure, self._endpoint, self._signing)
            if told is failure:
                raise
            raise told from failure

    def _asked(self, model: str) -> Asked:
        own = not self._endpoint.is_cloudflare
        return Asked(model, self._endpoint.host, self._signing.secrets, own)

    async def _posted(
        self, request: Request, taken_by: float, headers: Mapping[str, str], asked: Asked
    ) -> Exchange:
        post = call(self._endpoint, request)
        sent = self._http.build_request(
            "POST", post.url, json=post.body, headers={**post.headers, **headers}
        )
        try:
            return await Exchange.begin(
                self._http,
                sent,
                asked,
                max_tokens=request.max_tokens,
                timeouts=self._timeouts,
                taken_by=taken_by,
            )
        except BaseException:
            await close_abandoned(self._transport)
            raise

    async def _list(
        self, url: str, search: str, headers: Mapping[str, str], asked: Asked
    ) -> tuple[str, ...]:
        params = {"search": search} if search else None
        try:
            async with asyncio.timeout(_LIST_S):
                response = await self._http.get(url, params=params, headers=dict(headers))
        except TimeoutError:
            raise Stalled(asked.refusal(detail=f"{_LIST_S:.0f} s")) from None
        except httpx.HTTPError as error:
            raise unreachable(error, asked) from error
        return model_names(response, asked)
