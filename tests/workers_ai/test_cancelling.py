import asyncio
import contextlib
import gc
import ssl
from typing import Any

import pytest

from tests.scripted_endpoint import (
    HANG,
    Answer,
    ScriptedEndpoint,
    error_answer,
    frame,
    native_stream,
)
from tests.workers_ai.asking import REQUEST, answer_of, client_of
from tests.workers_ai.reading import text_of
from workers_ai_ls import workers_ai as w
from workers_ai_ls.workers_ai.exchange import Exchange

ENDLESS = Answer((frame({"response": "a"}),), ending="hang")
STUCK_REFUSAL = Answer((b'{"errors": [',), status=400, ending="hang")


@pytest.fixture(params=["tcp", "tls"])
def transport(request: pytest.FixtureRequest) -> ssl.SSLContext | None:
    context = request.getfixturevalue("tls") if request.param == "tls" else None
    assert context is None or isinstance(context, ssl.SSLContext)
    return context


async def seconds_until_closed(endpoint: ScriptedEndpoint, begun: float) -> float:
    await endpoint.wait_until_closed()
    closed_at = endpoint.connections[-1].closed_at
    assert closed_at is not None
    return closed_at - begun


async def test_closing_the_stream_closes_the_connection(
    transport: ssl.SSLContext | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = Exchange.begin
    kept = []

    async def begin_and_keep(*args: Any, **named: Any) -> Exchange:
        kept.append(await begin(*args, **named))  # so that no garbage collection closes it for us
        return kept[-1]

    monkeypatch.setattr(Exchange, "begin", begin_and_keep)
    async with (
        ScriptedEndpoint(ENDLESS, tls=transport) as endpoint,
        client_of(endpoint) as client,
    ):
        events = client.stream(REQUEST)
        assert [await anext(events), await anext(events)] == [w.Served(), w.Text("a")]
        begun = asyncio.get_running_loop().time()
        await events.aclose()

        assert await seconds_until_closed(endpoint, begun) < 0.2


@pytest.mark.parametrize("answer", [ENDLESS, HANG, STUCK_REFUSAL])
async def test_cancelling_the_task_closes_the_connection(
    answer: Answer, transport: ssl.SSLContext | None
) -> None:
    async with (
        ScriptedEndpoint(answer, tls=transport) as endpoint,
        client_of(endpoint) as client,
    ):
        task = asyncio.create_task(answer_of(client))
        await endpoint.wait_for_requests()
        begun = asyncio.get_running_loop().time()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

        assert await seconds_until_closed(endpoint, begun) < 0.2


async def test_one_job_cancelled_leaves_the_other_running(
    transport: ssl.SSLContext | None,
) -> None:
    gate = asyncio.Event()
    async with (
        ScriptedEndpoint(native_stream("a", gate, "b"), tls=transport) as endpoint,
        client_of(endpoint) as client,
    ):
        first, second = (asyncio.create_task(answer_of(client)) for _ in range(2))
        await endpoint.wait_for_requests(2)
        assert endpoint.open_connections == 2
        first.cancel()
        gate.set()

        assert text_of(await second) == "ab"
        with pytest.raises(asyncio.CancelledError):
            await first


async def test_a_hundred_cancelled_jobs_leave_no_connection_open(
    transport: ssl.SSLContext | None,
) -> None:
    async with (
        ScriptedEndpoint(ENDLESS, tls=transport) as endpoint,
        client_of(endpoint) as client,
    ):
        assert client._sender._connector is not None
        client._sender._connector._lifetime = 0.01
        for cycle in range(100):
            client.connect()
            task = asyncio.create_task(answer_of(client))
            # Cancelled at every stage: before it runs, while it connects, while it streams.
            if cycle % 2:
                await endpoint.wait_for_requests(len(endpoint.requests) + 1)
            else:
                for _ in range(cycle // 2):
                    await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])
            assert task.cancelled()
        endpoint.script(native_stream("done"))
        assert text_of(await answer_of(client)) == "done"
        # What is left is the one that the last answer came on, kept for the next job.
        await endpoint.wait_until(lambda: endpoint.open_connections == 1)
        await client.aclose()
        await endpoint.wait_until_closed()
    gc.collect()  # An unclosed socket or transport warns here, and warnings are errors.


async def test_a_consumer_that_fails_closes_the_connection() -> None:
    async with ScriptedEndpoint(ENDLESS) as endpoint, client_of(endpoint) as client:
        with contextlib.suppress(ZeroDivisionError):
            async with contextlib.aclosing(client.stream(REQUEST)) as events:
                async for _ in events:
                    raise ZeroDivisionError

        await endpoint.wait_until_closed()


async def test_a_refusal_keeps_the_connection_for_the_next_job() -> None:
    refusal = error_answer(400, 5006, "no")
    async with (
        ScriptedEndpoint(refusal, native_stream("a")) as endpoint,
        client_of(endpoint) as client,
    ):
        with pytest.raises(w.BadRequest):
            await answer_of(client)
        await answer_of(client)

        assert len(endpoint.connections) == 1


async def test_closing_the_client_ends_a_running_stream() -> None:
    async with ScriptedEndpoint(ENDLESS) as endpoint, client_of(endpoint) as client:
        events = client.stream(REQUEST)
        assert [await anext(events), await anext(events)] == [w.Served(), w.Text("a")]
        rest = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        await client.aclose()

        with pytest.raises(w.ConnectionLost):
            await rest
        await endpoint.wait_until_closed()
