"""The embedded model end to end: real bytes, a real process, the real wire."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.workers_ai_local.real_model import real_model
from tests.workers_ai_local.wire import client, events, run, stream
from workers_ai_local import extra, local_endpoint, start_local
from workers_ai_local.catalogue import SMALL
from workers_ai_local.local_endpoint import LocalEndpoint
from workers_ai_local.model_file import ModelFile
from workers_ai_ls.errors import Failure

ALIAS = "@cf/qwen/qwen2.5-coder-32b-instruct"
SEED = "@hf/thebloke/deepseek-coder-6.7b-instruct-awq"
CODE = [{"role": "user", "content": "Write a Python function that adds two numbers."}]
ENDLESS = {"messages": [{"role": "user", "content": "Count from 1 to 5000."}], "max_tokens": 4000}


@pytest.fixture(scope="module")
def model_file() -> ModelFile:
    return real_model()


@pytest.fixture(scope="module")
def endpoint(model_file: ModelFile) -> Iterator[LocalEndpoint]:
    with start_local(model_file, aliases=[ALIAS, SEED]) as running:
        yield running


def test_it_answers_under_its_own_id_and_its_aliases(endpoint: LocalEndpoint) -> None:
    assert endpoint.model == SMALL.id
    for model in (SMALL.id, ALIAS):
        with client(endpoint) as http:
            asked = {"messages": CODE, "max_tokens": 60}
            answer = http.post(f"/run/{model}", json=asked).json()
        assert "def " in answer["result"]["response"]
        assert answer["result"]["usage"]["completion_tokens"] <= 60


def test_the_seeds_model_works_with_its_own_window(endpoint: LocalEndpoint) -> None:
    with client(endpoint) as http:
        whole = http.post(f"/run/{SEED}", json={"messages": CODE, "max_tokens": 30}).json()
        asked = {"messages": CODE, "max_tokens": 4096}
        refused = http.post(f"/run/{SEED}", json=asked)
        (listed,) = http.get("/models/search", params={"search": SEED}).json()["result"]
        gone = http.post(f"/run/{SEED.replace('instruct', 'base')}", json=asked)
    assert whole["result"]["usage"]["completion_tokens"] == 30
    assert refused.json()["errors"][0]["code"] == 5021
    assert "context window limit (4096)" in refused.json()["errors"][0]["message"]
    assert listed["properties"] == [{"property_id": "context_window", "value": "4096"}]
    assert gone.status_code == 410


def test_the_other_kinds_of_endpoint_are_there(endpoint: LocalEndpoint) -> None:
    headers = {"Authorization": f"Bearer {endpoint.token}"}
    body = {"model": endpoint.model, "messages": CODE, "max_tokens": 5}
    gateway = f"/v1/{endpoint.account_id}/default/workers-ai/{endpoint.model}"
    with httpx.Client(base_url=endpoint.origin, headers=headers, timeout=60) as http:
        chat = http.post("/v1/chat/completions", json=body).json()
        worker = http.post("/run", json={"messages": CODE, "max_tokens": 5}).json()
        through = http.post(gateway, json={"messages": CODE, "max_tokens": 5})
    assert chat["choices"][0]["message"]["content"]
    assert chat["choices"][0]["finish_reason"] == "length"
    assert worker["result"]["usage"]["completion_tokens"] == 5
    assert through.headers["cf-aig-cache-status"] == "MISS"
    assert through.headers["cf-ai-neurons"] == "0.00"  # This machine is nobody's neurons.


def test_it_can_stream_in_openais_shape(model_file: ModelFile) -> None:
    with (
        start_local(model_file, shape="openai") as running,
        client(running) as http,
        stream(http, running, messages=CODE, max_tokens=5) as response,
    ):
        seen = list(events(response))
    assert seen[0]["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    assert seen[-2]["response"] == ""
    assert (seen[-2]["usage"]["completion_tokens"], seen[-2]["usage"]["neurons"]) == (5, 0.0)


def test_it_streams_token_by_token_and_counts_them(endpoint: LocalEndpoint) -> None:
    with (
        client(endpoint) as http,
        stream(http, endpoint, messages=CODE, max_tokens=30) as response,
    ):
        seen = [(time.monotonic(), event) for event in events(response)]
    pieces = [(at, event["response"]) for at, event in seen[:-1] if event.get("response")]
    usage = seen[-2][1]["usage"]
    assert seen[-1][1] == "[DONE]"
    assert usage["completion_tokens"] == 30
    assert 25 <= len(pieces) <= 30  # A token may end within a character.
    assert usage["total_tokens"] == usage["prompt_tokens"] + 30
    assert 30 < usage["prompt_tokens"] < 50
    assert pieces[-1][0] - pieces[0][0] > 0.1


def test_unscoped_and_raw_prompts(endpoint: LocalEndpoint) -> None:
    unscoped = run(endpoint, {"prompt": "Say hi", "max_tokens": 10}).json()["result"]
    raw = run(endpoint, {"prompt": "def add(a, b):\n    return", "raw": True, "max_tokens": 4})
    assert unscoped["usage"]["prompt_tokens"] > 20  # The template's own tokens.
    assert raw.json()["result"]["usage"]["prompt_tokens"] < 12
    assert "a + b" in raw.json()["result"]["response"]


def test_a_prompt_over_the_window_is_refused_in_cloudflares_words(endpoint: LocalEndpoint) -> None:
    for body in ({"prompt": "word " * 9000}, {"prompt": "hi", "max_tokens": 8192}):
        response = run(endpoint, body | {"stream": True})
        error = response.json()["errors"][0]
        assert (response.status_code, error["code"]) == (413, 5021)
        assert "exceeded this model context window limit (8192). (" in error["message"]


def test_closing_the_connection_frees_the_engine_at_once(endpoint: LocalEndpoint) -> None:
    with client(endpoint) as http:
        with stream(http, endpoint, **ENDLESS) as response:
            incoming = events(response)
            assert [next(incoming)["response"] for _ in range(3)]
        closed = time.monotonic()
        run(endpoint, {"prompt": "hi", "max_tokens": 1})
    # The 4,000 tokens asked for take minutes; this is the time for one more and the next answer.
    assert time.monotonic() - closed < 5


def test_closing_it_while_the_prompt_is_read_frees_the_engine_too(endpoint: LocalEndpoint) -> None:
    long = "def function_with_a_name(argument): return argument * 2\n" * 400
    asked = {"prompt": long, "stream": True, "max_tokens": 9}
    with client(endpoint, timeout=0.5) as http, pytest.raises(httpx.ReadTimeout):
        http.post(f"/run/{endpoint.model}", json=asked)
    closed = time.monotonic()
    run(endpoint, {"prompt": "hi", "max_tokens": 1})
    assert time.monotonic() - closed < 10  # Reading all of it takes half a minute on two cores.


def test_overlapping_requests_are_all_answered(endpoint: LocalEndpoint) -> None:
    async def ask(http: httpx.AsyncClient, number: int) -> str:
        asked = {"prompt": f"Say the number {number}.", "max_tokens": 12}
        response = await http.post(f"/run/{endpoint.model}", json=asked)
        return str(response.json()["result"]["response"])

    async def ask_all() -> list[str]:
        with client(endpoint) as plain:
            base, headers = plain.base_url, plain.headers
        async with httpx.AsyncClient(base_url=base, headers=headers, timeout=60) as http:
            asked = [asyncio.create_task(ask(http, number)) for number in range(4)]
            found = await http.get("/models/search")  # Meanwhile the event loop is free.
            assert found.json()["result"][0]["name"] == SMALL.id
            assert not all(task.done() for task in asked)
            return await asyncio.gather(*asked)

    assert all(asyncio.run(ask_all()))


def test_the_token_is_in_no_command_line(endpoint: LocalEndpoint) -> None:
    assert isinstance(endpoint._process.args, list)
    assert endpoint.token not in " ".join(map(str, endpoint._process.args))
    assert endpoint.token not in repr(endpoint)


async def test_it_leaves_after_idle_time_but_not_while_it_answers(model_file: ModelFile) -> None:
    async with local_endpoint(model_file, idle_seconds=2.0) as running:
        asked = {"messages": CODE, "max_tokens": 60}
        answer = (await asyncio.to_thread(run, running, asked)).json()
        assert answer["result"]["usage"]["completion_tokens"] > 1
        assert running.running
        assert await asyncio.wait_for(asyncio.to_thread(running.wait), 20) == 0
        assert not running.running


def test_stopping_ends_the_process_in_the_middle_of_an_answer(model_file: ModelFile) -> None:
    running = start_local(model_file)
    with client(running) as http, stream(http, running, **ENDLESS) as response:
        next(events(response))
        begun = time.monotonic()
        running.stop()
        assert time.monotonic() - begun < 5
    assert not running.running
    running.stop()


PARENT = """
import sys, pathlib, time
from workers_ai_local import SMALL, ModelFile, start_local
endpoint = start_local(ModelFile(SMALL, pathlib.Path(sys.argv[1])))
print(endpoint.base_url, flush=True)
time.sleep(600)
"""


def test_it_goes_when_its_starter_is_killed(model_file: ModelFile) -> None:
    command = [sys.executable, "-c", PARENT, str(model_file.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        port = urlsplit(parent.stdout.readline()).port
        assert port
        with socket.create_connection(("127.0.0.1", port)) as held:
            held.settimeout(20)
            parent.kill()
            assert _next_byte(held) == b""  # The connection ends with the process that held it.


def _next_byte(connection: socket.socket) -> bytes:
    try:
        return connection.recv(1)
    except ConnectionResetError:
        return b""


def test_a_file_that_is_no_model_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(Failure, match=r"broken\.gguf could not be loaded"):
        start_local(ModelFile(SMALL, path))


def test_a_process_that_dies_is_one_sentence(
    model_file: ModelFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHOME", os.devnull)  # No interpreter starts from there.
    with pytest.raises(Failure, match=r"ended with code 1 before it was ready.*Ollama"):
        start_local(model_file)


def test_the_process_starts_with_threads_that_do_not_spin(
    model_file: ModelFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Started(Exception):  # noqa: N818 - ends the test's run of start_local
        pass

    def popen(_command: list[str], **options: object) -> None:
        raise Started(options["env"])

    monkeypatch.setattr(subprocess, "Popen", popen)
    with pytest.raises(Started) as caught:
        start_local(model_file)
    assert caught.value.args[0]["OMP_WAIT_POLICY"] == "passive"


def test_without_the_extra_it_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None if name == "xllamacpp" else name)
    with pytest.raises(Failure) as caught:
        start_local(ModelFile(SMALL, tmp_path))
    assert str(caught.value) == (
        "The local endpoint needs its extra: pip install 'workers-ai-language-server[local]'"
    )


def test_importing_the_package_needs_nothing_of_the_extra() -> None:
    blocked = "import sys; sys.modules.update(dict.fromkeys(('starlette', 'uvicorn', 'xllamacpp')))"
    code = f"{blocked}; import workers_ai_local; workers_ai_local.find_model_file"
    subprocess.run([sys.executable, "-c", code], check=True)
