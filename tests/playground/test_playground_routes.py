"""What the page's addresses give to whom. This needs no browser."""

from __future__ import annotations

import doctest
import json
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import httpx
import pytest

from workers_ai_local.playground import address, key
from workers_ai_local.replay import ReplayEndpoint, replaying

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = 'a "token" with <marks>&'
REPLIES = [
    {"when": "refuse", "error": {"status": 429, "code": 3040, "message": "Capacity"}},
    {"pieces": ["one ", "two"]},
]
FILES = ["answer.js", "icon.svg", "page.css", "page.js", "reading.js", "transports.js"]


@pytest.fixture
def endpoint() -> Iterator[ReplayEndpoint]:
    with replaying({"replies": REPLIES, "token": TOKEN}) as running:
        yield running


@pytest.fixture
def http(endpoint: ReplayEndpoint) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=urljoin(endpoint.base_url, "/"), timeout=10) as client:
        yield client


def ask(http: httpx.Client, said: str, token: str = TOKEN) -> httpx.Response:
    value = {
        "model": "@cf/qwen/qwen2.5-coder-32b-instruct",
        "input": {"prompt": said, "stream": True},
    }
    headers = {"Authorization": f"Bearer {token}"}
    return http.post("/playground/events", json=value, headers=headers)


def test_the_page_comes_to_who_knows_its_address_with_the_token(endpoint: ReplayEndpoint) -> None:
    page = httpx.get(address(endpoint.base_url, TOKEN))
    assert page.status_code == 200
    assert "a &quot;token&quot; with &lt;marks&gt;&amp;" in page.text
    assert "{{" not in page.text
    assert endpoint.token not in address(endpoint.base_url, TOKEN)


def test_the_example_of_an_address() -> None:
    assert doctest.testmod(key) == (0, 1)


@pytest.mark.parametrize("query", ["", "?key=", "?key=0123456789abcdef0123456789abcdef", "?key=ü"])
def test_another_key_gives_nothing(http: httpx.Client, query: str) -> None:
    page = http.get(f"/playground{query}")
    assert page.status_code == 403
    assert "token" not in page.text
    assert "open the address" in page.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_a_foreign_name_is_refused_even_with_the_key(endpoint: ReplayEndpoint, host: str) -> None:
    page = httpx.get(address(endpoint.base_url, TOKEN), headers={"Host": host})
    assert page.status_code == 403
    assert "token" not in page.text


@pytest.mark.parametrize("host", ["localhost:9", "127.0.0.1", "[::1]:8787", "LOCALHOST"])
def test_every_name_of_this_machine_and_any_port_will_do(
    endpoint: ReplayEndpoint, host: str
) -> None:
    page = httpx.get(address(endpoint.base_url, TOKEN), headers={"Host": host})
    assert page.status_code == 200


def test_a_foreign_name_reaches_neither_files_nor_events(http: httpx.Client) -> None:
    told = http.get("/playground/page.js", headers={"Host": "evil.example"})
    assert told.status_code == 403
    told = http.get(ask(http, "x").json()["address"], headers={"Host": "evil.example"})
    assert told.status_code == 403


@pytest.mark.parametrize("name", FILES)
def test_files_are_the_same_for_everybody_and_hold_no_token(http: httpx.Client, name: str) -> None:
    file = http.get(f"/playground/{name}")
    assert file.status_code == 200
    assert "token with" not in file.text
    assert file.headers["content-type"].startswith(("text/", "image/svg+xml"))


@pytest.mark.parametrize("path", ["", "/page.js", "/events/none"])
def test_browsers_are_told_to_keep_others_out(http: httpx.Client, path: str) -> None:
    headers = http.get(f"/playground{path}").headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    for rule in ("frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'"):
        assert rule in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in headers
    assert "set-cookie" not in headers


def test_an_event_source_gets_the_stream_of_the_api(
    http: httpx.Client, endpoint: ReplayEndpoint
) -> None:
    told = http.get(ask(http, "hello").json()["address"])
    assert told.headers["content-type"] == "text/event-stream"
    events = [line.removeprefix("data: ") for line in told.text.split("\n\n")]
    assert [json.loads(event)["response"] for event in events[:2]] == ["one ", "two"]
    assert events[-2:] == ["[DONE]", ""]
    request = endpoint.wait_for("request")
    assert json.loads(str(request["body"])) == {"prompt": "hello", "stream": True}
    assert endpoint.wait_for("end")["outcome"] == "finished"


def test_the_page_asks_for_the_account_that_the_endpoint_takes() -> None:
    account = "1" * 32
    with replaying({"replies": REPLIES, "token": TOKEN}, account_id=account) as endpoint:
        page = httpx.get(address(endpoint.base_url, TOKEN))
        assert f'content="/client/v4/accounts/{account}/ai"' in page.text
        with httpx.Client(base_url=urljoin(endpoint.base_url, "/"), timeout=10) as http:
            assert "one " in http.get(ask(http, "hello").json()["address"]).text


def test_its_address_answers_once(http: httpx.Client) -> None:
    address_once = ask(http, "hello").json()["address"]
    assert [http.get(address_once).status_code for _ in range(2)] == [200, 404]


def test_a_refusal_comes_as_an_event_with_the_apis_words(http: httpx.Client) -> None:
    told = http.get(ask(http, "refuse this").json()["address"])
    assert told.status_code == 200
    event, data, *_ = told.text.split("\n")
    assert event == "event: whole"
    whole = json.loads(data.removeprefix("data: "))
    assert whole["status"] == 429
    assert json.loads(whole["body"])["errors"] == [{"message": "Capacity", "code": 3040}]


def test_only_the_token_gets_an_address(http: httpx.Client) -> None:
    told = ask(http, "x", token="wrong")
    assert (told.status_code, told.json()["errors"][0]["code"]) == (401, 10000)
    told = http.post("/playground/events", json={})
    assert (told.status_code, told.json()["errors"][0]["code"]) == (403, 9106)


@pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b'{"model": "x"}', b"\xff"])
def test_what_is_no_ask_is_refused(http: httpx.Client, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    told = http.post("/playground/events", content=body, headers=headers)
    assert (told.status_code, told.json()["errors"][0]["code"]) == (400, 8001)


def test_asks_that_nobody_fetches_do_not_pile_up(http: httpx.Client) -> None:
    addresses = [ask(http, "x").json()["address"] for _ in range(17)]
    statuses = [http.get(each).status_code for each in addresses]
    assert statuses == [404] + 16 * [200]
