"""The same request has the same answer through every kind of endpoint."""

from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from tests.contract.kinds import (
    GATEWAY,
    GATEWAYS,
    KINDS,
    THROUGH_A_GATEWAY,
    answer_of,
    client_of,
    request_of,
)
from tests.workers_ai.reading import reasoning_of, text_of, usage_of
from workers_ai_local.replay import ReplayEndpoint, replaying
from workers_ai_ls import workers_ai as w

SHAPES = ("native", "dual", "openai", "json")
PIECES = ["x = ", 42, "  # ä€", "😋\n"]
USAGE = {"prompt": 21, "completion": 5, "cached": 16}


def reply(when: str, shape: str, **values: object) -> dict[str, object]:
    return {"when": f"{when} {shape}", "shape": shape, "usage": USAGE, **values}


REPLIES = [
    *(reply("plain", shape, pieces=PIECES) for shape in SHAPES),
    *(reply("long", shape, pieces=["a"], usage={**USAGE, "completion": 64}) for shape in SHAPES),
    *(reply("messy", shape, pieces=PIECES, finishes=2, dones=2, chunk=1) for shape in SHAPES),
    reply("thinking", "openai", pieces=[{"reasoning": "Hm, "}, {"reasoning": "so"}, "a"]),
    reply("only", "openai", pieces=[{"reasoning": "Hm"}], reason="length"),
]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ReplayEndpoint]:
    with replaying({"replies": REPLIES}, gateways=GATEWAYS) as at:
        yield at


async def answer(kind: str, at: ReplayEndpoint, words: str, **changes: Any) -> list[w.Event]:
    messages = (w.Message("system", "Be brief."), w.Message("user", words))
    async with client_of(kind, at) as client:
        return await answer_of(client, request_of(at, messages=messages, **changes))


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("what", ["plain", "messy"])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", KINDS)
async def test_text_usage_and_finish_are_the_same(
    kind: str,
    shape: str,
    what: str,
    endpoint: ReplayEndpoint,
    stream: bool,  # noqa: FBT001 - a column of the table
) -> None:
    events = await answer(kind, endpoint, f"{what} {shape}", stream=stream)

    usage = usage_of(events)
    assert isinstance(events[0], w.Served)
    assert text_of(events) == "x = 42  # ä€😋\n"
    assert reasoning_of(events) == ""
    assert usage is not None
    told = (usage.prompt_tokens, usage.completion_tokens, usage.total_tokens, usage.cached_tokens)
    assert told == (21, 5, 26, 16)
    assert events[-1] == w.Finish("stop")


@pytest.mark.parametrize("kind", KINDS)
async def test_thinking_is_apart(kind: str, endpoint: ReplayEndpoint) -> None:
    for stream in (True, False):
        events = await answer(kind, endpoint, "thinking openai", stream=stream)
        assert (reasoning_of(events), text_of(events)) == ("Hm, so", "a")


@pytest.mark.parametrize("kind", KINDS)
async def test_thinking_alone_is_a_failure(kind: str, endpoint: ReplayEndpoint) -> None:
    for stream in (True, False):
        with pytest.raises(w.OnlyReasoning):
            await answer(kind, endpoint, "only openai", stream=stream)


@pytest.mark.parametrize("shape", ["native", "json"])
@pytest.mark.parametrize("kind", ["rest", "gateway", "worker"])
async def test_where_no_reason_comes_the_tokens_tell_that_it_was_cut(
    kind: str, shape: str, endpoint: ReplayEndpoint
) -> None:
    assert (await answer(kind, endpoint, f"long {shape}"))[-1] == w.Finish("length")


@pytest.mark.parametrize("raw", [False, True])
@pytest.mark.parametrize("kind", KINDS)
async def test_a_prompt_is_answered_as_messages_are(
    kind: str,
    endpoint: ReplayEndpoint,
    raw: bool,  # noqa: FBT001 - a column of the table
) -> None:
    request = w.Request(model=endpoint.model, max_tokens=64, prompt="plain native", raw=raw)
    async with client_of(kind, endpoint) as client:
        assert text_of(await answer_of(client, request)) == "x = 42  # ä€😋\n"


@pytest.mark.parametrize("kind", KINDS)
async def test_every_parameter_is_taken(kind: str, endpoint: ReplayEndpoint) -> None:
    parameters: dict[str, Any] = {
        "temperature": 0.0,
        "top_p": 0.5,
        "top_k": 50,
        "seed": 9_999_999_999,
        "repetition_penalty": 1.1,
        "frequency_penalty": 0.1,
        "presence_penalty": 0.2,
        "reasoning_effort": "low",
        "session": "doc-1",
        "extra": {"chat_template_kwargs": {"enable_thinking": False}},
    }

    assert text_of(await answer(kind, endpoint, "plain native", **parameters))


@pytest.mark.parametrize("kind", KINDS)
async def test_the_check_passes(kind: str) -> None:
    with replaying({"replies": [{"text": "Hello"}]}, gateways=GATEWAYS) as at:
        async with client_of(kind, at) as client:
            names = await client.check(at.model)

    lists = kind in ("rest", "openai", "openai anywhere")
    assert names == ((at.model,) if lists else None)


@pytest.mark.parametrize("kind", THROUGH_A_GATEWAY)
async def test_a_gateways_cache_and_log_are_told(kind: str) -> None:
    keeping = attrs.evolve(GATEWAY, cache_ttl=300)
    skipping = attrs.evolve(keeping, skip_cache=True)
    served = []
    with replaying({"replies": [{"text": "Hello"}]}, gateways=GATEWAYS) as at:
        for gateway in (keeping, keeping, skipping):
            async with client_of(kind, at, gateway=gateway) as client:
                events = await answer_of(client, request_of(at))
            assert text_of(events) == "Hello"
            served.append(events[0])

    told = [event for event in served if isinstance(event, w.Served)]
    assert [event.cache for event in told] == ["MISS", "HIT", "MISS"]
    assert len({event.log_id for event in told} - {""}) == 3
    assert all(event.request_id for event in told)


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {*THROUGH_A_GATEWAY}))
async def test_without_a_gateway_nothing_is_told_of_one(
    kind: str, endpoint: ReplayEndpoint
) -> None:
    (served, *_) = await answer(kind, endpoint, "plain native")

    assert isinstance(served, w.Served)
    assert (served.cache, served.log_id) == ("", "")
