import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.workers_ai_local.wire import MESSAGES, client, run
from workers_ai_local.replay import ReplayEndpoint, replaying

SCRIPT: dict[str, list[Any]] = {
    "replies": [{"text": "fine"}],
    "models": ["@cf/some/model", "@cf/other/model"],
}


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
        {"prompt": "x", "unknown": 1, "max_tokens": 3},
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


def test_a_malformed_account_id_is_told_before_the_token_is_looked_at(
    endpoint: ReplayEndpoint,
) -> None:
    for account in ("team", "0" * 31, "g" * 32):
        url = f"{endpoint.base_url}/accounts/{account}/ai/run/{endpoint.model}"
        response = httpx.post(url, json={"prompt": "x"})
        assert code(response) == (404, 7003)
        (error,) = response.json()["errors"]
        path = f"/client/v4/accounts/{account}/ai/run/{endpoint.model}"
        told = f"Could not route to {path}, perhaps your object identifier is invalid?"
        assert error == {"code": 7003, "message": told}


def test_another_account_than_the_tokens() -> None:
    with replaying(SCRIPT, account_id="a" * 32) as endpoint:
        assert code(run(endpoint, {"prompt": "x"})) == (403, 10000)
        endpoint.account_id = "a" * 32
        assert run(endpoint, {"prompt": "x"}).status_code == 200


def test_the_model_may_be_named_in_the_body(endpoint: ReplayEndpoint) -> None:
    url = f"{endpoint.base_url}/accounts/{endpoint.account_id}/ai/run"
    headers = {"Authorization": f"Bearer {endpoint.token}"}

    def ask(body: object) -> httpx.Response:
        return httpx.post(url, headers=headers, json=body)

    asked = {"model": "@cf/other/model", "input": {"prompt": "x"}}
    assert ask(asked).json()["result"]["response"] == "fine"
    assert code(ask({**asked, "model": "@cf/no/such"})) == (400, 5007)
    for body in ({"input": {"prompt": "x"}}, {"model": "@cf/other/model"}, {**asked, "input": {}}):
        assert code(ask(body)) == (400, 5006)


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
        assert code(http.request("PROPFIND", "/nowhere")) == (400, 7000)
        assert code(http.get("/v1/models")) == (405, 7001)
    unscoped = httpx.post(f"{endpoint.base_url}/ai/run/{endpoint.model}", json={"prompt": "x"})
    assert code(unscoped) == (400, 7000)


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


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"search": "OTHER"}, [1]),
        ({"search": "recorded"}, [0, 1]),
        ({"per_page": "1"}, [0]),
        ({"per_page": "1", "page": "2"}, [1]),
        ({"page": "9"}, []),
        ({"task": "text generation", "source": "1", "hide_experimental": "true"}, [0, 1]),
        ({"task": "Translation"}, []),
        ({"source": "2"}, []),
        ({"author": "other"}, [1]),
    ],
)
def test_the_search_filters_and_pages(
    endpoint: ReplayEndpoint, asked: dict[str, str], expected: list[int]
) -> None:
    with client(endpoint) as http:
        found = http.get("/models/search", params=asked).json()
    names = [model["name"] for model in found["result"]]
    assert names == [SCRIPT["models"][number] for number in expected]
    assert found["result_info"]["count"] == len(expected)
    paged = "page" in asked or "per_page" in asked
    assert found["result_info"]["total_count"] == (2 if paged else len(expected))


def test_observers_see_every_request_and_its_end_but_no_token(endpoint: ReplayEndpoint) -> None:
    run(endpoint, {"prompt": "x"})
    run(endpoint, {})
    endpoint.wait_for("end", 2)
    told = [(event["event"], event.get("outcome")) for event in endpoint.events]
    expected = [("request", None), ("end", "finished"), ("request", None)]
    assert told == [*expected, ("end", "refused with 5006")]
    assert endpoint.token not in json.dumps(endpoint.events)
    first = endpoint.events[0]
    assert (first["account_id"], first["model"]) == (endpoint.account_id, endpoint.model)
