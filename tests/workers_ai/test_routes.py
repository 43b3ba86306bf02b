import json
from typing import Any

import attrs
import pytest

from workers_ai_ls.workers_ai import CLOUDFLARE, Endpoint, Gateway, Message, Request
from workers_ai_ls.workers_ai.routes import call, check_request, models_url

ACCOUNT = "a" * 32
MODEL = "@cf/qwen/qwen2.5-coder-32b-instruct"
AT_CLOUDFLARE = f"{CLOUDFLARE}/accounts/{ACCOUNT}/ai"
GATEWAY_HOST = "https://gateway.ai.cloudflare.com/v1"
OLLAMA = "http://127.0.0.1:11434/v1"
WORKER = "https://ai.team.example/run"
HI = ({"role": "user", "content": "Hi"},)

REST = Endpoint(account_id=ACCOUNT, token="t")
OPENAI = attrs.evolve(REST, kind="openai")
OPENAI_ANYWHERE = Endpoint(kind="openai", base_url=OLLAMA)
GATEWAY = attrs.evolve(REST, kind="gateway", base_url=GATEWAY_HOST, gateway=Gateway(id="mine"))
THROUGH_GATEWAY = attrs.evolve(REST, gateway=Gateway(id="mine"))
OWN_WORKER = Endpoint(kind="worker", base_url=WORKER)

SCOPED = Request(model=MODEL, max_tokens=9, messages=(Message("user", "Hi"),))
UNSCOPED = Request(model=MODEL, max_tokens=9, prompt="Hi")
RAW = attrs.evolve(UNSCOPED, raw=True)


@pytest.mark.parametrize("base", ["", "/"])
@pytest.mark.parametrize(
    ("endpoint", "url"),
    [
        (REST, f"{AT_CLOUDFLARE}/run/{MODEL}"),
        (THROUGH_GATEWAY, f"{AT_CLOUDFLARE}/run/{MODEL}"),
        (OPENAI, f"{AT_CLOUDFLARE}/v1/chat/completions"),
        (OPENAI_ANYWHERE, f"{OLLAMA}/chat/completions"),
        (GATEWAY, f"{GATEWAY_HOST}/{ACCOUNT}/mine/workers-ai/{MODEL}"),
    ],
)
def test_each_kind_has_its_address(endpoint: Endpoint, url: str, base: str) -> None:
    assert call(attrs.evolve(endpoint, base_url=endpoint.base_url + base), SCOPED).url == url


def test_a_workers_address_is_the_whole_of_it() -> None:
    assert call(OWN_WORKER, SCOPED).url == WORKER


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize(
    ("endpoint", "request_", "expected"),
    [
        (REST, SCOPED, {"messages": [*HI]}),
        (REST, UNSCOPED, {"prompt": "Hi"}),
        (REST, RAW, {"prompt": "Hi", "raw": True}),
        (GATEWAY, SCOPED, {"messages": [*HI]}),
        (OWN_WORKER, SCOPED, {"model": MODEL, "messages": [*HI]}),
        (OWN_WORKER, RAW, {"model": MODEL, "prompt": "Hi", "raw": True}),
        (OPENAI, SCOPED, {"model": MODEL, "messages": [*HI]}),
        (OPENAI_ANYWHERE, UNSCOPED, {"model": MODEL, "messages": [*HI]}),
        (OPENAI_ANYWHERE, RAW, {"model": MODEL, "prompt": "Hi"}),
    ],
)
def test_each_kind_has_its_body(
    endpoint: Endpoint,
    request_: Request,
    expected: dict[str, object],
    stream: bool,  # noqa: FBT001 - a column of the table
) -> None:
    asked = call(endpoint, attrs.evolve(request_, stream=stream))

    usage = {"stream_options": {"include_usage": True}}
    streamed = usage if stream and endpoint.kind == "openai" else {}
    assert asked.body == {**expected, "max_tokens": 9, "stream": stream, **streamed}
    assert asked.headers == {
        "accept": "text/event-stream" if stream else "application/json",
        **({"cf-aig-gateway-id": "mine"} if endpoint is THROUGH_GATEWAY else {}),
    }


def test_a_raw_prompt_goes_where_openai_takes_one() -> None:
    assert call(OPENAI, RAW).url == f"{AT_CLOUDFLARE}/v1/completions"
    assert call(OPENAI_ANYWHERE, RAW).url == f"{OLLAMA}/completions"


@pytest.mark.parametrize("endpoint", [REST, OPENAI, OPENAI_ANYWHERE, GATEWAY, OWN_WORKER])
def test_every_parameter_reaches_every_kind(endpoint: Endpoint) -> None:
    parameters: dict[str, Any] = {
        "temperature": 0.0,
        "top_p": 0.5,
        "top_k": 3,
        "seed": 7,
        "repetition_penalty": 1.1,
        "frequency_penalty": 0.1,
        "presence_penalty": 0.2,
        "lora": "mine",
        "reasoning_effort": "low",
    }
    extra = {"options": {"rejectIfBusy": True}, "max_tokens": 1, "top_k": 50}
    request = attrs.evolve(SCOPED, **parameters, extra=extra, session="doc-1")

    asked = call(endpoint, request)

    expected = {**parameters, "max_tokens": 9, "options": {"rejectIfBusy": True}}
    assert {name: asked.body[name] for name in expected} == expected
    assert asked.headers["x-session-affinity"] == "doc-1"


def test_a_gateways_settings_are_headers() -> None:
    gateway = Gateway(
        id="mine",
        token="g",
        cache_ttl=300,
        skip_cache=True,
        metadata='{\n"team": "Käse"}',
        request_timeout=1.5,
    )
    settings = {
        "cf-aig-cache-ttl": "300",
        "cf-aig-skip-cache": "true",
        "cf-aig-metadata": '{"team": "K\\u00e4se"}',
        "cf-aig-request-timeout": "1500",
    }

    for endpoint in (REST, OPENAI):
        headers = call(attrs.evolve(endpoint, gateway=gateway), SCOPED).headers
        assert headers == {
            "accept": "text/event-stream",
            "cf-aig-gateway-id": "mine",
            **settings,
        }
    # The older host has the gateway's name in the path.
    headers = call(attrs.evolve(GATEWAY, gateway=gateway), SCOPED).headers
    assert headers == {"accept": "text/event-stream", **settings}
    assert json.loads(headers["cf-aig-metadata"]) == {"team": "Käse"}


@pytest.mark.parametrize(
    ("endpoint", "url"),
    [
        (REST, f"{AT_CLOUDFLARE}/models/search"),
        (OPENAI, f"{AT_CLOUDFLARE}/models/search"),
        (attrs.evolve(OPENAI, base_url="http://127.0.0.1:1/client/v4/"), "http://127.0.0.1:1/client/v4/accounts/" + ACCOUNT + "/ai/models/search"),
        (OPENAI_ANYWHERE, f"{OLLAMA}/models"),
        (THROUGH_GATEWAY, None),
        (GATEWAY, None),
        (OWN_WORKER, None),
    ],
)  # fmt: skip # a row is a row
def test_where_models_are_listed(endpoint: Endpoint, url: str | None) -> None:
    assert models_url(endpoint) == url


def test_the_smallest_question_asks_for_one_token() -> None:
    assert call(OWN_WORKER, check_request("m")).body == {
        "model": "m",
        "messages": [*HI],
        "max_tokens": 1,
        "stream": False,
    }
