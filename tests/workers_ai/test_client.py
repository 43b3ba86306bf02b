import logging
import subprocess
import sys

import pytest

from tests.scripted_endpoint import (
    NO_RESPONSE,
    Answer,
    ScriptedEndpoint,
    dual_stream,
    error_answer,
    json_answer,
    native_stream,
    openai_stream,
    raw_answer,
)
from tests.workers_ai.asking import REQUEST, TOKEN, answer_of, client_at, client_of
from tests.workers_ai.reading import finish_of, text_of, usage_of
from workers_ai_ls import workers_ai as w

EVENT_STREAM = "text/event-stream; charset=utf-8"


@pytest.mark.parametrize(
    "answer",
    [
        native_stream("Hel", "lo"),
        dual_stream("Hel", "lo"),
        openai_stream("Hel", "lo"),
        json_answer("Hello"),
        json_answer("Hello", shape="completion"),
        json_answer("Hello", shape="bare"),
        raw_answer(native_stream("Hello").body, content_type=EVENT_STREAM),
        raw_answer(json_answer("Hello").body, content_type=EVENT_STREAM),
        raw_answer(native_stream("Hello").body, content_type="application/octet-stream"),
    ],
)
async def test_every_shape_arrives_as_events(answer: Answer) -> None:
    async with ScriptedEndpoint(answer) as endpoint, client_of(endpoint) as client:
        events = await answer_of(client)

    assert text_of(events) == "Hello"
    assert finish_of(events) == "stop"


async def test_a_request_is_what_the_api_documents() -> None:
    async with ScriptedEndpoint(native_stream("a")) as endpoint, client_of(endpoint) as client:
        await answer_of(client, session="doc-1", temperature=0.2)
        request = endpoint.requests[0]

    assert request.method == "POST"
    # `@` and `/` stay literal: `%2F` answers 400.
    assert request.path == "/client/v4/accounts/acc0/ai/run/@cf/qwen/qwen2.5-coder-32b-instruct"
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["accept"] == "text/event-stream"
    assert request.headers["x-session-affinity"] == "doc-1"
    assert request.headers["accept-encoding"] == "identity"
    assert request.body == {
        "messages": [{"role": "user", "content": "Hi 😋"}],
        "max_tokens": 64,
        "stream": True,
        "temperature": 0.2,
    }


async def test_a_prompt_without_streaming() -> None:
    answer = raw_answer(json_answer("Hello").body, headers=[("cf-ai-neurons", "2.5")])
    request = w.Request(model="@cf/a/b", prompt="Hi", raw=True, stream=False, max_tokens=9)

    async with ScriptedEndpoint(answer) as endpoint, client_of(endpoint) as client:
        events = await answer_of(client, request)
        received = endpoint.requests[0]

    usage = usage_of(events)
    assert received.body == {"prompt": "Hi", "raw": True, "max_tokens": 9, "stream": False}
    assert received.headers["accept"] == "application/json"
    assert "x-session-affinity" not in received.headers
    assert text_of(events) == "Hello"
    assert usage is not None
    assert usage.neurons == 2.5


async def test_jobs_in_a_row_share_one_connection() -> None:
    async with ScriptedEndpoint(native_stream("a")) as endpoint, client_of(endpoint) as client:
        for _ in range(3):
            await answer_of(client)

        assert [connection.requests for connection in endpoint.connections] == [3]


async def test_a_server_that_hung_up_between_two_jobs_is_not_noticed() -> None:
    first = Answer(native_stream("a").parts, ending="whole", headers=(("connection", "close"),))
    async with (
        ScriptedEndpoint(first, native_stream("b")) as endpoint,
        client_of(endpoint) as client,
    ):
        assert text_of(await answer_of(client)) == "a"
        assert text_of(await answer_of(client)) == "b"


@pytest.mark.parametrize("model", ["@cf/../../../zones", "", "a?b"])
async def test_a_model_that_would_lead_elsewhere_is_not_asked(model: str) -> None:
    async with ScriptedEndpoint(native_stream("a")) as endpoint, client_of(endpoint) as client:
        with pytest.raises(w.NoSuchModel):
            await answer_of(client, model=model)

        assert endpoint.requests == []


