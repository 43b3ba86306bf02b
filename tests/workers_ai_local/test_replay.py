import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.workers_ai_local.wire import client, run, stream, streamed
from workers_ai_local.replay import ReplayEndpoint, read_script, replaying

SEED_MODEL = "@hf/thebloke/deepseek-coder-6.7b-instruct-awq"


def reply(**values: object) -> dict[str, object]:
    return {"replies": [values]}


def without_padding(seen: list[Any]) -> list[Any]:
    return [
        {key: value for key, value in event.items() if key not in {"p", "id", "created"}}
        if isinstance(event, dict)
        else event
        for event in seen
    ]


USAGE = {
    "prompt_tokens": 9,
    "completion_tokens": 2,
    "total_tokens": 11,
    "prompt_tokens_details": {"cached_tokens": 4},
}
COUNTED = {"prompt": 9, "completion": 2, "cached": 4}


def test_the_native_shape() -> None:
    with replaying(reply(pieces=["a", "é😋"], usage=COUNTED)) as endpoint:
        seen = streamed(endpoint)
    assert without_padding(seen) == [
        {"response": "a"},
        {"response": "é😋"},
        {"tool_calls": []},
        {"response": "", "usage": USAGE},
        "[DONE]",
    ]
    assert isinstance(seen[0]["p"], str)


def test_the_dual_shape_says_each_piece_twice_in_one_event() -> None:
    with replaying(reply(pieces=["a"], shape="dual", usage=COUNTED)) as endpoint:
        seen = streamed(endpoint)
    assert seen[0]["response"] == seen[0]["choices"][0]["delta"]["content"] == "a"
    assert seen[1]["choices"][0]["finish_reason"] == "stop"
    assert seen[2:] == [{"response": "", "usage": USAGE}, "[DONE]"]


def test_the_openai_shape() -> None:
    pieces = [{"reasoning": "hm"}, "a"]
    script = reply(pieces=pieces, shape="openai", usage=COUNTED, reason="length")
    with replaying(script) as endpoint:
        seen = streamed(endpoint)
    deltas = [event["choices"][0]["delta"] for event in seen[:4]]
    assert deltas == [
        {"role": "assistant", "content": ""},
        {"reasoning_content": "hm"},
        {"content": "a"},
        {},
    ]
    assert seen[3]["choices"][0]["finish_reason"] == "length"
    assert (seen[4]["choices"], seen[4]["usage"]) == ([], USAGE)
    # 9 tokens in and 2 out at the default model's price.
    assert seen[5:] == [{"response": "", "usage": {**USAGE, "neurons": 0.721818}}, "[DONE]"]
    increments = [event["usage"]["completion_tokens"] for event in seen[:3]]
    assert increments == [0, 1, 1]
    assert seen[0]["object"] == "chat.completion.chunk"


def test_one_json_body_although_a_stream_was_asked_for() -> None:
    with replaying(reply(text="a b", shape="json", usage=COUNTED)) as endpoint:
        response = run(endpoint, {"prompt": "x", "stream": True})
    assert response.headers["content-type"] == "application/json"
    assert response.json()["result"] == {"response": "a b", "tool_calls": [], "usage": USAGE}


@pytest.mark.parametrize("value", [7, 1.5, None, {"a": 1}, True])
@pytest.mark.parametrize("shape", ["native", "dual", "openai"])
def test_a_piece_that_is_no_string_stays_what_it_is(shape: str, value: object) -> None:
    with replaying(reply(pieces=[{"value": value}], shape=shape)) as endpoint:
        seen = streamed(endpoint)
    if shape == "openai":
        assert seen[1]["choices"][0]["delta"]["content"] == value
    else:
        assert seen[0]["response"] == value


def test_a_text_is_cut_into_words_and_counted() -> None:
    text = "def f():\n    return 1\n"
    with replaying(reply(text=text)) as endpoint:
        seen = streamed(endpoint)
    pieces = [event["response"] for event in seen[:-3]]
    assert "".join(pieces) == text
    assert len(pieces) == seen[-2]["usage"]["completion_tokens"] == 5
    assert seen[-2]["usage"]["prompt_tokens"] == 2


