"""An answer whose budget was all thinking is a failure that says so, not an empty answer."""

import json
from collections.abc import Callable

import pytest

from tests.scripted_answers import DONE, frame, openai_stream
from tests.workers_ai.reading import ASKED, finish_of, read, read_on, reasoning_of, text_of
from workers_ai_ls.workers_ai import OnlyReasoning, Usage

THINKING = ("Hm, ", "so")
SENTENCE = (
    f"{ASKED.model} spent its whole answer on thinking: set workersAI.reasoningEffort to low, "
    "raise workersAI.maxTokens, or choose another model."
)


def used(completion: int, reasoning: int | None = None) -> dict[str, object]:
    details = {} if reasoning is None else {"reasoning_tokens": reasoning}
    return {
        "prompt_tokens": 9,
        "completion_tokens": completion,
        "completion_tokens_details": details,
    }


def streamed(
    content: object, reasoning: str | None, finish: str | None, usage: dict[str, object]
) -> bytes:
    delta = {"content": content, "reasoning_content": reasoning}
    chunk = frame({"choices": [{"delta": delta, "finish_reason": finish}]})
    return chunk + frame({"choices": [], "usage": usage}) + DONE


def whole(
    content: object, reasoning: str | None, finish: str | None, usage: dict[str, object]
) -> bytes:
    message = {"content": content, "reasoning_content": reasoning}
    choices = [{"message": message, "finish_reason": finish}]
    result = {"object": "chat.completion", "choices": choices, "usage": usage}
    return json.dumps({"result": result, "success": True}).encode()


@pytest.mark.parametrize("shape", [streamed, whole])
@pytest.mark.parametrize(
    ("content", "reasoning", "finish", "usage"),
    [
        (None, "Hm", "length", used(3)),
        ("", "Hm", "length", used(3)),
        ("\n\n", "Hm", "length", used(3)),
        (None, "Hm", None, used(100)),
        (None, "Hm", "stop", used(100)),
        # Thinking that is not sent shows by the count alone.
        (None, None, "length", used(100)),
        (None, None, "length", used(7, 7)),
        (None, None, None, used(100)),
    ],
)
def test_a_budget_that_thinking_ate_is_a_failure(
    shape: Callable[..., bytes],
    content: object,
    reasoning: str | None,
    finish: str | None,
    usage: dict[str, object],
) -> None:
    events, failure = read_on(shape(content, reasoning, finish, usage))

    assert type(failure) is OnlyReasoning
    assert str(failure) == SENTENCE
    # What it cost is told all the same.
    assert isinstance(events[-1], Usage)
    assert reasoning_of(events) == (reasoning or "")


@pytest.mark.parametrize("shape", [streamed, whole])
@pytest.mark.parametrize(
    ("content", "reasoning", "finish", "usage", "reason"),
    [
        ("a", "Hm", "length", used(100), "length"),
        (0, "Hm", "length", used(100), "length"),
        (None, "Hm", "stop", used(3), "stop"),
        (None, None, "stop", used(3), "stop"),
        (None, None, "length", used(3), "length"),
        (None, "Hm", "tool_calls", used(100), "tool_calls"),
        (None, None, "content_filter", used(100), "content_filter"),
    ],
)
def test_other_answers_are_answers(
    shape: Callable[..., bytes],
    content: object,
    reasoning: str | None,
    finish: str | None,
    usage: dict[str, object],
    reason: str,
) -> None:
    events = read(shape(content, reasoning, finish, usage))

    assert finish_of(events) == reason


def test_what_came_before_the_failure_is_told() -> None:
    events, failure = read_on(openai_stream(reasoning=THINKING, finish="length").body, 1)

    assert type(failure) is OnlyReasoning
    assert (reasoning_of(events), text_of(events)) == ("Hm, so", "")


def test_the_tokens_of_thinking_are_read() -> None:
    events = read(streamed("a", "Hm", "stop", used(7, 5)))

    assert Usage(prompt_tokens=9, completion_tokens=7, reasoning_tokens=5) in events