async def test_a_redirect_is_not_followed() -> None:
    async with ScriptedEndpoint(native_stream("a")) as elsewhere:
        away = raw_answer(b"", status=307, headers=[("location", elsewhere.base_url)])
        async with ScriptedEndpoint(away) as endpoint, client_of(endpoint) as client:
            with pytest.raises(w.Redirected, match=r"redirects to 127\.0\.0\.1 instead"):
                await answer_of(client)

        assert elsewhere.requests == []


@pytest.mark.parametrize("status", [200, 403])
async def test_a_proxys_page_is_no_answer(status: int) -> None:
    page = raw_answer(b"<html>Sign in</html>", status=status, content_type="text/html")
    async with ScriptedEndpoint(page) as endpoint, client_of(endpoint) as client:
        with pytest.raises(w.NotAnApi, match=rf"127\.0\.0\.1:\d+ .*status {status}"):
            await answer_of(client)


async def test_a_withdrawn_model_names_a_live_one() -> None:
    gone = error_answer(410, 5028, "Model has been deprecated")
    seed = "@hf/thebloke/deepseek-coder-6.7b-instruct-awq"
    async with ScriptedEndpoint(gone) as endpoint, client_of(endpoint) as client:
        with pytest.raises(w.ModelWithdrawn) as caught:
            await answer_of(client, model=seed)

    assert caught.value.alternative == w.DEFAULT_MODEL
    assert str(caught.value) == (
        f"Cloudflare has withdrawn the model {seed}: set WORKERS_AI_MODEL or workersAI.model to "
        f"{w.DEFAULT_MODEL}."
    )


async def test_the_check_names_models_and_costs_one_get() -> None:
    rows = b'{"success": true, "errors": [], "result": [{"id": "1", "name": "@cf/a/b"}]}'
    async with ScriptedEndpoint(raw_answer(rows)) as endpoint, client_of(endpoint) as client:
        assert await client.check("a b") == ("@cf/a/b",)
        request = endpoint.requests[0]

    assert (request.method, request.raw_body) == ("GET", b"")
    assert request.path in {
        f"/client/v4/accounts/acc0/ai/models/search?search=a{space}b" for space in ("+", "%20")
    }
    assert request.headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (error_answer(401, 10000, "Authentication error", envelope="edge"), w.BadToken),
        (error_answer(404, 7003, "Could not route", envelope="edge"), w.BadAccount),
        (raw_answer(b"<html>", content_type="text/html"), w.NotAnApi),
        (raw_answer(b"{}"), w.BrokenStream),
        (raw_answer(b"[]"), w.BrokenStream),
        (error_answer(200, 3040, "busy"), w.NoCapacity),
        (NO_RESPONSE, w.Unreachable),
    ],
)
async def test_the_check_says_what_is_wrong(answer: Answer, kind: type[w.WireFailure]) -> None:
    async with ScriptedEndpoint(answer) as endpoint, client_of(endpoint) as client:
        with pytest.raises(kind):
            await client.check("@cf/a/b")

        assert len(endpoint.requests) == 1


async def test_a_bad_endpoint_is_told_when_the_client_is_opened() -> None:
    with pytest.raises(w.BadEndpoint, match="clear text"):
        async with client_at("http://api.example"):
            pass  # pragma: no cover


async def test_the_token_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with (
        ScriptedEndpoint(error_answer(400, 5006, f"bad header {TOKEN}")) as endpoint,
        client_of(endpoint) as client,
    ):
        with pytest.raises(w.BadRequest) as caught:
            await answer_of(client)

    assert caplog.records  # httpcore tells of each step
    assert TOKEN not in caplog.text
    assert TOKEN not in f"{caught.value!r} {caught.value}"


def test_importing_the_room_imports_no_network_library() -> None:
    code = (
        "import sys, workers_ai_ls.workers_ai as w; w.model('x'); w.open_client;"
        "print(sorted({'httpx', 'httpcore', 'stamina', 'urllib.request'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_the_client_is_there_for_type_hints() -> None:
    from workers_ai_ls.workers_ai.client import Client

    assert w.Client is Client
    assert all(hasattr(w, name) for name in w.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        w.nonsense  # noqa: B018 - the point of the test
    assert REQUEST.stream
