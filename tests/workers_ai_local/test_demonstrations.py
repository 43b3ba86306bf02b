"""Every error, fault and shape on demand: a row each."""

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.workers_ai_local.wire import MESSAGES, client, streamed
from workers_ai_local.demonstrations import DEMONSTRATIONS
from workers_ai_local.replay import ReplayEndpoint, replaying

UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
UPGRADE = "if you would like to continue usage."


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ReplayEndpoint]:
    with replaying({"replies": []}) as running:
        yield running


def ask(endpoint: ReplayEndpoint, model: str, *, stream: bool = True) -> httpx.Response:
    with client(endpoint) as http:
        return http.post(f"/run/{model}", json={"messages": MESSAGES, "stream": stream})


# Name, status, layer, and what the message begins and ends with.
ERRORS: list[tuple[str, int, str, str, str]] = [
    ("3003", 400, "model", "Request is missing headers or body: ", ""),
    ("3006", 413, "model", "Request is too large", ""),
    ("3007", 408, "model", "Request timeout", ""),
    ("3008", 408, "model", "Request was aborted", ""),
    ("3021", 429, "model", "AiError: AiError: rate limiting: inference request per min", "UUID"),
    ("3023", 403, "model", "Service unavailable for account", ""),
    ("3036", 429, "model", "You have used up your daily free allocation of 10,000", UPGRADE),
    (
        "3039",
        400,
        "model",
        "Finetune is missing required files",
        "(model.safetensors and config.json)",
    ),
    ("3040", 429, "model", "Capacity temporarily exceeded, please try again.", ""),
    ("3041", 403, "model", "The account is not allowed to access this model", ""),
    ("3042", 404, "model", "The model name is invalid", ""),
    ("3043", 500, "model", "Internal server error", ""),
    ("3046", 408, "model", "AiError: AiError: Request timeout", "UUID"),
    ("4006", 429, "model", "you have used up your daily free allocation of 10,000", UPGRADE),
    ("5004", 400, "model", "Invalid data type for base64 input: ", ""),
    ("5005", 405, "model", "The model @local/error/5005 does not support LoRa inference", ""),
    (
        "5006",
        400,
        "model",
        "AiError: Bad input: Error: oneOf at '/' not met, 0 matches: ",
        "'messages'",
    ),
    ("5007", 400, "model", "No such model @local/error/5007 or task", ""),
    ("5016", 403, "model", "User has not agreed to Llama3.2 model terms", ""),
    ("5018", 403, "model", "AiError: Ai: This account is not allowed to access @local", "5018"),
    ("5019", 405, "model", "Request trying to use deprecated SDK version", ""),
    ("5021", 413, "model", "AiError: Ai: The estimated number of input and maximum", "UUID"),
    ("5028", 410, "model", "AiError: Model has been deprecated: @local/error/5028 was", "UUID"),
    ("5035", 403, "model", "This model requires a Workers Paid plan. See pricing for details.", ""),
    ("8001", 400, "model", "AiError: AiError: Invalid input", "UUID"),
    ("8005", 500, "model", "Internal server error", ""),
    ("8006", 400, "model", "forced tool on reasoning model with too small max_tokens", ""),
    (
        "8007",
        400,
        "model",
        'AiError: AiError: {"object":"error","message":"This model\'s max',
        "UUID",
    ),
    ("10000", 401, "edge", "Authentication error", ""),
    ("10000-403", 403, "edge", "Authentication error", ""),
    ("9106", 400, "edge", "Authentication failed (status: 400)", ""),
    ("9106-403", 403, "edge", "Missing X-Auth-Email header", ""),
    ("9109", 403, "edge", "Unauthorized to access requested resource", ""),
    ("9109-token", 403, "edge", "Invalid access token", ""),
    ("6003", 400, "edge", "Invalid request headers", ""),
    ("7000", 400, "edge", "No route for that URI", ""),
    ("7001", 405, "edge", "GET not supported for requested URI.", ""),
    ("7003", 404, "edge", "Could not route to /client/v4/accounts/x/ai", "identifier is invalid?"),
    ("2001", 400, "gateway", "Please configure AI Gateway in the Cloudflare dashboard", ""),
    ("2003", 429, "gateway", "Rate limited", ""),
    ("2009", 401, "gateway", "Unauthorized", ""),
]


