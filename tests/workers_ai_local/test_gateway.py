"""AI Gateway: the older host's path, the header on REST URLs, and a cache that is one."""

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.workers_ai_local.wire import MESSAGES
from workers_ai_local.replay import ReplayEndpoint, replaying
from workers_ai_local.routes.caching import Cache

MODEL = "@cf/qwen/qwen2.5-coder-32b-instruct"
ASKED = {"messages": MESSAGES}
COUNTING = [{"times": 1, "text": text} for text in ("first", "second", "third", "fourth")]
CACHED = {"cf-aig-cache-ttl": "60"}


@pytest.fixture
def endpoint() -> Iterator[ReplayEndpoint]:
    gateways = {"team": None, "locked": "gateway-token"}
    with replaying({"replies": COUNTING}, gateways=gateways) as running:
        yield running


def ask(endpoint: ReplayEndpoint, gateway: str = "team", **more: object) -> httpx.Response:
    """By the older host's path."""
    url = f"{endpoint.origin}/v1/{endpoint.account_id}/{gateway}/workers-ai/{MODEL}"
    return post(endpoint, url, **more)


def ask_rest(endpoint: ReplayEndpoint, gateway: str = "team", **more: object) -> httpx.Response:
    """By the header."""
    url = f"{endpoint.base_url}/accounts/{endpoint.account_id}/ai/run/{MODEL}"
    return post(endpoint, url, **{"cf-aig-gateway-id": gateway, **more})


def post(endpoint: ReplayEndpoint, url: str, **more: object) -> httpx.Response:
    body = more.pop("body", ASKED)
    headers = {"Authorization": f"Bearer {endpoint.token}"}
    return httpx.post(url, headers=headers | {k: str(v) for k, v in more.items()}, json=body)


def said(response: httpx.Response) -> str:
    return str(response.json()["result"]["response"])


@pytest.mark.parametrize("by", [ask, ask_rest])
def test_an_answer_through_a_gateway_is_marked(endpoint: ReplayEndpoint, by: object) -> None:
    assert callable(by)
    one, two = by(endpoint), by(endpoint)
    assert (said(one), said(two)) == ("first", "second")
    for response in (one, two):
        assert response.headers["cf-aig-cache-status"] == "MISS"
        assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{26}", response.headers["cf-aig-log-id"])
    assert one.headers["cf-aig-log-id"] != two.headers["cf-aig-log-id"]


def test_without_a_gateway_there_are_no_marks(endpoint: ReplayEndpoint) -> None:
    url = f"{endpoint.base_url}/accounts/{endpoint.account_id}/ai/run/{MODEL}"
    assert "cf-aig-cache-status" not in post(endpoint, url, **CACHED).headers


@pytest.mark.parametrize("by", [ask, ask_rest])
@pytest.mark.parametrize("stream", [True, False])
def test_the_same_question_hits_the_cache(
    endpoint: ReplayEndpoint, by: object, *, stream: bool
) -> None:
    assert callable(by)
    body = {**ASKED, "stream": stream}
    one, two = (by(endpoint, body=body, **CACHED) for _ in range(2))
    states = [response.headers["cf-aig-cache-status"] for response in (one, two)]
    assert states == ["MISS", "HIT"]
    assert one.content == two.content
    assert "first" in two.text
    assert one.headers["content-type"] == two.headers["content-type"]
    assert two.headers["cf-aig-log-id"] != one.headers["cf-aig-log-id"]
    endpoint.wait_for("end", 2)
    assert endpoint.events[-1]["outcome"] == "finished from the cache"


def test_what_does_not_hit_the_cache(endpoint: ReplayEndpoint) -> None:
    assert said(ask(endpoint, **CACHED)) == "first"
    assert said(ask(endpoint, body={**ASKED, "max_tokens": 9}, **CACHED)) == "second"
    assert said(ask(endpoint, **CACHED, **{"cf-aig-skip-cache": "true"})) == "third"
    hit = ask(endpoint)
    assert (said(hit), hit.headers["cf-aig-cache-status"]) == ("first", "HIT")
    bad = {"Authorization": "Bearer wrong"}
    url = f"{endpoint.origin}/v1/{endpoint.account_id}/team/workers-ai/{MODEL}"
    assert httpx.post(url, headers=bad, json=ASKED).status_code == 401


def test_a_key_of_ones_own_stands_for_the_question(endpoint: ReplayEndpoint) -> None:
    key = {"cf-aig-cache-key": "mine", **CACHED}
    assert said(ask(endpoint, **key)) == "first"
    assert said(ask(endpoint, body={"prompt": "other"}, **key)) == "first"


def test_only_whole_answers_are_kept() -> None:
    replies = [{"times": 1, "pieces": ["a"], "end": "cut"}, {"times": 1, "text": "whole"}]
    refused = {"times": 1, "error": {"status": 429, "code": 3040}}
    body = {**ASKED, "stream": True}
    with replaying({"replies": [refused, *replies]}, gateways={"team": None}) as endpoint:
        texts = [ask(endpoint, body=body, **CACHED).text for _ in range(4)]
    assert "3040" in texts[0]
    assert "whole" not in texts[1]
    assert "whole" in texts[2]
    assert texts[2] == texts[3]


@pytest.mark.parametrize("by", [ask, ask_rest])
def test_an_unknown_gateway(endpoint: ReplayEndpoint, by: object) -> None:
    assert callable(by)
    response = by(endpoint, "nobodys")
    assert response.status_code == 400
    assert response.json() == {
        "success": False,
        "result": [],
        "messages": [],
        "error": [
            {"code": 2001, "message": "Please configure AI Gateway in the Cloudflare dashboard"}
        ],
        "name": "AiGatewayError",
        "httpCode": 400,
        "internalCode": 2001,
    }


def test_a_gateway_with_a_token_of_its_own(endpoint: ReplayEndpoint) -> None:
    for headers in ({}, {"cf-aig-authorization": "Bearer wrong"}):
        response = ask(endpoint, "locked", **headers)
        assert (response.status_code, response.json()["error"][0]["code"]) == (401, 2009)
    right = {"cf-aig-authorization": "Bearer gateway-token"}
    assert said(ask(endpoint, "locked", **right)) == "first"
    # The header belongs to the older host alone.
    assert said(ask_rest(endpoint, "locked")) == "second"
    assert "gateway-token" not in str(endpoint.events)


def test_the_apis_refusals_pass_through_the_gateway(endpoint: ReplayEndpoint) -> None:
    url = f"{endpoint.origin}/v1/{endpoint.account_id}/team/workers-ai/@cf/no/such"
    response = post(endpoint, url)
    assert (response.status_code, response.json()["errors"][0]["code"]) == (400, 5007)
    assert response.headers["cf-aig-cache-status"] == "MISS"


def test_openais_route_through_the_gateway(endpoint: ReplayEndpoint) -> None:
    base = f"{endpoint.origin}/v1/{endpoint.account_id}/team/workers-ai"
    body = {"model": MODEL, **ASKED}
    answer = post(endpoint, f"{base}/v1/chat/completions", body=body)
    assert answer.json()["choices"][0]["message"]["content"] == "first"
    assert answer.headers["cf-aig-cache-status"] == "MISS"


def test_the_caches_time_and_room() -> None:
    now = 0.0
    cache = Cache(lambda: now)
    cache.keep("a", ({"type": "x"},), 60)
    now = 59.0
    assert cache.find("a") == ({"type": "x"},)
    now = 60.0
    assert cache.find("a") is None
    for number in range(101):
        cache.keep(str(number), (), 60)
    assert (cache.find("0"), cache.find("1"), cache.find("100")) == (None, (), ())
