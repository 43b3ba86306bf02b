"""OpenAI's API, below Cloudflare's `/ai/v1` and as any compatible server has it."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.workers_ai_local.wire import MESSAGES, events
from workers_ai_local.replay import ReplayEndpoint, replaying

MODEL = "@cf/qwen/qwen2.5-coder-32b-instruct"
ASKED = {"model": MODEL, "messages": MESSAGES}
USAGE = {"prompt": 9, "completion": 2}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ReplayEndpoint]:
    with replaying({"replies": [{"pieces": ["a", "b"], "usage": USAGE}]}) as running:
        yield running


@pytest.fixture(params=["cloudflare", "plain"])
def http(request: pytest.FixtureRequest, endpoint: ReplayEndpoint) -> Iterator[httpx.Client]:
    base = f"{endpoint.base_url}/accounts/{endpoint.account_id}/ai/v1"
    base = base if request.param == "cloudflare" else f"{endpoint.origin}/v1"
    headers = {"Authorization": f"Bearer {endpoint.token}"}
    with httpx.Client(base_url=base, headers=headers, timeout=60) as made:
        yield made


def test_a_whole_answer_has_no_envelope(http: httpx.Client) -> None:
    response = http.post("/chat/completions", json=ASKED)
    answer = response.json()
    assert response.status_code == 200
    assert (answer["object"], answer["model"]) == ("chat.completion", MODEL)
    (choice,) = answer["choices"]
    assert choice["message"] == {"role": "assistant", "content": "ab"}
    assert (choice["index"], choice["finish_reason"]) == (0, "stop")
    assert answer["usage"]["total_tokens"] == 11
    assert response.headers["cf-ai-neurons"] == "0.72"


def test_a_stream_has_openais_frames_only(http: httpx.Client) -> None:
    with http.stream("POST", "/chat/completions", json={**ASKED, "stream": True}) as response:
        *seen, last, done = list(events(response))
    assert done == "[DONE]"
    assert all(event["object"] == "chat.completion.chunk" for event in [*seen, last])
    deltas = [event["choices"][0]["delta"] for event in seen]
    assert deltas == [{"role": "assistant", "content": ""}, {"content": "a"}, {"content": "b"}, {}]
    assert seen[-1]["choices"][0]["finish_reason"] == "stop"
    assert (last["choices"], last["usage"]["total_tokens"]) == ([], 11)
    assert last["usage"]["neurons"] == 0.721818


def test_a_prompt_in_the_models_template(http: httpx.Client) -> None:
    asked = {"model": MODEL, "prompt": "def"}
    answer = http.post("/completions", json=asked).json()
    assert (answer["object"], answer["choices"][0]["text"]) == ("text_completion", "ab")
    with http.stream("POST", "/completions", json={**asked, "stream": True}) as response:
        seen = list(events(response))
    texts = [choice["text"] for event in seen[:-1] for choice in event["choices"]]
    assert texts == ["a", "b", ""]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({**ASKED, "model": "@cf/no/such"}, 400, 5007),
        ({**ASKED, "model": "@cf/microsoft/phi-2"}, 410, 5028),
        ({**ASKED, "model": "@local/error/3040"}, 429, 3040),
        ({**ASKED, "messages": "x"}, 400, 5006),
        ({"messages": MESSAGES}, 400, 5006),
        ({"model": MODEL}, 400, 5006),
        ([], 400, 5006),
    ],
)
def test_errors_are_openais(http: httpx.Client, body: Any, status: int, code: int) -> None:
    response = http.post("/chat/completions", json=body)
    assert (response.status_code, list(response.json())) == (status, ["error"])
    assert response.json()["error"]["code"] == code
    assert response.json()["error"]["message"]


def test_a_demonstrated_shape_is_openais_here(http: httpx.Client) -> None:
    asked = {**ASKED, "model": "@local/shape/native", "stream": True}
    with http.stream("POST", "/chat/completions", json=asked) as response:
        seen = list(events(response))
    assert not any("response" in event for event in seen)


def test_the_token_is_looked_at(endpoint: ReplayEndpoint) -> None:
    for base in (f"{endpoint.base_url}/accounts/{endpoint.account_id}/ai", endpoint.origin):
        bad = {"Authorization": "Bearer wrong"}
        response = httpx.post(f"{base}/v1/chat/completions", json=ASKED, headers=bad)
        assert response.status_code == 401
    assert httpx.get(f"{endpoint.origin}/v1/models").status_code == 403


def test_the_list_of_models_is_the_plain_servers(endpoint: ReplayEndpoint) -> None:
    headers = {"Authorization": f"Bearer {endpoint.token}"}
    listed = httpx.get(f"{endpoint.origin}/v1/models", headers=headers).json()
    assert listed["object"] == "list"
    assert [model["id"] for model in listed["data"]] == [MODEL]
    url = f"{endpoint.base_url}/accounts/{endpoint.account_id}/ai/v1/models"
    response = httpx.get(url, headers=headers)
    (error,) = response.json()["errors"]
    assert response.status_code == 405
    assert error == {"code": 7001, "message": "GET not supported for requested URI."}


def test_a_malformed_account(endpoint: ReplayEndpoint) -> None:
    url = f"{endpoint.base_url}/accounts/x/ai/v1/chat/completions"
    response = httpx.post(url, json=ASKED)
    path = "/client/v4/accounts/x/ai/v1/chat/completions"
    told = f"Could not route to {path}, perhaps your object identifier is invalid?"
    assert (response.status_code, response.json()["errors"][0]["message"]) == (404, told)