@pytest.mark.parametrize(
    ("name", "status", "layer", "begin", "end"), ERRORS, ids=[row[0] for row in ERRORS]
)
def test_each_error(
    endpoint: ReplayEndpoint, name: str, status: int, layer: str, begin: str, end: str
) -> None:
    response = ask(endpoint, f"@local/error/{name}")
    body = response.json()
    assert response.status_code == status
    assert response.headers["content-type"] == "application/json"
    assert body["success"] is False
    assert body["result"] == {"model": {}, "edge": None, "gateway": []}[layer]
    (error,) = body["error" if layer == "gateway" else "errors"]
    assert str(error["code"]) == name.partition("-")[0]
    assert error["message"].startswith(begin)
    assert not re.search("<.*>", error["message"])
    if end == "UUID":
        assert re.search(rf" \({UUID}\)$", error["message"])
    else:
        assert error["message"].endswith(end)
    waits = response.headers.get("retry-after")
    if name in {"3021", "2003"}:
        assert waits is not None
        assert 1 <= int(waits) <= 60
    else:
        assert waits is None


def test_errors_of_other_layers_and_none(endpoint: ReplayEndpoint) -> None:
    response = ask(endpoint, "@local/error/3046-openai")
    (error,) = response.json().values()
    assert (response.status_code, error["code"]) == (408, "invalid_prompt")
    assert re.fullmatch(rf"AiError: AiError: Request timeout \({UUID}\)", error["message"])
    response = ask(endpoint, "@local/error/json-mode")
    assert (response.status_code, response.json()["success"]) == (200, False)
    assert response.json()["errors"] == [{"message": "JSON Mode couldn't be met"}]


def test_every_error_has_a_row() -> None:
    names = {row[0] for row in ERRORS} | {"3046-openai", "json-mode"}
    prefix = "@local/error/"
    assert {id_.removeprefix(prefix) for id_ in DEMONSTRATIONS if id_.startswith(prefix)} == names


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("3040", '{"errors":[{"message":"Capacity temporarily exceeded, please try again.","code":3040}],"success":false,"result":{},"messages":[]}'),
        ("10000", '{"result":null,"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[]}'),
        ("7000", '{"success":false,"errors":[{"code":7000,"message":"No route for that URI"}],"messages":[],"result":null}'),
        ("3046-openai", '{"error":{"code":"invalid_prompt","message":"AiError: AiError: Request timeout ('),
        ("2001", '{"success":false,"result":[],"messages":[],"error":[{"code":2001,"message":"Please configure AI Gateway in the Cloudflare dashboard"}],"name":"AiGatewayError","httpCode":400,"internalCode":2001}'),
    ],
)  # fmt: skip
def test_the_envelopes_byte_for_byte(endpoint: ReplayEndpoint, name: str, start: str) -> None:
    assert ask(endpoint, f"@local/error/{name}").text.startswith(start)


WHOLE_FAULTS: list[tuple[str, int, str, str]] = [
    ("empty", 200, "application/json", ""),
    ("not-json", 200, "application/json", '{"result":'),
    ("html", 200, "text/html; charset=utf-8", "<!DOCTYPE html>"),
    ("html-502", 502, "text/html; charset=utf-8", "<!DOCTYPE html>"),
    ("sign-in-page", 200, "text/html; charset=utf-8", "<!DOCTYPE html>"),
]


@pytest.mark.parametrize(("name", "status", "kind", "start"), WHOLE_FAULTS)
def test_each_fault_in_place_of_an_answer(
    endpoint: ReplayEndpoint, name: str, status: int, kind: str, start: str
) -> None:
    response = ask(endpoint, f"@local/fault/{name}")
    assert (response.status_code, response.headers["content-type"]) == (status, kind)
    assert response.text.startswith(start)
    assert bool(response.text) == bool(start)


def test_a_redirect_to_a_sign_in_page_of_no_host_that_there_is(endpoint: ReplayEndpoint) -> None:
    response = ask(endpoint, "@local/fault/sign-in")
    assert response.status_code == 302
    location = httpx.URL(response.headers["location"])
    assert location.host.endswith(".example")
    assert location.path.startswith("/cdn-cgi/access/login/")


FAILURE = {"message": "AiError: AiError: Internal server error", "code": 3043}
IN_MID_STREAM: list[tuple[str, dict[str, Any]]] = [
    ("error", {"error": FAILURE}),
    ("errors", {"errors": [FAILURE], "success": False, "result": {}, "messages": []}),
]


