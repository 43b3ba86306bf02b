import pytest

from tests.scripted_endpoint import (
    Answer,
    ScriptedEndpoint,
    dual_stream,
    error_answer,
    frame,
    json_answer,
    native_stream,
    openai_stream,
    raw_answer,
)
from tests.workers_ai.asking import KINDS, REQUEST, TOKEN, answer_of, endpoint_of_kind
from tests.workers_ai.reading import finish_of, text_of, usage_of
from workers_ai_ls import workers_ai as w

MODEL = REQUEST.model
ACCOUNT = "/client/v4/accounts/acc0/ai"
PATHS = {
    "rest": f"{ACCOUNT}/run/{MODEL}",
    "rest through a gateway": f"{ACCOUNT}/run/{MODEL}",
    "openai": f"{ACCOUNT}/v1/chat/completions",
    "openai anywhere": "/v1/chat/completions",
    "gateway": f"/v1/acc0/mine/workers-ai/{MODEL}",
    "worker": "/run",
}
SHAPES = [
    native_stream("Hel", "lo"),
    dual_stream("Hel", "lo"),
    openai_stream("Hel", "lo"),
    json_answer("Hello"),
    json_answer("Hello", shape="completion"),
    json_answer("Hello", shape="bare"),
]
ONE_TOKEN = json_answer("Hello")


@pytest.mark.parametrize("answer", SHAPES)
@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_reads_every_shape(kind: str, answer: Answer) -> None:
    async with (
        ScriptedEndpoint(answer) as endpoint,
        w.open_client(endpoint_of_kind(kind, endpoint.base_url)) as client,
    ):
        events = await answer_of(client)
        request = endpoint.requests[0]

    assert (request.method, request.path) == ("POST", PATHS[kind])
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert text_of(events) == "Hello"
    assert finish_of(events) == "stop"
    usage = usage_of(events)
    assert usage is not None
    assert (usage.prompt_tokens, usage.completion_tokens) == (9, 4)


async def test_the_older_gateway_has_a_token_of_its_own() -> None:
    async with ScriptedEndpoint(native_stream("a")) as endpoint:
        for kind in ("gateway", "rest through a gateway"):
            async with w.open_client(endpoint_of_kind(kind, endpoint.base_url)) as client:
                await answer_of(client)
        older, newer = (request.headers for request in endpoint.requests)

    assert older["cf-aig-authorization"] == "Bearer g4teway-t0ken"
    assert "cf-aig-gateway-id" not in older
    assert newer["cf-aig-gateway-id"] == "mine"
    assert "cf-aig-authorization" not in newer


@pytest.mark.parametrize("kind", ["openai anywhere", "worker"])
async def test_a_server_of_ones_own_needs_no_key(kind: str) -> None:
    async with (
        ScriptedEndpoint(openai_stream("a")) as endpoint,
        w.open_client(endpoint_of_kind(kind, endpoint.base_url, token="")) as client,
    ):
        assert text_of(await answer_of(client)) == "a"
        assert "authorization" not in endpoint.requests[0].headers


async def test_further_headers_are_sent_and_one_may_take_the_tokens_place() -> None:
    headers = (("cf-access-client-id", "an id"), ("Authorization", "Basic bWU6cHc="))
    async with (
        ScriptedEndpoint(native_stream("a")) as endpoint,
        w.open_client(endpoint_of_kind("worker", endpoint.base_url, headers=headers)) as client,
    ):
        await answer_of(client)
        sent = endpoint.requests[0].headers

    assert sent["cf-access-client-id"] == "an id"
    assert sent["authorization"] == "Basic bWU6cHc="


async def test_what_a_seed_pages_worker_answers_is_read() -> None:
    # `new Response(stream, {headers: {"content-type": "text/event-stream"}})`, no usage, two ends.
    body = b"".join(
        [frame({"response": "Hel"}), frame({"response": "lo"}), b"data: [DONE]\n\n" * 2]
    )
    page = raw_answer(body, content_type="text/event-stream")
    async with (
        ScriptedEndpoint(page) as endpoint,
        w.open_client(endpoint_of_kind("worker", endpoint.base_url)) as client,
    ):
        events = await answer_of(client)
        asked = endpoint.requests[0].body

    assert text_of(events) == "Hello"
    assert (asked["messages"], asked["stream"]) == ([{"role": "user", "content": "Hi 😋"}], True)


