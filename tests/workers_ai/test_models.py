from typing import get_args, get_type_hints

import pytest

from workers_ai_ls.workers_ai import (
    DEFAULT_MODEL,
    FREE_NEURONS_PER_DAY,
    TYPICAL_ACTION,
    Model,
    Thinking,
    Usage,
    all_models,
    alternative,
    model,
)
from workers_ai_ls.workers_ai.models import AnswerShape, Status

USD_PER_1000_NEURONS = 0.011

SEED = "@hf/thebloke/deepseek-coder-6.7b-instruct-awq"


@pytest.mark.parametrize("entry", all_models(), ids=lambda entry: entry.id)
def test_every_entry_is_whole(entry: Model) -> None:
    assert model(entry.id) is entry
    assert entry.status in set(get_args(Status)) - {"unknown"}
    assert 0 < entry.max_output <= entry.context_window
    assert isinstance(entry.reasoning, bool)
    assert isinstance(entry.requires_paid, bool)
    assert (entry.status == "withdrawn") == (entry.successor is not None)
    assert (entry.status == "withdrawn") == (entry.withdrawn_on is not None)
    assert entry.shape in get_args(AnswerShape)
    assert entry.requests_per_minute in (None, 20, 300)
    # Cloudflare says so of each: what only a paid plan may use is limited to 20.
    assert entry.requires_paid == (entry.requests_per_minute == 20)
    assert entry.thinking is None or entry.reasoning
    for value in filter(None, (entry.price, entry.thinking)):
        for name, kind in get_type_hints(type(value)).items():
            expected = tuple if name == "efforts" else kind | int
            assert isinstance(getattr(value, name), expected)


@pytest.mark.parametrize("entry", all_models(), ids=lambda entry: entry.id)
def test_a_price_is_the_same_in_dollars_and_in_neurons(entry: Model) -> None:
    if entry.price is None:
        return
    for unit in ("input", "output", "cached_input"):
        neurons = getattr(entry.price, f"neurons_per_m_{unit}")
        usd = getattr(entry.price, f"usd_per_m_{unit}")
        assert (neurons is None) == (usd is None)
        if neurons is not None:
            # Dollars are rounded to three digits, and some prices to fewer.
            assert usd == pytest.approx(neurons / 1000 * USD_PER_1000_NEURONS, rel=0.03, abs=0.0006)


@pytest.mark.parametrize("entry", all_models(), ids=lambda entry: entry.id)
def test_what_is_known_of_thinking_is_consistent(entry: Model) -> None:
    thinking = entry.thinking
    if thinking is None:
        return
    assert thinking.default is None or thinking.default in thinking.efforts
    assert not (thinking.always and "none" in thinking.efforts)
    assert set(thinking.efforts) <= {"none", "low", "medium", "high", "xhigh", "max"}
    assert thinking != Thinking()


@pytest.mark.parametrize("entry", all_models(), ids=lambda entry: entry.id)
def test_an_alternative_is_another_live_model(entry: Model) -> None:
    assert alternative(entry.id) != entry.id
    assert model(alternative(entry.id)).status == "live"


def test_the_default_is_live_and_needs_no_plan() -> None:
    default = model(DEFAULT_MODEL)

    assert (default.status, default.context_window, default.requires_paid) == ("live", 32768, False)
    assert default.price is not None
    assert default.price.neurons_per_m_output == 90909


def test_the_seeds_model_keeps_its_profile() -> None:
    seed = model(SEED)

    assert (seed.status, seed.context_window, seed.max_output) == ("withdrawn", 4096, 2048)
    assert seed.withdrawn_on == "2025-10-01"
    assert alternative(SEED) == DEFAULT_MODEL


@pytest.mark.parametrize("size", ["0.5b", "1.5b"])
def test_the_local_endpoints_models_are_known(size: str) -> None:
    local = model(f"@local/qwen2.5-coder-{size}-instruct")

    assert (local.status, local.context_window, local.max_output) == ("local", 8192, 2048)


def test_an_unknown_model_has_cautious_limits() -> None:
    unknown = model("gpt-oss:20b")

    assert (unknown.status, unknown.context_window, unknown.max_output) == ("unknown", 8192, 4096)


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("@cf/qwen/qwen2.5-coder-32b-instruc", DEFAULT_MODEL),
        ("@cf/openai/gpt-oss-20", "@cf/openai/gpt-oss-20b"),
        ("something else", DEFAULT_MODEL),
        ("", DEFAULT_MODEL),
    ],
)
def test_a_misspelt_model_is_guessed(wrong: str, meant: str) -> None:
    assert alternative(wrong) == meant


