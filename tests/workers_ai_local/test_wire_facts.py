"""The frames as they were seen on the wire: facts that client and endpoint must not drift from."""

import re
from collections.abc import Iterator

import pytest

from tests.workers_ai_local.wire import MESSAGES, client, run, streamed
from workers_ai_local.demonstrations import DEMONSTRATIONS
from workers_ai_local.replay import ReplayEndpoint, replaying

TEXT = "def half(x):\n    return x / 2\n"

# `…` stands for padding, ids and times.
NATIVE = (
    'data: {"response":"You","p":"…"}\n\n'
    'data: {"response":" are","p":"…"}\n\n'
    'data: {"tool_calls":[],"p":"…"}\n\n'
    'data: {"response":"","usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,'
    '"prompt_tokens_details":{"cached_tokens":4}}}\n\n'
    "data: [DONE]\n\n"
)
CHUNK = (
    'data: {"id":"chatcmpl-…","object":"chat.completion.chunk","created":…,"model":"@cf/some/new",'
)
NO_USAGE = (
    '"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0,'
    '"prompt_tokens_details":{"cached_tokens":0}}'
)
ONE_TOKEN = (
    '"usage":{"prompt_tokens":0,"completion_tokens":1,"total_tokens":1,'
    '"prompt_tokens_details":{"cached_tokens":0}}'
)
SUM = (
    '"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,'
    '"prompt_tokens_details":{"cached_tokens":4}'
)
DUAL = (
    CHUNK + '"choices":[{"index":0,"delta":{"content":"You"},"finish_reason":null}],'
    '"response":"You","p":"…"}\n\n'
    + CHUNK
    + '"choices":[{"index":0,"delta":{"content":" are"},"finish_reason":null}],'
    '"response":" are","p":"…"}\n\n'
    + CHUNK
    + '"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'
    'data: {"response":"",' + SUM + "}}\n\n"
    "data: [DONE]\n\n"
)
OPENAI = (
    CHUNK
    + '"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],'
    + f"{NO_USAGE}}}\n\n"
    + CHUNK
    + '"choices":[{"index":0,"delta":{"reasoning_content":"Hm"},"finish_reason":null}],'
    + f"{ONE_TOKEN}}}\n\n"
    + CHUNK
    + '"choices":[{"index":0,"delta":{"content":"You"},"finish_reason":null}],'
    + f"{ONE_TOKEN}}}\n\n"
    + CHUNK
    + '"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'
    + CHUNK
    + f'"choices":[],{SUM}}}}}\n\n'
    + f'data: {{"response":"",{SUM},"neurons":0.0}}}}\n\n'
    "data: [DONE]\n\n"
)
WHOLE = (
    '{"result":{"response":"You are",'
    + SUM
    + ('},"tool_calls":[]},"success":true,"errors":[],"messages":[]}')
)


@pytest.mark.parametrize(
    ("shape", "pieces", "expected"),
    [
        ("native", ["You", " are"], NATIVE),
        ("dual", ["You", " are"], DUAL),
        ("openai", [{"reasoning": "Hm"}, "You"], OPENAI),
        ("json", ["You", " are"], WHOLE),
    ],
)
def test_the_frames_of_each_shape(shape: str, pieces: list[object], expected: str) -> None:
    usage = {"prompt": 9, "completion": 2, "cached": 4}
    reply = {"shape": shape, "pieces": pieces, "usage": usage}
    with replaying({"replies": [reply], "models": ["@cf/some/new"]}) as endpoint:
        content = run(endpoint, {"messages": MESSAGES, "stream": True}).text
    content = re.sub(r'"p":"[\w-]+"', '"p":"…"', content)
    content = re.sub(r"chatcmpl-[0-9a-f-]{36}", "chatcmpl-…", content)
    assert re.sub(r'"created":\d{10},', '"created":…,', content) == expected


def test_the_headers_of_answers() -> None:
    reply = {"text": "a", "usage": {"prompt": 1_000_000, "completion": 1_000_000}}
    with replaying({"replies": [reply]}) as endpoint:
        whole = run(endpoint, {"messages": MESSAGES})
        stream = run(endpoint, {"messages": MESSAGES, "stream": True})
        refused = run(endpoint, {})
    # qwen2.5-coder-32b: 60,000 neurons a million tokens in, 90,909 out.
    assert whole.headers["cf-ai-neurons"] == "150909.00"
    assert "cf-ai-neurons" not in stream.headers
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", whole.headers["cf-ai-req-id"])
    assert stream.headers["cf-ai-req-id"] != whole.headers["cf-ai-req-id"]
    for response in (whole, stream, refused):
        assert re.fullmatch(r"[0-9a-f]{16}-[A-Z]{3}", response.headers["cf-ray"])


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ReplayEndpoint]:
    with replaying({"replies": []}) as running:
        yield running


@pytest.mark.parametrize("numbers", ["", "-numbers"])
@pytest.mark.parametrize("shape", ["native", "dual", "openai"])
def test_each_shape_by_a_models_id(endpoint: ReplayEndpoint, shape: str, numbers: str) -> None:
    endpoint.model = f"@local/shape/{shape}{numbers}"
    seen = [event for event in streamed(endpoint) if event != "[DONE]"]
    natives = [event["response"] for event in seen if "response" in event]
    deltas = [choice["delta"] for event in seen for choice in event.get("choices", [])]
    contents = [delta["content"] for delta in deltas if "content" in delta]
    pieces = contents if shape == "openai" else natives
    assert "".join(map(str, pieces)) == TEXT
    if shape == "dual":
        assert [*contents, ""] == natives
    assert (2 in pieces) == bool(numbers)


def test_further_shapes_by_a_models_id(endpoint: ReplayEndpoint) -> None:
    def seen(name: str) -> list[object]:
        endpoint.model = f"@local/shape/{name}"
        return list(streamed(endpoint))

    def whole(name: str) -> object:
        endpoint.model = f"@local/shape/{name}"
        response = run(endpoint, {"prompt": "x", "stream": True})
        assert response.headers["content-type"] == "application/json"
        return response.json()["result"]["response"]

    assert (whole("json"), whole("json-number")) == (TEXT, 2)
    assert '"response": {"half": 0.5}' in str(seen("object")).replace("'", '"')
    assert str(seen("null")).count("'response': None") == 2
    assert "'finish_reason': 'length'" in str(seen("length"))
    reasoning = str(seen("reasoning"))
    assert reasoning.index("'reasoning_content': 'Halve'") < reasoning.index("return")
    assert "{'reasoning': 'Halve it.'}" in str(seen("reasoning-key"))
    only = str(seen("reasoning-only"))
    assert "'finish_reason': 'length'" in only
    assert only.count("'content'") == 1  # The role's chunk, which is empty.
    assert "usage" not in str(seen("no-usage"))


def test_reasoning_in_one_body(endpoint: ReplayEndpoint) -> None:
    with client(endpoint) as http:
        answer = http.post("/run/@local/shape/reasoning", json={"prompt": "x"}).json()
    (choice,) = answer["result"]["choices"]
    assert choice["message"] == {
        "role": "assistant",
        "content": TEXT,
        "reasoning_content": "Halve it.",
    }


def test_every_shape_is_tested_here() -> None:
    tested = {f"{shape}{n}" for shape in ("native", "dual", "openai") for n in ("", "-numbers")}
    tested |= {"json", "json-number", "object", "null", "length", "no-usage"}
    tested |= {"reasoning", "reasoning-key", "reasoning-only"}
    prefix = "@local/shape/"
    assert {id_.removeprefix(prefix) for id_ in DEMONSTRATIONS if id_.startswith(prefix)} == tested
