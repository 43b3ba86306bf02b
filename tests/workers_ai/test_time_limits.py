import asyncio
import random
import time

import pytest

from tests.scripted_endpoint import (
    HANG,
    Answer,
    ScriptedEndpoint,
    frame,
    native_stream,
)
from tests.workers_ai.asking import REQUEST, answer_of, client_at, client_of
from tests.workers_ai.reading import text_of
from workers_ai_ls import workers_ai as w

SHORT = w.Timeouts(first_token=0.1, between_tokens=0.1)
PING = b": ping\n\n"


@pytest.mark.parametrize(
    "answer",
    [HANG, Answer(ending="hang"), Answer((*(PING, 0.05) * 20, *native_stream("late").parts))],
)
async def test_no_first_token_in_time(answer: Answer) -> None:
    async with ScriptedEndpoint(answer) as endpoint, client_of(endpoint, SHORT) as client:
        with pytest.raises(w.Stalled, match="sent nothing for"):
            await answer_of(client)

        assert len(endpoint.requests) == 1
        await endpoint.wait_until_closed()


async def test_no_next_token_in_time() -> None:
    answer = Answer((frame({"response": "a"}), *(PING, 0.05) * 20, *native_stream("late").parts))
    limits = w.Timeouts(first_token=30, between_tokens=0.1)
    async with ScriptedEndpoint(answer) as endpoint, client_of(endpoint, limits) as client:
        events = client.stream(REQUEST)
        assert [await anext(events), await anext(events)] == [w.Served(), w.Text("a")]
        with pytest.raises(w.Stalled):
            await anext(events)

        await endpoint.wait_until_closed()


async def test_every_token_begins_a_new_wait() -> None:
    parts = [part for n in range(6) for part in (frame({"response": n}), 0.05)]
    limits = w.Timeouts(first_token=30, between_tokens=0.2)
    answer = Answer((*parts, b"data: [DONE]\n\n"))
    async with ScriptedEndpoint(answer) as endpoint, client_of(endpoint, limits) as client:
        assert text_of(await answer_of(client)) == "012345"


async def test_the_callers_own_time_does_not_count() -> None:
    gate = asyncio.Event()
    answer = native_stream("a", gate, "b")
    limits = w.Timeouts(first_token=30, between_tokens=0.1)
    async with ScriptedEndpoint(answer) as endpoint, client_of(endpoint, limits) as client:
        events = client.stream(REQUEST)
        assert [await anext(events), await anext(events)] == [w.Served(), w.Text("a")]
        gate.set()
        await asyncio.sleep(0.2)

        assert await anext(events) == w.Text("b")
        await events.aclose()


async def test_a_stream_that_said_done_is_not_waited_for_long() -> None:
    answer = Answer(native_stream("a").parts, ending="hang")
    async with ScriptedEndpoint(answer) as endpoint, client_of(endpoint) as client:
        begun = time.monotonic()

        assert text_of(await answer_of(client)) == "a"
        assert time.monotonic() - begun < 2
        await endpoint.wait_until_closed()


async def test_a_connection_that_breaks_after_done_is_an_end() -> None:
    answer = Answer(native_stream("a").parts, ending="drop")
    async with ScriptedEndpoint(answer) as endpoint, client_of(endpoint) as client:
        assert text_of(await answer_of(client)) == "a"


async def test_a_refusal_that_never_ends_is_told_by_its_status() -> None:
    answer = Answer((b'{"errors": [',), status=400, ending="hang")
    limits = w.Timeouts(connect=0.1)
    async with ScriptedEndpoint(answer) as endpoint, client_of(endpoint, limits) as client:
        with pytest.raises(w.BadRequest):
            await answer_of(client)
        await endpoint.wait_until_closed()


async def test_a_huge_refusal_is_not_read_to_its_end() -> None:
    answer = Answer((b"x" * 200_000,), status=400, ending="hang")
    async with ScriptedEndpoint(answer) as endpoint, client_of(endpoint) as client:
        with pytest.raises(w.BadRequest):
            await answer_of(client)


async def test_a_host_that_does_not_finish_connecting_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(random, "uniform", lambda low, _: low)
    limits = w.Timeouts(connect=0.1)
    async with ScriptedEndpoint(HANG) as endpoint:
        # It accepts the connection, and never answers the TLS handshake.
        url = endpoint.base_url.replace("http", "https")
        async with client_at(url, limits) as client:
            with pytest.raises(w.Unreachable, match="did not answer in time"):
                await answer_of(client)

        assert len(endpoint.connections) == 3
        await endpoint.wait_until_closed()
