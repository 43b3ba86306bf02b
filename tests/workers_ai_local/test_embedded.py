import asyncio
import threading
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from workers_ai_local.api_errors import ApiError
from workers_ai_local.embedded import EmbeddedEngine, llama_body
from workers_ai_local.engine import Event, Finish, ServedModel, Shape, Text, Usage
from workers_ai_local.llama_chunks import Chunk
from workers_ai_local.run_request import RunRequest

WINDOW = 100
MODEL = ServedModel("m", WINDOW, "")
REQUEST = RunRequest(
    model="m",
    messages=({"role": "user", "content": "hi"},),
    prompt=None,
    raw=False,
    stream=True,
    max_tokens=20,
    knobs={},
)


def progress(tokens: int) -> Chunk:
    return {"choices": [{"delta": {"content": None}}], "prompt_progress": {"total": tokens}}


def piece(text: str) -> Chunk:
    return {"choices": [{"delta": {"content": text}, "finish_reason": None}]}


def end(reason: str) -> Chunk:
    return {"choices": [{"delta": {}, "finish_reason": reason}]}


COUNTS: Chunk = {
    "choices": [],
    "usage": {
        "prompt_tokens": 7,
        "completion_tokens": 2,
        "prompt_tokens_details": {"cached_tokens": 3},
    },
}


class FakeLlama:
    """Says its chunks; `gate`, where given, lets them through one by one."""

    def __init__(self, *chunks: Chunk, gate: threading.Semaphore | None = None) -> None:
        self.chunks = chunks
        self.gate = gate
        self.bodies: list[Any] = []
        self.said = 0
        self.returned = threading.Event()

    def handle_chat_completions(self, body: object, callback: Callable[[Chunk], bool]) -> None:
        self.bodies.append(body)
        for chunk in self.chunks:
            if self.gate is not None:
                assert self.gate.acquire(timeout=10)
            self.said += 1
            if callback(chunk):
                break
        self.returned.set()

    handle_completions = handle_chat_completions


def engine_of(llama: FakeLlama) -> EmbeddedEngine:
    return EmbeddedEngine(llama, [MODEL], WINDOW)


async def all_events(llama: FakeLlama, request: RunRequest = REQUEST) -> list[Event]:
    async with engine_of(llama).answer(request) as answer:
        return [event async for event in answer.events]


async def test_pieces_counts_and_reason() -> None:
    chunks = [progress(7), progress(7), piece("a"), piece(""), piece("b"), end("length"), COUNTS]
    assert await all_events(FakeLlama(*chunks)) == [
        Text("a"),
        Text("b"),
        Finish(Usage(7, 2, 3), "length"),
    ]


async def test_an_answer_that_just_ends_is_cut() -> None:
    assert await all_events(FakeLlama(progress(7), piece("a"))) == [Text("a")]


async def test_leaving_stops_within_one_token() -> None:
    gate = threading.Semaphore(2)
    llama = FakeLlama(progress(7), *[piece("a")] * 1000, gate=gate)
    async with engine_of(llama).answer(REQUEST) as answer:
        assert await anext(aiter(answer.events)) == Text("a")
    assert llama.said == 2
    gate.release(1000)
    await asyncio.to_thread(llama.returned.wait, 10)
    assert llama.said == 3


async def test_requests_wait_for_each_other_and_a_cancelled_one_never_runs() -> None:
    gate = threading.Semaphore(0)
    llama = FakeLlama(progress(7), end("stop"), gate=gate)
    engine = engine_of(llama)

    async def ask(words: str) -> list[Event]:
        message = {"role": "user", "content": words}
        async with engine.answer(attrs.evolve(REQUEST, messages=(message,))) as answer:
            return [event async for event in answer.events]

    tasks = [asyncio.create_task(ask(words)) for words in ("first", "second", "third")]
    await asyncio.sleep(0)
    tasks[1].cancel()
    # The gate opens only when the second has gone, or it might use up what is the third's.
    await asyncio.wait([tasks[1]])
    gate.release(4)
    assert await tasks[0] == await tasks[2] == [Finish(None, "stop")]
    assert [body["messages"][0]["content"] for body in llama.bodies] == ["first", "third"]


@pytest.mark.parametrize("tokens", [81, 99])
async def test_a_prompt_that_leaves_no_room_for_the_answer(tokens: int) -> None:
    llama = FakeLlama(progress(tokens), piece("a"))
    with pytest.raises(ApiError) as caught:
        await all_events(llama)
    assert (caught.value.status, caught.value.code) == (413, 5021)
    assert f"tokens ({tokens + 20}) exceeded this model context window limit (100)" in str(
        caught.value.message
    )
    assert await all_events(FakeLlama(progress(80), end("stop"))) == [Finish(None, "stop")]