@pytest.mark.parametrize("stream", [True, False])
async def test_what_the_headers_said_comes_first(stream: bool) -> None:  # noqa: FBT001 - a table
    told = [("cf-aig-cache-status", "HIT"), ("cf-aig-log-id", "01JX"), ("cf-ai-req-id", "r-1")]
    body = native_stream("a").body if stream else json_answer("a").body
    async with (
        ScriptedEndpoint(raw_answer(body, headers=told)) as endpoint,
        w.open_client(endpoint_of_kind("rest through a gateway", endpoint.base_url)) as client,
    ):
        events = await answer_of(client, stream=stream)

    assert events[0] == w.Served(cache="HIT", log_id="01JX", request_id="r-1")
    assert sum(isinstance(event, w.Served) for event in events) == 1


async def test_a_refused_try_was_not_served() -> None:
    busy = error_answer(429, 3040, "busy", retry_after="0")
    async with (
        ScriptedEndpoint(busy, native_stream("a")) as endpoint,
        w.open_client(endpoint_of_kind("rest", endpoint.base_url)) as client,
    ):
        events = await answer_of(client)

    assert [type(event) for event in events[:3]] == [w.Retrying, w.Served, w.Text]


@pytest.mark.parametrize("kind", KINDS)
async def test_no_kind_asks_for_a_model_that_would_lead_elsewhere(kind: str) -> None:
    async with (
        ScriptedEndpoint(ONE_TOKEN) as endpoint,
        w.open_client(endpoint_of_kind(kind, endpoint.base_url)) as client,
    ):
        with pytest.raises(w.NoSuchModel):
            await answer_of(client, model="@cf/../../zones")
        if kind not in ("rest", "openai", "openai anywhere"):
            with pytest.raises(w.NoSuchModel):
                await client.check("@cf/../../zones")

        assert endpoint.requests == []


@pytest.mark.parametrize("kind", ["rest through a gateway", "gateway", "worker"])
async def test_the_check_asks_for_a_token_where_nothing_is_listed(kind: str) -> None:
    async with (
        ScriptedEndpoint(ONE_TOKEN) as endpoint,
        w.open_client(endpoint_of_kind(kind, endpoint.base_url)) as client,
    ):
        assert await client.check(MODEL) is None
        (request,) = endpoint.requests

    assert (request.method, request.path) == ("POST", PATHS[kind])
    assert request.body["max_tokens"] == 1


async def test_a_model_that_only_thinks_passes_the_check() -> None:
    usage = {"prompt_tokens": 1, "completion_tokens": 1}
    thought = {"message": {"content": None}, "finish_reason": "length"}
    answer = raw_answer(frame({"choices": [thought], "usage": usage})[6:])
    async with (
        ScriptedEndpoint(answer) as endpoint,
        w.open_client(endpoint_of_kind("worker", endpoint.base_url)) as client,
    ):
        assert await client.check(MODEL) is None


async def test_a_misnamed_gateway_is_found_by_the_check() -> None:
    missing = error_answer(400, 2001, "Please configure AI Gateway", envelope="gateway")
    async with (
        ScriptedEndpoint(missing) as endpoint,
        w.open_client(endpoint_of_kind("rest through a gateway", endpoint.base_url)) as client,
    ):
        with pytest.raises(w.GatewayMissing, match="WORKERS_AI_GATEWAY"):
            await client.check(MODEL)


async def test_an_openai_compatible_server_lists_its_models() -> None:
    rows = raw_answer(b'{"object": "list", "data": [{"id": "qwen3:8b"}, {"id": "gpt-oss:20b"}]}')
    async with (
        ScriptedEndpoint(rows) as endpoint,
        w.open_client(endpoint_of_kind("openai anywhere", endpoint.base_url)) as client,
    ):
        assert await client.check("qwen3:8b") == ("qwen3:8b", "gpt-oss:20b")
        assert endpoint.requests[0].path == "/v1/models"


async def test_an_openai_compatible_server_need_not_list_its_models() -> None:
    async with (
        ScriptedEndpoint(error_answer(404, None, "Not Found"), ONE_TOKEN) as endpoint,
        w.open_client(endpoint_of_kind("openai anywhere", endpoint.base_url)) as client,
    ):
        assert await client.check("qwen3:8b") is None
        assert [request.method for request in endpoint.requests] == ["GET", "POST"]