def test_the_default_costs_what_the_price_list_says() -> None:
    # 1,000 tokens in at 60,000 and 100 out at 90,909 neurons per million.
    assert model(DEFAULT_MODEL).cost(Usage(prompt_tokens=1000, completion_tokens=100)) == (
        pytest.approx(69.0909)
    )


def test_cached_input_has_its_discount_where_there_is_one() -> None:
    usage = Usage(prompt_tokens=1_000_000, completion_tokens=0, cached_tokens=400_000)

    discounted = model("@cf/moonshotai/kimi-k2.6").cost(usage)
    assert discounted == pytest.approx(0.6 * 86364 + 0.4 * 14545)
    assert model(DEFAULT_MODEL).cost(usage) == 60000


def test_more_cached_tokens_than_tokens_are_not_believed() -> None:
    usage = Usage(prompt_tokens=10, completion_tokens=0, cached_tokens=1_000_000)

    assert model("@cf/moonshotai/kimi-k2.6").cost(usage) == pytest.approx(10 * 14545 / 1e6)


@pytest.mark.parametrize("name", [DEFAULT_MODEL, "somebody/else", SEED])
def test_the_endpoints_own_figure_is_taken(name: str) -> None:
    told = Usage(prompt_tokens=1000, completion_tokens=100, neurons=1.25)

    assert model(name).cost(told) == 1.25


@pytest.mark.parametrize(
    ("name", "usage"),
    [
        ("somebody/else", TYPICAL_ACTION),
        (SEED, TYPICAL_ACTION),
        (DEFAULT_MODEL, Usage()),
        (DEFAULT_MODEL, Usage(prompt_tokens=1)),
        (DEFAULT_MODEL, Usage(completion_tokens=1)),
    ],
)
def test_a_cost_that_nobody_knows_is_none(name: str, usage: Usage) -> None:
    assert model(name).cost(usage) is None


def test_free_actions_are_what_the_days_neurons_pay_for() -> None:
    default = model(DEFAULT_MODEL)

    cost = default.cost(TYPICAL_ACTION)
    assert (TYPICAL_ACTION.prompt_tokens, TYPICAL_ACTION.completion_tokens) == (1500, 400)
    assert cost is not None
    assert cost == pytest.approx(126.3636)
    assert default.free_actions_per_day == 79
    assert 79 * cost <= FREE_NEURONS_PER_DAY < 80 * cost
    assert model("somebody/else").free_actions_per_day is None


@pytest.mark.parametrize(
    ("name", "prompt"),
    [
        (DEFAULT_MODEL, "<|fim_prefix|>{a}<|fim_suffix|>{b}<|fim_middle|>"),
        ("@local/qwen2.5-coder-0.5b-instruct", "<|fim_prefix|>{a}<|fim_suffix|>{b}<|fim_middle|>"),
        (
            SEED,
            "<\uff5cfim\u2581begin\uff5c>{a}<\uff5cfim\u2581hole\uff5c>{b}<\uff5cfim\u2581end\uff5c>",
        ),
        ("@cf/qwen/qwq-32b", None),
        ("somebody/else", None),
    ],
)
def test_what_stands_in_between_is_asked_in_the_models_own_template(
    name: str, prompt: str | None
) -> None:
    # The code's own braces are no places to fill.
    assert model(name).middle_prompt("{a}", "{b}") == prompt


@pytest.mark.parametrize(
    ("name", "thinking"),
    [
        ("@cf/openai/gpt-oss-20b", Thinking(efforts=("low", "medium", "high"), always=True)),
        ("@cf/qwen/qwen3.8-27b", Thinking(efforts=("low", "medium", "xhigh"), default="xhigh")),
        ("@cf/zai-org/glm-4.7-flash", Thinking(switch="enable_thinking")),
        ("@cf/moonshotai/kimi-k2.6", Thinking(efforts=("high", "none"), switch="thinking")),
        (DEFAULT_MODEL, None),
    ],
)
def test_how_a_model_is_told_to_think(name: str, thinking: Thinking | None) -> None:
    assert model(name).thinking == thinking


@pytest.mark.parametrize(
    ("name", "shape", "rate", "paid"),
    [
        (DEFAULT_MODEL, "native", 300, False),
        ("@cf/zai-org/glm-5.2", "openai", 20, True),
        (SEED, "unknown", None, False),
        ("somebody/else", "unknown", None, False),
    ],
)
def test_shape_rate_and_plan(
    name: str,
    shape: str,
    rate: int | None,
    paid: bool,  # noqa: FBT001 - a column of the table
) -> None:
    entry = model(name)

    assert (entry.shape, entry.requests_per_minute, entry.requires_paid) == (shape, rate, paid)
