from typing import get_args, get_type_hints

import pytest

from workers_ai_ls.workers_ai import DEFAULT_MODEL, Model, all_models, alternative, model
from workers_ai_ls.workers_ai.models import Status

SEED = "@hf/thebloke/deepseek-coder-6.7b-instruct-awq"


@pytest.mark.parametrize("entry", all_models(), ids=lambda entry: entry.id)
def test_every_entry_is_whole(entry: Model) -> None:
    assert model(entry.id) is entry
    assert entry.status in set(get_args(Status)) - {"unknown"}
    assert 0 < entry.max_output <= entry.context_window
    assert isinstance(entry.reasoning, bool)
    assert isinstance(entry.requires_paid, bool)
    assert (entry.status == "withdrawn") == (entry.successor is not None)
    if entry.price is not None:
        for name, kind in get_type_hints(type(entry.price)).items():
            assert isinstance(getattr(entry.price, name), kind | int)


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
