"""The seed page's kind of endpoint: `{messages, stream: true}` in, an event stream out."""

from collections.abc import Iterator

import httpx
import pytest

from tests.workers_ai_local.wire import MESSAGES, events
from workers_ai_local.replay import ReplayEndpoint, replaying

SCRIPT = {"replies": [{"pieces": ["a", "b"]}], "models": ["@cf/some/model", "@cf/other/model"]}


@pytest.fixture
def endpoint() -> Iterator[ReplayEndpoint]:
    with replaying(SCRIPT) as running:
        yield running


def ask(endpoint: ReplayEndpoint, body: object, token: str | None = None) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token or endpoint.token}"}
    return httpx.post(f"{endpoint.origin}/run", headers=headers, json=body)


def test_it_streams(endpoint: ReplayEndpoint) -> None:
    response = ask(endpoint, {"messages": MESSAGES, "stream": True})
    assert response.headers["content-type"] == "text/event-stream"
    seen = list(events(response))
    assert [event["response"] for event in seen[:2]] == ["a", "b"]
    assert seen[-1] == "[DONE]"
    assert endpoint.events[0]["path"] == "/run"


def test_the_model_may_be_named(endpoint: ReplayEndpoint) -> None:
    whole = ask(endpoint, {"messages": MESSAGES, "model": "@cf/other/model"}).json()
    assert whole["result"]["response"] == "ab"
    assert ask(endpoint, {"messages": MESSAGES, "model": "@cf/no/such"}).status_code == 400
    assert ask(endpoint, {"messages": MESSAGES, "model": "@local/error/3040"}).status_code == 429


def test_it_refuses_as_the_others_do(endpoint: ReplayEndpoint) -> None:
    assert ask(endpoint, {"messages": MESSAGES}, token="wrong").status_code == 401
    assert ask(endpoint, {}).json()["errors"][0]["code"] == 5006
    assert httpx.post(f"{endpoint.origin}/run", json={}).status_code == 403
    headers = {"Authorization": f"Bearer {endpoint.token}"}
    assert httpx.get(f"{endpoint.origin}/run", headers=headers).status_code == 405
