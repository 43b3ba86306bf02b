import asyncio
import logging
import random
import socket

import attrs
import pytest

from tests.scripted_endpoint import (
    HANG,
    NO_RESPONSE,
    Answer,
    ScriptedEndpoint,
    error_answer,
    frame,
    json_answer,
    native_stream,
    raw_answer,
)
from tests.workers_ai.asking import REQUEST, answer_of, client_at, client_of
from tests.workers_ai.reading import text_of
from workers_ai_ls import workers_ai as w

BUSY = error_answer(429, 3040, "Capacity temporarily exceeded, please try again.")
RATE = error_answer(429, None, "Too many requests")
GATEWAY = error_answer(429, 2003, "Rate limited", envelope="gateway")
DOWN = error_answer(500, 8005, "Internal server error")
PROXY = raw_answer(b"<html>Bad gateway</html>", status=502, content_type="text/html")
CUT = Answer((frame({"p": "ab"}),), ending="drop")
BUSY_STREAM = Answer((frame({"error": {"code": 3040, "message": "busy"}}),))


@pytest.fixture
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the shortest wait, so that a test does not sit it out; the arithmetic stays."""
    monkeypatch.setattr(random, "uniform", lambda low, _: low + 0.001)


@pytest.mark.usefixtures("_short_waits")
@pytest.mark.parametrize(
    ("answer", "brief"),
    [
        (BUSY, "busy"),
        (RATE, "rate limit reached"),
        (GATEWAY, "rate limit reached"),
        (DOWN, "server error"),
        (PROXY, "server error"),
        (NO_RESPONSE, "no connection"),
        (CUT, "connection lost"),
        (BUSY_STREAM, "busy"),
    ],
)
async def test_what_may_pass_is_sent_again(answer: Answer, brief: str) -> None:
    async with (
        ScriptedEndpoint(answer, answer, native_stream("a")) as endpoint,
        client_of(endpoint) as client,
    ):
        events = await answer_of(client)

        assert len(endpoint.requests) == 3
        assert len({request.raw_body for request in endpoint.requests}) == 1
    assert events[:2] == [w.Retrying(0.001, brief)] * 2
    assert text_of(events) == "a"


@pytest.mark.usefixtures("_short_waits")
@pytest.mark.parametrize(
    ("answer", "kind"), [(BUSY, w.NoCapacity), (DOWN, w.ServerError), (NO_RESPONSE, w.Unreachable)]
)
async def test_three_requests_are_the_most(answer: Answer, kind: type[w.WireFailure]) -> None:
    async with ScriptedEndpoint(answer) as endpoint, client_of(endpoint) as client:
        with pytest.raises(kind):
            await answer_of(client)

        assert len(endpoint.requests) == 3


@pytest.mark.parametrize(
    ("status", "code"), [(429, 3036), (429, 4006), (408, 3046), (401, 10000), (410, 5028)]
)
async def test_what_stays_is_not_sent_again(status: int, code: int) -> None:
    async with (
        ScriptedEndpoint(error_answer(status, code, "no")) as endpoint,
        client_of(endpoint) as client,
    ):
        with pytest.raises(w.WireFailure):
            await answer_of(client)

        assert len(endpoint.requests) == 1


@pytest.mark.usefixtures("_short_waits")
@pytest.mark.parametrize(
    "answer",
    [
        Answer((frame({"response": "a"}),), ending="drop"),
        Answer((frame({"response": "a"}), frame({"error": {"code": 3040, "message": "busy"}}))),
        native_stream("a", done=False),
    ],
)
async def test_after_the_first_text_nothing_is_sent_again(answer: Answer) -> None:
    async with ScriptedEndpoint(answer) as endpoint, client_of(endpoint) as client:
        events = client.stream(REQUEST)
        assert [await anext(events), await anext(events)] == [w.Served(), w.Text("a")]
        with pytest.raises(w.WireFailure):
            await anext(events)

        assert len(endpoint.requests) == 1


async def test_retry_after_is_honoured() -> None:
    busy = error_answer(429, 3040, "busy", retry_after="1")
    async with (
        ScriptedEndpoint(busy, native_stream("a")) as endpoint,
        client_of(endpoint) as client,
    ):
        events = await answer_of(client)

        assert events[0] == w.Retrying(1.0, "busy")
        first, second = endpoint.requests
        assert 1.0 <= second.at - first.at < 2.0


async def test_a_retry_after_past_the_limit_is_told_at_once() -> None:
    busy = error_answer(429, 3040, "busy", retry_after="30")
    async with ScriptedEndpoint(busy) as endpoint, client_of(endpoint) as client:
        with pytest.raises(w.NoCapacity, match="try again in 30 s"):
            await answer_of(client)

        assert len(endpoint.requests) == 1


async def test_the_wait_can_be_cancelled() -> None:
    busy = error_answer(429, 3040, "busy", retry_after="15")
    async with ScriptedEndpoint(busy) as endpoint, client_of(endpoint) as client:
        events = client.stream(REQUEST)
        assert await anext(events) == w.Retrying(15.0, "busy")
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

        assert len(endpoint.requests) == 1


async def test_closing_at_the_announcement_sends_nothing_more() -> None:
    async with ScriptedEndpoint(BUSY) as endpoint, client_of(endpoint) as client:
        events = client.stream(REQUEST)
        assert isinstance(await anext(events), w.Retrying)
        await events.aclose()

        assert len(endpoint.requests) == 1


@pytest.mark.usefixtures("_short_waits")
async def test_nothing_listening_names_the_host_and_what_to_start() -> None:
    async with ScriptedEndpoint(HANG) as endpoint:
        url = endpoint.base_url
    async with client_at(url) as client:
        events = client.stream(REQUEST)
        assert isinstance(await anext(events), w.Retrying)
        assert isinstance(await anext(events), w.Retrying)
        with pytest.raises(w.Unreachable) as caught:
            await anext(events)

    host = url.split("/")[2]
    assert str(caught.value) == (
        f"{host} cannot be reached: nothing listens there, so start `workers-ai-ls local`, or "
        "correct WORKERS_AI_BASE_URL."
    )


@pytest.mark.usefixtures("_short_waits")
async def test_an_unknown_host_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async def not_found(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", not_found)
    async with client_at("https://api.example/v4") as client:
        with pytest.raises(w.Unreachable, match=r"api\.example .* name is not found"):
            await answer_of(client)


async def test_the_log_of_a_retry_holds_no_token(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    busy = error_answer(429, 3040, "busy", retry_after="0")
    async with (
        ScriptedEndpoint(busy, native_stream("a")) as endpoint,
        client_of(endpoint) as client,
    ):
        await answer_of(client)

    assert "stamina" in caplog.text
    assert "s3cret" not in caplog.text


async def test_the_rest_of_the_minute_is_waited_for_where_it_is_short() -> None:
    limited = error_answer(429, 3021, "rate limiting: inference request per min rate reached")
    date = ("date", "Sun, 22 Nov 2026 11:20:59 GMT")
    limited = attrs.evolve(limited, headers=(*limited.headers, date))
    async with (
        ScriptedEndpoint(limited, native_stream("a")) as endpoint,
        client_of(endpoint) as client,
    ):
        events = await answer_of(client)

    assert events[0] == w.Retrying(1.0, "rate limit reached")
    assert text_of(events) == "a"


async def test_a_later_try_that_is_not_taken_up_ends_with_the_twenty_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("workers_ai_ls.workers_ai.client.ALL_TRIES_S", 0.3)
    busy = error_answer(429, 3040, "busy", retry_after="0")
    async with ScriptedEndpoint(busy, HANG) as endpoint, client_of(endpoint) as client:
        begun = asyncio.get_running_loop().time()
        # What the first try said says more than that the second one hung.
        with pytest.raises(w.NoCapacity):
            await answer_of(client)

        assert 0.2 < asyncio.get_running_loop().time() - begun < 2
        assert len(endpoint.requests) == 2
        await endpoint.wait_until_closed()


async def test_a_later_try_that_is_taken_up_has_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers_ai_ls.workers_ai.client.ALL_TRIES_S", 0.3)
    busy = error_answer(429, 3040, "busy", retry_after="0")
    late = Answer((0.5, *native_stream("a").parts))  # The headers come at once.
    async with ScriptedEndpoint(busy, late) as endpoint, client_of(endpoint) as client:
        assert text_of(await answer_of(client)) == "a"


async def test_an_answer_that_is_not_streamed_begins_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers_ai_ls.workers_ai.client.ALL_TRIES_S", 0.3)
    requests = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal requests
        requests += 1
        await reader.readuntil(b"\r\n\r\n")
        status, answer = "200 OK", json_answer("a")
        if requests == 1:
            status, answer = "429 Busy", error_answer(429, 3040, "busy")
        else:
            await asyncio.sleep(0.5)
        head = f"HTTP/1.1 {status}\r\nretry-after: 0\r\nconnection: close\r\n\r\n"
        writer.write(head.encode() + answer.body)
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with client_at(f"http://127.0.0.1:{port}") as client:
            assert text_of(await answer_of(client, stream=False)) == "a"
    assert requests == 2


async def test_the_first_try_has_the_limits_of_every_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("workers_ai_ls.workers_ai.client.ALL_TRIES_S", 0.0)
    answer = Answer((0.1, *native_stream("a").parts))
    async with ScriptedEndpoint(answer) as endpoint, client_of(endpoint) as client:
        assert text_of(await answer_of(client)) == "a"
