"""From our client through the Worker on real workerd to the embedded model, and back."""

import itertools
import json
import time
from collections.abc import Iterator
from contextlib import aclosing
from typing import Any

import httpx
import pytest

from tests.worker.gated_endpoint import gated_endpoint
from tests.worker.team_worker import TeamWorker, team_worker
from tests.workers_ai_local.real_model import real_model
from workers_ai_local import LocalEndpoint, start_local
from workers_ai_ls.workers_ai import (
    BadToken,
    ContextOverflow,
    Endpoint,
    Finish,
    Message,
    ModelNotAllowed,
    Request,
    Text,
    open_client,
)

pytestmark = pytest.mark.worker

WORDS = "Write a Python function that adds two numbers."
MESSAGES = [{"role": "user", "content": WORDS}]
REST = "/client/v4/accounts/any/ai"


@pytest.fixture(scope="module")
def local() -> Iterator[LocalEndpoint]:
    with start_local(real_model()) as running:
        yield running


@pytest.fixture(scope="module")
def worker(local: LocalEndpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TeamWorker]:
    with team_worker(local, tmp_path_factory.mktemp("wrangler")) as running:
        yield running


def http_of(worker: TeamWorker, **headers: str) -> httpx.Client:
    credentials = {"authorization": f"Bearer {worker.key}", "accept-encoding": "identity"}
    return httpx.Client(base_url=worker.url, headers=credentials | headers, timeout=60)


def endpoint_of(worker: TeamWorker, *, key: str | None = None) -> Endpoint:
    header = ("authorization", f"Bearer {key or worker.key}")
    return Endpoint(kind="worker", base_url=f"{worker.url}/run", headers=(header,))


def request_for(model: str, words: str = WORDS, max_tokens: int = 40) -> Request:
    return Request(model=model, messages=(Message("user", words),), max_tokens=max_tokens)


@pytest.mark.parametrize("path", ["/run", f"{REST}/run/@local/qwen2.5-coder-0.5b-instruct"])
def test_chunks_arrive_while_the_model_writes(worker: TeamWorker, path: str) -> None:
    body = {"messages": MESSAGES, "stream": True, "max_tokens": 40}
    asked_at = time.monotonic()
    arrived: list[tuple[float, str]] = []
    with http_of(worker) as http, http.stream("POST", path, json=body) as response:
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/event-stream"
        assert response.headers["cf-ai-req-id"]
        arrived.extend((time.monotonic(), line) for line in response.iter_lines() if line)
    times = [at for at, _ in arrived]
    events: list[Any] = [json.loads(line[6:]) for _, line in arrived[:-1]]
    assert arrived[-1][1] == "data: [DONE]"
    assert len("".join(event.get("response", "") for event in events)) > 40
    assert events[-1]["usage"]["completion_tokens"] <= 40
    # A buffer anywhere would let everything come at once, at the end.
    moments = sum(later - earlier > 0.002 for earlier, later in itertools.pairwise(times))
    assert moments >= 15
    assert times[-1] - times[0] > 0.3 * (times[-1] - asked_at)


async def test_our_client_reads_the_answer(worker: TeamWorker, local: LocalEndpoint) -> None:
    async with (
        open_client(endpoint_of(worker)) as client,
        aclosing(client.stream(request_for(local.model))) as stream,
    ):
        events = [event async for event in stream]
    assert len("".join(event.text for event in events if isinstance(event, Text))) > 40
    assert isinstance(events[-1], Finish)


async def test_refusals_reach_our_client_as_what_they_are(
    worker: TeamWorker, local: LocalEndpoint
) -> None:
    async def fail(endpoint: Endpoint, request: Request) -> None:
        async with (
            open_client(endpoint) as client,
            aclosing(client.stream(request)) as stream,
        ):
            await anext(stream)

    with pytest.raises(BadToken):
        await fail(endpoint_of(worker, key="wai_another"), request_for(local.model))
    with pytest.raises(ModelNotAllowed):
        await fail(endpoint_of(worker), request_for("@cf/not/on-the-list"))
    with pytest.raises(ContextOverflow):
        await fail(endpoint_of(worker), request_for(local.model, "long " * 9000))


def test_an_answer_in_one_piece_is_enveloped_and_within_the_ceiling(worker: TeamWorker) -> None:
    body = {"input": {"messages": MESSAGES, "max_tokens": 12}}
    with http_of(worker) as http:
        answer = http.post("/run", json=body).json()
    assert answer["success"] is True
    assert answer["result"]["response"]
    assert answer["result"]["usage"]["completion_tokens"] <= 12


def test_the_allow_list_can_be_searched(worker: TeamWorker, local: LocalEndpoint) -> None:
    with http_of(worker) as http:
        found = http.get(f"{REST}/models/search", params={"search": "0.5b"}).json()
    assert [model["name"] for model in found["result"]] == [local.model]


def test_no_prompt_and_no_key_is_logged(worker: TeamWorker) -> None:
    with http_of(worker) as http:
        http.post("/run", json={"messages": MESSAGES, "max_tokens": 1})
        http.post("/run", content='{"messages": "' + WORDS)
    written = "".join(worker.output)
    assert "POST /run" in written
    assert WORDS not in written
    assert worker.key not in written


def test_each_chunk_comes_before_the_next_is_made_and_leaving_stops_the_model(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    frames = [b'data: {"response":"%d"}\n\n' % number for number in range(100)]
    folder = tmp_path_factory.mktemp("gated")
    with gated_endpoint(*frames) as endpoint, team_worker(endpoint, folder) as worker:
        with (
            http_of(worker, **{"x-session-affinity": "doc-1"}) as http,
            http.stream("POST", "/run", json={"messages": MESSAGES, "stream": True}) as response,
        ):
            lines = filter(None, response.iter_lines())
            for number in range(3):
                assert next(lines) == f'data: {{"response":"{number}"}}'
                endpoint.gate.release()
        # `wrangler dev` notices that a reader has left when it hands on the next chunk.
        for _ in range(50):
            if endpoint.gone.wait(0.1):
                break
            endpoint.gate.release()
        assert endpoint.gone.is_set(), "the answer went on after its reader had left"
        assert endpoint.sent < len(frames) / 2
        assert endpoint.headers["x-session-affinity"] == "doc-1"
        assert endpoint.headers["authorization"] == "Bearer t0ken"
