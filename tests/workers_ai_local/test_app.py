import json
from collections.abc import Iterator

import httpx
import pytest

from tests.workers_ai_local.wire import MESSAGES, client, run
from workers_ai_local.replay import ReplayEndpoint, replaying

SCRIPT = {"replies": [{"text": "fine"}], "models": ["@cf/some/model", "@cf/other/model"]}


@pytest.fixture
def endpoint() -> Iterator[ReplayEndpoint]:
    with replaying(SCRIPT) as running:
        yield running


def code(response: httpx.Response) -> tuple[int, object]:
    body = response.json()
    assert body["success"] is False
    return response.status_code, body["errors"][0]["code"]


def test_scoped_unscoped_and_raw_are_answered_whole(endpoint: ReplayEndpoint) -> None:
    asked: list[object] = [
        {"messages": MESSAGES},
        {"prompt": "x"},
        {"prompt": "x", "raw": True},
        {"prompt": "x", "unknown": 1, "temperature": None, "max_tokens": 3},
    ]
    for body in asked:
        response = run(endpoint, body)
        answer = response.json()
        assert response.status_code == 200
        assert response.headers["content-type"] == "application/json"
        assert response.headers["cf-ai-req-id"]
        assert answer["success"] is True
        assert answer["errors"] == answer["messages"] == []
        assert answer["result"]["response"] == "fine"


@pytest.mark.parametrize(
    ("header", "expected", "message"),
    [
        (None, (403, 9106), "Missing X-Auth-Email header"),
        ("Bearer wrong", (401, 10000), "Authentication error"),
        ("Bearer", (400, 9106), "Authentication failed (status: 400)"),
        ("Basic abc", (400, 9106), "Authentication failed (status: 400)"),
    ],
)
@pytest.mark.parametrize("path", ["run/@cf/some/model", "models/search"])
def test_only_the_right_token_passes(
    endpoint: ReplayEndpoint,
    path: str,
    header: str | None,
    expected: tuple[int, int],
    message: str,
) -> None:
    headers = {} if header is None else {"Authorization": header}
    method = "POST" if path.startswith("run") else "GET"
    url = f"{endpoint.base_url}/accounts/{endpoint.account_id}/ai/{path}"
    response = httpx.request(method, url, headers=headers, json={"prompt": "x"})
    assert code(response) == expected
    assert response.json()["result"] is None
    assert response.json()["errors"][0]["message"] == message


def test_an_unknown_model(endpoint: ReplayEndpoint) -> None:
    with client(endpoint) as http:
        response = http.post("/run/@cf/no/such", json={"prompt": "x"})
    assert code(response) == (400, 5007)
    assert response.json()["errors"][0]["message"] == "No such model @cf/no/such or task"


def test_paths_and_methods_that_cloudflare_does_not_route(endpoint: ReplayEndpoint) -> None:
    with client(endpoint) as http:
        assert code(http.post("/run/@cf%2Fsome%2Fmodel", json={"prompt": "x"})) == (400, 7000)
        assert code(http.get("/run/@cf/some/model")) == (405, 7001)
        assert code(http.post("/models/search")) == (405, 7001)
        assert code(http.get("/nowhere")) == (400, 7000)


NEITHER = (
    "AiError: Bad input: Error: oneOf at '/' not met, 0 matches: "
    "required properties at '/' are 'prompt', required properties at '/' are 'messages'"
)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, NEITHER),
        ({"stream": True}, NEITHER),
        ({"prompt": "x", "messages": MESSAGES}, "2 matches"),
        ({"prompt": 5}, "Type mismatch of '/prompt', 'string' not in 'number'"),
        ({"messages": "x"}, "Type mismatch of '/messages', 'array' not in 'string'"),
        ({"messages": [None]}, "Type mismatch of '/messages/0', 'object' not in 'null'"),
        ({"messages": [{"role": "user"}]}, "at '/messages/0'"),
        ({"prompt": "x", "max_tokens": "9"}, "Type mismatch of '/max_tokens', 'integer'"),
        ({"prompt": "x", "temperature": True}, "Type mismatch of '/temperature', 'number'"),
        ([], "Type mismatch of '/', 'object' not in 'array'"),
    ],
)
def test_a_body_that_breaks_the_schema(
    endpoint: ReplayEndpoint, body: object, message: str
) -> None:
    response = run(endpoint, body)
    assert code(response) == (400, 5006)
    assert message in response.json()["errors"][0]["message"]
    assert response.json()["result"] == {}


@pytest.mark.parametrize("content", [b"", b"{", b"\xff"])
def test_a_body_that_is_no_json(endpoint: ReplayEndpoint, content: bytes) -> None:
    with client(endpoint) as http:
        assert code(http.post(f"/run/{endpoint.model}", content=content)) == (400, 8001)


def test_the_model_search(endpoint: ReplayEndpoint) -> None:
    with client(endpoint) as http:
        every = http.get("/models/search").json()
        some = http.get("/models/search", params={"search": "other"}).json()
    assert every["success"] is True
    assert [model["name"] for model in every["result"]] == SCRIPT["models"]
    assert [model["name"] for model in some["result"]] == ["@cf/other/model"]
    assert {"property_id": "context_window", "value": "32768"} in some["result"][0]["properties"]


def test_observers_see_every_request_and_its_end_but_no_token(endpoint: ReplayEndpoint) -> None:
    run(endpoint, {"prompt": "x"})
    run(endpoint, {})
    endpoint.wait_for("end", 2)
    told = [(event["event"], event.get("outcome")) for event in endpoint.events]
    expected = [("request", None), ("end", "finished"), ("request", None)]
    assert told == [*expected, ("end", "refused with 5006")]
    assert endpoint.token not in json.dumps(endpoint.events)
    assert endpoint.events[0]["account_id"] == endpoint.account_id