async def test_a_model_keeps_its_own_window_where_it_is_smaller() -> None:
    models = [ServedModel("m", 50, ""), ServedModel("large", 999, "")]
    for model, window in (("m", 50), ("large", WINDOW)):
        llama = FakeLlama(progress(window - 19), piece("a"))
        engine = EmbeddedEngine(llama, models, WINDOW)
        with pytest.raises(ApiError) as caught:
            async with engine.answer(attrs.evolve(REQUEST, model=model)):
                pass
        assert f"context window limit ({window})" in caught.value.message


async def test_whoever_will_not_wait_is_refused_while_another_is_answered() -> None:
    gate = threading.Semaphore(1)
    llama = FakeLlama(progress(7), piece("a"), end("stop"), gate=gate)
    engine = engine_of(llama)
    hasty = attrs.evolve(REQUEST, reject_if_busy=True)
    async with engine.answer(REQUEST):
        with pytest.raises(ApiError) as caught:
            async with engine.answer(hasty):
                pass
        assert (caught.value.status, caught.value.code, caught.value.headers) == (429, 3040, {})
    gate.release(10)
    async with engine.answer(hasty) as answer:
        assert await anext(aiter(answer.events)) == Text("a")


@pytest.mark.parametrize("shape", ["native", "dual", "openai"])
async def test_the_shape_is_the_engines(shape: Shape) -> None:
    engine = EmbeddedEngine(FakeLlama(progress(7), end("stop")), [MODEL], WINDOW, shape)
    async with engine.answer(REQUEST) as answer:
        assert answer.shape == shape


async def test_a_prompt_over_the_window() -> None:
    error = {"code": 400, "type": "exceed_context_size_error", "n_prompt_tokens": 500}
    with pytest.raises(ApiError) as caught:
        await all_events(FakeLlama({"error": error}))
    assert (caught.value.status, caught.value.code) == (413, 5021)
    assert "tokens (520)" in caught.value.message


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ({"code": 400, "type": "invalid_request_error"}, (400, 8001)),
        ({"code": 500, "type": "server_error"}, (500, 8005)),
    ],
)
async def test_other_refusals(error: Chunk, expected: tuple[int, int]) -> None:
    with pytest.raises(ApiError) as caught:
        await all_events(FakeLlama({"error": error}))
    assert (caught.value.status, caught.value.code) == expected


async def test_a_failure_in_the_middle() -> None:
    llama = FakeLlama(progress(7), piece("a"), {"error": {"code": 500}})
    async with engine_of(llama).answer(REQUEST) as answer:
        events = aiter(answer.events)
        assert await anext(events) == Text("a")
        with pytest.raises(ApiError):
            await anext(events)


@pytest.mark.parametrize("error", [ValueError("no template"), RuntimeError("broken")])
async def test_what_the_library_raises_is_an_answer(error: Exception) -> None:
    class Raising(FakeLlama):
        def handle_chat_completions(self, body: object, callback: Callable[[Chunk], bool]) -> None:
            del body, callback
            raise error

    with pytest.raises(ApiError) as caught:
        await all_events(Raising())
    assert caught.value.code == (8001 if isinstance(error, ValueError) else 8005)


@pytest.mark.parametrize(
    ("knobs", "temperature", "penalty"),
    [
        ({}, 0.2, 1.1),
        ({"temperature": 0, "repetition_penalty": 1.0}, 0.2, 1.1),
        ({"temperature": 0.9, "repetition_penalty": 1.3}, 0.9, 1.3),
    ],
)
def test_sampling_is_held_to_what_a_small_model_stands(
    knobs: dict[str, float], temperature: float, penalty: float
) -> None:
    body = llama_body(attrs.evolve(REQUEST, knobs=knobs | {"top_k": 5}))
    assert (body["temperature"], body["repeat_penalty"]) == (temperature, penalty)
    assert (body["top_k"], body["max_tokens"]) == (5, 20)
    assert "repetition_penalty" not in body


def test_a_prompt_is_put_into_the_template_unless_it_is_raw() -> None:
    prompt = attrs.evolve(REQUEST, messages=(), prompt="p")
    assert llama_body(prompt)["messages"] == [{"role": "user", "content": "p"}]
    raw = llama_body(attrs.evolve(prompt, raw=True))
    assert raw["prompt"] == "p"
    assert "messages" not in raw