def test_raw_bytes_and_no_usage() -> None:
    script = reply(pieces=[{"raw": ": comment\r\n\r\ndata: {}\r\n\r\n"}], usage=None)
    with replaying(script) as endpoint, client(endpoint) as http:
        body = {"prompt": "x", "stream": True}
        content = http.post(f"/run/{endpoint.model}", json=body).content
    assert content.startswith(b": comment\r\n\r\ndata: {}\r\n\r\n")
    assert b"usage" not in content
    assert content.endswith(b"data: [DONE]\n\n")


def test_numbers_in_a_text_may_be_numbers_on_the_wire() -> None:
    with replaying(reply(text="x = 2 + 10\n007", numbers=True)) as endpoint:
        pieces = [event["response"] for event in streamed(endpoint)[:-3]]
    assert pieces == ["x", " =", " ", 2, " +", " ", 10, "\n", "007"]
    assert "".join(map(str, pieces)) == "x = 2 + 10\n007"


def test_finish_frames_and_dones_may_be_repeated_or_missing() -> None:
    for shape, key in (("openai", "finish_reason"), ("native", "tool_calls")):
        for count in (0, 2):
            script = reply(text="a", shape=shape, finishes=count, dones=count)
            with replaying(script) as endpoint:
                seen = streamed(endpoint)
            assert seen.count("[DONE]") == count
            ends = [event for event in seen if f'"{key}": "stop"' in json.dumps(event)]
            natives = [event for event in seen if "tool_calls" in event]
            assert len(ends if shape == "openai" else natives) == count


def test_a_stream_sent_byte_by_byte_and_an_event_of_its_own() -> None:
    pieces = ["é😋", {"frame": {"error": {"code": 1, "message": "é"}}}]
    with replaying(reply(pieces=pieces, chunk=1)) as endpoint, client(endpoint) as http:
        with stream(http, endpoint) as response:
            raw = list(response.iter_raw())
        assert max(map(len, raw)) == 1
        content = b"".join(raw).decode()
    assert content.startswith('data: {"response":"é😋","p":')
    assert 'data: {"error":{"code":1,"message":"é"}}\n\n' in content


def test_the_window_is_the_models_own_unless_the_script_has_one() -> None:
    for more, window in (({}, "4096"), ({"window": 99}, "99")):
        with (
            replaying(reply(text="x") | {"models": [SEED_MODEL]} | more) as endpoint,
            client(endpoint) as http,
        ):
            (found,) = http.get("/models/search").json()["result"]
        assert found["properties"] == [{"property_id": "context_window", "value": window}]


def test_replies_are_chosen_by_words_and_used_up() -> None:
    script = {
        "replies": [
            {"when": "explain", "text": "explained"},
            {"times": 1, "text": "first"},
            {"times": 1, "text": "second"},
        ]
    }
    with replaying(script) as endpoint:
        prompts = ["x", "please explain", "x", "explain", "x"]
        answers = [run(endpoint, {"prompt": prompt}).json() for prompt in prompts]
    texts = [answer["result"].get("response") for answer in answers]
    assert texts == ["first", "explained", "second", "explained", None]
    assert answers[-1]["errors"][0]["code"] == 8001


def test_the_last_user_message_counts() -> None:
    talk = [
        {"role": "user", "content": "old"},
        {"role": "assistant", "content": "answer"},
        {"role": "user", "content": [{"type": "text", "text": "new"}]},
    ]
    replies = [{"when": "old", "text": "1"}, {"when": "new", "text": "2"}]
    # The default model's own schema has no content in parts.
    with replaying({"replies": replies, "models": ["@cf/some/new"]}) as endpoint:
        assert run(endpoint, {"messages": talk}).json()["result"]["response"] == "2"


def test_it_serves_any_model_id_of_the_script() -> None:
    script = reply(text="x") | {"models": [SEED_MODEL], "token": "mine"}
    with replaying(script) as endpoint:
        assert (endpoint.model, endpoint.token) == (SEED_MODEL, "mine")
        assert run(endpoint, {"prompt": "x"}).status_code == 200


