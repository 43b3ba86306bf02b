"""What an answer cost, in words and in figures: never more than is known."""

from __future__ import annotations

import pytest

from workers_ai_ls.context import Prompt, Turn
from workers_ai_ls.jobs.answer import Answer
from workers_ai_ls.jobs.cost import in_words, spent
from workers_ai_ls.workers_ai import Reasoning, Retrying, Served, Text, Usage, model

PRICED = "@cf/qwen/qwen2.5-coder-32b-instruct"
"""60,000 neurons per million tokens in, 90,909 out."""
OWN = "qwen2.5-coder:7b"


def answer_of(*events: Text | Reasoning | Served | Usage, model_id: str = PRICED) -> Answer:
    answer = Answer(Prompt((Turn("user", "?"),), 100), model(model_id))
    for event in events:
        answer.take(event)
    return answer


@pytest.mark.parametrize(
    ("usage", "words"),
    [
        (
            Usage(812, 94, 906, cached_tokens=512, neurons=7.34),
            "812 tokens in (512 cached), 94 out, 7.3 neurons",
        ),
        (Usage(1812, 1, 1813, cached_tokens=0, neurons=0.0456), "1,812 tokens in, 1 out, 0.046 ne"),
        (Usage(1, 94, neurons=1234.56), "1 token in, 94 out, 1,234.6 neurons"),
        (Usage(completion_tokens=94), "94 tokens out"),
        (Usage(completion_tokens=1), "1 token out"),
        (Usage(prompt_tokens=812), "812 tokens in"),
        (Usage(neurons=2.0), "2.0 neurons"),
        (Usage(), ""),
        (Usage(neurons=float("nan")), ""),
    ],
)
def test_in_words(usage: Usage, words: str) -> None:
    told = in_words(answer_of(usage))
    assert told.startswith(words)
    assert bool(told) == bool(words)


def test_neurons_that_nobody_told_come_from_the_price() -> None:
    answer = answer_of(Usage(1_000_000, 1000))
    price = answer.model.price
    assert price is not None
    expected = price.neurons_per_m_input + price.neurons_per_m_output / 1000
    assert spent(answer).neurons == pytest.approx(expected)
    assert in_words(answer).endswith(f"{expected:,.1f} neurons")


def test_what_the_endpoint_told_of_neurons_stands() -> None:
    assert spent(answer_of(Usage(1_000_000, 1000, neurons=3.0))).neurons == 3.0


@pytest.mark.parametrize("model_id", [OWN, "@local/qwen2.5-coder-0.5b-instruct"])
def test_without_a_price_no_neurons_are_claimed(model_id: str) -> None:
    answer = answer_of(Usage(812, 94), model_id=model_id)
    assert spent(answer).neurons is None
    assert in_words(answer) == "812 tokens in, 94 out"


@pytest.mark.parametrize("usage", [Usage(812, None), Usage(None, 94)])
def test_half_of_the_tokens_have_no_price(usage: Usage) -> None:
    assert spent(answer_of(usage)).neurons is None


def test_what_the_gateway_had_costs_nothing_and_is_told() -> None:
    answer = answer_of(Served("HIT", "log-1"), Usage(812, 94, neurons=7.3))
    assert in_words(answer) == "from the gateway's cache, 812 tokens in, 94 out"
    assert spent(answer).neurons == 0.0
    assert "cache" not in in_words(answer_of(Served("MISS", "log-1"), Usage(812, 94)))


def test_what_came_of_a_broken_answer_is_counted_and_not_claimed() -> None:
    answer = answer_of(Reasoning("Hm"), Text("def "), Text("half"))
    assert spent(answer) == Usage(completion_tokens=3)
    assert in_words(answer) == ""
    assert spent(answer_of()) == Usage()


def test_thinking_is_told_and_is_no_text() -> None:
    answer = answer_of()
    assert answer.take(Served()) == ""
    assert answer.take(Reasoning("Hm")) == "thinking"
    assert answer.text == ""
    assert answer.take(Text("def")) == "1 token"


@pytest.mark.parametrize(
    ("delay", "words"), [(2.2, "busy, trying again in 2 s"), (0.0, "busy, trying again now")]
)
def test_a_retry_is_told(delay: float, words: str) -> None:
    assert answer_of().take(Retrying(delay, "busy")) == words
