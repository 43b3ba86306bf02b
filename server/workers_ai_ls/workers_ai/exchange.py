"""One request and its response: send, read up to the first token, read on, hang up."""

import asyncio
import math
from collections.abc import Iterator
from typing import Self

import httpx

from workers_ai_ls.workers_ai.errors import NotTaken, Stalled, WireFailure
from workers_ai_ls.workers_ai.events import Event, Reasoning, Served, Text
from workers_ai_ls.workers_ai.http_errors import lost, unreachable
from workers_ai_ls.workers_ai.patience import Patience
from workers_ai_ls.workers_ai.reader import AnswerReader
from workers_ai_ls.workers_ai.refusals import Asked, refused
from workers_ai_ls.workers_ai.timeouts import Timeouts

# After `[DONE]` only padding follows. Waiting for the end keeps the connection alive for the next
# job; a server that does not end must not keep a finished job waiting.
_END_S = 1.0
_TOKEN = (Text, Reasoning)
_LONGEST_REFUSAL = 64 * 1024


class Exchange:
    """A response whose first token has come, or that is over without one.

    `events` are those up to there. `more` reads on; `is_over` says that it has nothing left.
    """

    def __init__(
        self, response: httpx.Response, reader: AnswerReader, asked: Asked, timeouts: Timeouts
    ) -> None:
        self.events: list[Event] = []
        self.is_over = False
        self._response = response
        self._chunks = response.aiter_bytes()
        self._reader = reader
        self._failure: WireFailure | None = None
        self._asked = asked
        self._patience = Patience()
        self._clock = asyncio.get_running_loop().time
        self._left = timeouts.first_token
        self._limit = timeouts.first_token
        self._between = timeouts.between_tokens

    @classmethod
    async def begin(
        cls,
        http: httpx.AsyncClient,
        request: httpx.Request,
        asked: Asked,
        *,
        max_tokens: int,
        timeouts: Timeouts,
        taken_by: float = math.inf,
    ) -> Self:
        """Send the request and read up to the first token; on any failure nothing stays open.

        A response that has not begun by `taken_by`, in the event loop's time, is `NotTaken`.
        """
        begun = asyncio.get_running_loop().time()
        response = await _sent(http, request, asked, timeouts, taken_by - begun)
        neurons = _number(response.headers.get("cf-ai-neurons"))
        reader = AnswerReader(asked, max_tokens=max_tokens, neurons=neurons)
        exchange = cls(response, reader, asked, timeouts)
        try:
            exchange.events.append(_served(response.headers))
            exchange._left -= asyncio.get_running_loop().time() - begun
            while not exchange.is_over and not _has_token(exchange.events):
                exchange.events += await exchange.more()
        except BaseException:
            await exchange.aclose()
            raise
        return exchange

    async def more(self) -> list[Event]:
        """Return the next events, perhaps none. Raises the `WireFailure` that ends the answer."""
        if self._failure is not None:
            raise self._failure
        chunk = await self._chunk()
        if chunk is None:
            events = self._collected(self._reader.end())
            self.is_over = self._failure is None
        else:
            events = self._collected(self._reader.feed(chunk))
        if _has_token(events):
            self._left = self._limit = self._between
        return events

    def _collected(self, events: Iterator[Event]) -> list[Event]:
        """Return the events that precede a failure; the next round raises it."""
        collected: list[Event] = []
        try:
            collected.extend(events)
        except WireFailure as failure:
            self._failure = failure
        return collected

    async def aclose(self) -> None:
        """Hang up: a connection in the middle of an answer is closed, a finished one is kept."""
        self._patience.close()
        await self._response.aclose()

    async def _chunk(self) -> bytes | None:
        """Return the next bytes, `None` at the end; only waiting counts against the limits."""
        begun = self._clock()
        is_done = self._reader.is_done
        try:
            with self._patience.of(min(self._left, _END_S) if is_done else self._left):
                return await anext(self._chunks, None)
        except TimeoutError:
            if not is_done:
                raise Stalled(self._asked.refusal(detail=f"{self._limit:.0f} s")) from None
        except httpx.HTTPError as error:
            if not is_done:
                raise lost(error, self._asked) from error
        finally:
            self._left -= self._clock() - begun
        return None


async def _sent(
    http: httpx.AsyncClient,
    request: httpx.Request,
    asked: Asked,
    timeouts: Timeouts,
    taken_within: float,
) -> httpx.Response:
    """Return the response as soon as its headers are there, if it is no refusal."""
    limit = max(0.0, min(timeouts.first_token, taken_within))
    try:
        async with asyncio.timeout(limit):
            response = await http.send(request, stream=True)
    except TimeoutError:
        kind = Stalled if limit == timeouts.first_token else NotTaken
        raise kind(asked.refusal(detail=f"{limit:.0f} s")) from None
    except httpx.HTTPError as error:
        raise unreachable(error, asked) from error
    if response.is_success:
        return response
    try:
        raise await _refusal(response, asked, timeouts.connect)
    finally:
        await response.aclose()


async def _refusal(response: httpx.Response, asked: Asked, limit: float) -> WireFailure:
    """Read why the API refused; without its reason in time the status has to do."""
    body = b""
    try:
        async with asyncio.timeout(limit):
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > _LONGEST_REFUSAL:
                    break
    except (TimeoutError, httpx.HTTPError):
        pass
    return refused(response.status_code, response.headers, body, asked)


def _served(headers: httpx.Headers) -> Served:
    return Served(
        cache=headers.get("cf-aig-cache-status", ""),
        log_id=headers.get("cf-aig-log-id", ""),
        request_id=headers.get("cf-ai-req-id", ""),
    )


def _has_token(events: list[Event]) -> bool:
    return any(isinstance(event, _TOKEN) for event in events)


def _number(header: str | None) -> float | None:
    try:
        return None if header is None else float(header)
    except ValueError:
        return None