@pytest.mark.parametrize(
    ("layer", "body"),
    [
        (
            "model",
            {
                "errors": [{"message": "m", "code": 9}],
                "success": False,
                "result": {},
                "messages": [],
            },
        ),
        (
            "edge",
            {
                "result": None,
                "success": False,
                "errors": [{"code": 9, "message": "m"}],
                "messages": [],
            },
        ),
        ("openai", {"error": {"code": 9, "message": "m"}}),
        (
            "gateway",
            {
                "success": False,
                "result": [],
                "messages": [],
                "error": [{"code": 9, "message": "m"}],
                "name": "AiGatewayError",
                "httpCode": 429,
                "internalCode": 9,
            },
        ),
    ],
)
def test_an_error_in_each_envelope(layer: str, body: object) -> None:
    error = {
        "status": 429,
        "code": 9,
        "message": "m",
        "layer": layer,
        "headers": {"Retry-After": "2"},
    }
    with replaying(reply(error=error)) as endpoint:
        for _ in range(2):
            response = run(endpoint, {"prompt": "x", "stream": True})
            assert (response.status_code, response.json()) == (429, body)
            assert response.headers["retry-after"] == "2"


def test_a_proxys_html() -> None:
    error = {"status": 502, "body": "<html>", "headers": {"content-type": "text/html"}}
    with replaying(reply(error=error)) as endpoint:
        response = run(endpoint, {"prompt": "x"})
    assert (response.status_code, response.text) == (502, "<html>")
    assert response.headers["content-type"] == "text/html"


def test_a_cut_stream_ends_in_order_but_without_done() -> None:
    with replaying(reply(pieces=["a"], end="cut")) as endpoint:
        assert without_padding(streamed(endpoint)) == [{"response": "a"}]
        endpoint.wait_for("end")
    assert endpoint.events[-1]["outcome"] == "cut"


@pytest.mark.parametrize("body", [{"prompt": "x", "stream": True}, {"prompt": "x"}])
def test_a_dropped_connection_breaks_the_body(body: object) -> None:
    with replaying(reply(pieces=["a"], end="drop")) as endpoint:
        with pytest.raises(httpx.RemoteProtocolError):
            run(endpoint, body)
        endpoint.wait_for("end")
    assert endpoint.events[-1]["outcome"] == "dropped"


@pytest.mark.parametrize("values", [{"pieces": ["a"], "end": "hang"}, {"text": "a", "delay": 3600}])
def test_closing_a_hanging_connection_is_noticed(values: dict[str, object]) -> None:
    with replaying(reply(**values)) as endpoint:
        with client(endpoint, timeout=0.3) as http, pytest.raises(httpx.ReadTimeout):
            _read_stream(http, endpoint)
        assert endpoint.wait_for("end")["outcome"] == "closed by client"


def _read_stream(http: httpx.Client, endpoint: ReplayEndpoint) -> None:
    with stream(http, endpoint) as response:
        response.read()


@pytest.fixture
def script_file(tmp_path: Path) -> Path:
    path = tmp_path / "script.json"
    path.write_text(json.dumps(reply(text="hello")))
    return path


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "workers_ai_local.replay", *map(str, arguments)]


@pytest.fixture
def program(script_file: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    arguments = command(script_file, "--log", tmp_path / "log", "--until-stdin-closes")
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def test_the_command_line(program: subprocess.Popen[str], tmp_path: Path) -> None:
    assert program.stdin
    assert program.stdout
    ready = json.loads(program.stdout.readline())
    endpoint = ReplayEndpoint(**ready)
    assert run(endpoint, {"prompt": "x"}).json()["result"]["response"] == "hello"
    program.stdin.close()
    assert program.wait(10) == 0
    request, end = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert json.loads(request["body"]) == {"prompt": "x"}
    assert request["model"] == endpoint.model
    assert endpoint.token not in json.dumps([request, end])
    assert (end["event"], end["outcome"]) == ("end", "finished")
    assert end["at"] >= request["at"]


def test_a_bad_script_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "script.json"
    path.write_text('{"replies": [{"shap": "dual"}]}')
    done = subprocess.run(command(path), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{path} is no replay script (")
    assert "shap" in done.stderr


@pytest.mark.parametrize(
    "bad", [{"shape": "square"}, {"end": "never"}, {"pieces": [{"tex": "a"}]}, {"reason": "why"}]
)
def test_what_no_script_may_say_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"square|never|tex|why"):
        read_script(reply(**bad))