@pytest.mark.parametrize(("name", "last"), IN_MID_STREAM)
def test_each_error_in_mid_stream(
    endpoint: ReplayEndpoint, name: str, last: dict[str, Any]
) -> None:
    endpoint.model = f"@local/fault/{name}"
    *before, event = streamed(endpoint)
    assert [each["response"] for each in before] == ["def", " half(x):"]
    assert event == last


def test_a_finish_reason_that_is_an_error(endpoint: ReplayEndpoint) -> None:
    endpoint.model = "@local/fault/finish-error"
    seen = streamed(endpoint)
    reasons = [event["choices"][0]["finish_reason"] for event in seen[:4]]
    assert reasons == [None, None, None, "error"]


@pytest.mark.parametrize("name", ["cut", "cut-frame"])
def test_each_stream_that_ends_early(endpoint: ReplayEndpoint, name: str) -> None:
    response = ask(endpoint, f"@local/fault/{name}")
    assert response.text.startswith('data: {"response":"def"')
    assert "[DONE]" not in response.text
    assert "usage" not in response.text
    assert response.text.endswith("\n\n") == (name == "cut")


@pytest.mark.parametrize("name", ["drop", "dropped"])
@pytest.mark.parametrize("stream", [True, False])
def test_each_dropped_connection(endpoint: ReplayEndpoint, name: str, *, stream: bool) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        ask(endpoint, f"@local/fault/{name}", stream=stream)


@pytest.mark.parametrize(("name", "begun"), [("hang", False), ("stalled", True)])
def test_each_hang(endpoint: ReplayEndpoint, name: str, *, begun: bool) -> None:
    seen: list[bytes] = []
    with client(endpoint, timeout=0.3) as http, pytest.raises(httpx.ReadTimeout):
        read(http, name, seen)
    assert (b"half" in b"".join(seen)) == begun
    assert b"[DONE]" not in b"".join(seen)


def read(http: httpx.Client, name: str, seen: list[bytes]) -> None:
    asked = {"messages": MESSAGES, "stream": True}
    with http.stream("POST", f"/run/@local/fault/{name}", json=asked) as response:
        for part in response.iter_raw():
            seen.append(part)  # noqa: PERF402 - what came before the time is over counts


@pytest.mark.parametrize(
    ("name", "text", "dones"),
    [
        ("nothing-said", "", 1),
        ("two-dones", "def half(x):", 2),
        ("no-done", "def half(x):", 0),
        ("bytes", "# 😋 é 日本", 1),
        ("comments", "def half(x):", 1),
        ("crlf", "def half(x):", 1),
    ],
)
def test_each_oddity_that_is_a_whole_answer(
    endpoint: ReplayEndpoint, name: str, text: str, dones: int
) -> None:
    content = ask(endpoint, f"@local/fault/{name}").text
    events = re.findall(r"^data: (\{.*\})\r?$", content, re.MULTILINE)
    said = ""
    for event in map(json.loads, events):
        choices = event.get("choices") or [{"delta": {}}]
        said += event.get("response") or choices[0]["delta"].get("content") or ""
    assert said == text
    assert content.count("data: [DONE]") == dones
    assert (": keep-alive\r\n" in content) == (name == "comments")


def test_every_fault_has_a_row() -> None:
    rows = {row[0] for row in WHOLE_FAULTS} | {row[0] for row in IN_MID_STREAM}
    rows |= {"sign-in", "finish-error", "cut", "cut-frame", "drop", "dropped", "hang", "stalled"}
    rows |= {"nothing-said", "two-dones", "no-done", "bytes", "comments", "crlf"}
    prefix = "@local/fault/"
    assert {id_.removeprefix(prefix) for id_ in DEMONSTRATIONS if id_.startswith(prefix)} == rows


def test_demonstrations_need_the_token_and_are_not_in_the_list(endpoint: ReplayEndpoint) -> None:
    url = f"{endpoint.base_url}/accounts/{endpoint.account_id}/ai/run/@local/error/3040"
    assert httpx.post(url, json={"prompt": "x"}).status_code == 403
    with client(endpoint) as http:
        assert http.get("/models/search", params={"search": "@local/"}).json()["result"] == []
        assert (
            http.post("/run/@local/error/1", json={"prompt": "x"}).json()["errors"][0]["code"]
            == 5007
        )
