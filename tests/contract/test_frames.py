"""Client and endpoint are held to the wire, each by itself, so that they cannot drift together."""

import json
from typing import Any

import httpx
import pytest

from tests.contract.kinds import GATEWAYS, KINDS, answer_of, client_of, request_of
from tests.contract.wire import CHAT, DUAL, ENVELOPES, NATIVE, OPENAI, WHOLE, Stream
from tests.workers_ai.reading import finish_of, read, text_of, usage_of
from workers_ai_local.replay import ReplayEndpoint, replaying
from workers_ai_ls.workers_ai.refusals import Asked, refused

SAYING = {"pieces": ["You", 4], "usage": {"prompt": 21, "completion": 5, "cached": 16}}
ASKING = {"messages": [{"role": "user", "content": "Hi"}], "max_tokens": 64}


def said_by(at: ReplayEndpoint, path: str, **body: object) -> httpx.Response:
    return httpx.post(
        f"{at.base_url}/accounts/{at.account_id}/ai/{path}",
        json={**ASKING, **body},
        headers={"authorization": f"Bearer {at.token}"},
        trust_env=False,
    )


@pytest.mark.parametrize(
    ("shape", "path", "stream"),
    [
        ("native", "run", NATIVE),
        ("dual", "run", DUAL),
        ("openai", "run", OPENAI),
        ("openai", "v1/chat/completions", CHAT),
        ("native", "v1/chat/completions", CHAT),
    ],
)
def test_the_endpoint_sends_the_wires_frames(shape: str, path: str, stream: Stream) -> None:
    with replaying({"replies": [{"shape": shape, **SAYING}]}) as at:
        model = {} if path == "run" else {"model": at.model}
        at_path = f"run/{at.model}" if path == "run" else path
        response = said_by(at, at_path, stream=True, **model)

    assert response.headers["content-type"].startswith("text/event-stream")
    assert stream.pattern.fullmatch(response.text), response.text


def test_the_endpoint_sends_the_wires_envelope() -> None:
    with replaying({"replies": [SAYING]}) as at:
        response = said_by(at, f"run/{at.model}", stream=False)

    answer, expected = json.loads(response.text), json.loads(WHOLE)
    assert list(answer["result"]) == list(expected["result"])
    # A number is a piece of a stream; a whole answer is text.
    assert (list(answer), answer) == (list(expected), expected)
    assert response.headers["cf-ai-req-id"]
    assert float(response.headers["cf-ai-neurons"]) > 0


@pytest.mark.parametrize("layer", ENVELOPES)
def test_the_endpoint_sends_the_wires_refusals(layer: str) -> None:
    error = {"status": 429, "code": 3040, "message": "Told", "layer": layer}
    with replaying({"replies": [{"error": error}]}) as at:
        response = said_by(at, f"run/{at.model}", stream=True)

    assert response.status_code == 429
    assert response.text == ENVELOPES[layer]


@pytest.mark.parametrize("stream", [NATIVE, DUAL, OPENAI, CHAT])
def test_the_client_reads_the_wires_frames(stream: Stream) -> None:
    assert stream.pattern.fullmatch(stream.example.decode())
    for size in (0, 1):
        events = read(stream.example, size)
        usage = usage_of(events)
        assert (text_of(events), finish_of(events)) == ("You4", "stop")
        assert usage is not None
        assert (usage.prompt_tokens, usage.completion_tokens, usage.cached_tokens) == (21, 5, 16)


def test_the_client_reads_the_wires_envelope() -> None:
    events = read(WHOLE.encode())

    assert (text_of(events), finish_of(events)) == ("You4", "stop")


@pytest.mark.parametrize("layer", ENVELOPES)
def test_the_client_reads_the_wires_refusals(layer: str) -> None:
    failure = refused(429, {}, ENVELOPES[layer].encode(), Asked("m", "h"))

    assert (type(failure).__name__, failure.refusal.code) == ("NoCapacity", 3040)
    assert failure.refusal.detail == "Told"


MESSAGES = [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": "Hi 😋"},
]
SCOPED = {"messages": MESSAGES, "max_tokens": 64, "stream": True}
CHATTING = {**SCOPED, "stream_options": {"include_usage": True}}
ACCOUNT = "/accounts/" + "0" * 32
ASKED: dict[str, tuple[str, dict[str, Any], bool]] = {
    "rest": (f"/client/v4{ACCOUNT}/ai/run/MODEL", SCOPED, False),
    "rest through a gateway": (f"/client/v4{ACCOUNT}/ai/run/MODEL", SCOPED, True),
    "openai": (f"/client/v4{ACCOUNT}/ai/v1/chat/completions", CHATTING, False),
    "openai through a gateway": (f"/client/v4{ACCOUNT}/ai/v1/chat/completions", CHATTING, True),
    "openai anywhere": ("/v1/chat/completions", CHATTING, False),
    "gateway": ("/v1/" + "0" * 32 + "/mine/workers-ai/MODEL", SCOPED, False),
    "worker": ("/run", SCOPED, False),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_the_client_asks_as_the_wire_has_it(kind: str) -> None:
    path, body, names_gateway = ASKED[kind]
    with replaying({"replies": [SAYING]}, gateways=GATEWAYS) as at:
        async with client_of(kind, at) as client:
            await answer_of(client, request_of(at, session="doc-1"))
        seen: dict[str, Any] = at.wait_for("request")

    named = {} if "MODEL" in path else {"model": at.model}
    assert (seen["method"], seen["path"]) == ("POST", path.replace("MODEL", at.model))
    assert json.loads(seen["body"]) == {**named, **body}
    assert seen["headers"]["content-type"] == "application/json"
    assert seen["headers"]["accept"] == "text/event-stream"
    assert seen["headers"]["x-session-affinity"] == "doc-1"
    assert seen["headers"].get("cf-aig-gateway-id") == ("mine" if names_gateway else None)
