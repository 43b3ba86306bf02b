"""The three ways in which models take a prompt."""

import pytest

from workers_ai_ls.context import Prompt, Turn, render_raw, render_unscoped
from workers_ai_ls.context.prompt import NoTemplate

PROMPT = Prompt((Turn("system", "Be exact."), Turn("user", "Halve 4.")), max_tokens=10)


def test_unscoped() -> None:
    assert render_unscoped(PROMPT) == "Be exact.\n\nHalve 4."


def test_raw_for_deepseek_coder() -> None:
    assert render_raw(PROMPT, "@hf/thebloke/deepseek-coder-6.7b-instruct-awq") == (
        "Be exact.\n### Instruction:\nHalve 4.\n### Response:\n"
    )


def test_raw_for_deepseek_coder_with_an_answer_in_view() -> None:
    assert render_raw(PROMPT.again("2", "Again."), "@hf/thebloke/deepseek-coder-6.7b-base-awq") == (
        "Be exact.\n### Instruction:\nHalve 4.\n### Response:\n2\n<|EOT|>\n"
        "### Instruction:\nAgain.\n### Response:\n"
    )


def test_raw_for_qwen() -> None:
    assert render_raw(PROMPT, "@cf/qwen/qwen2.5-coder-32b-instruct") == (
        "<|im_start|>system\nBe exact.<|im_end|>\n<|im_start|>user\nHalve 4.<|im_end|>\n"
        "<|im_start|>assistant\n"
    )


def test_raw_for_a_model_whose_template_is_unknown() -> None:
    with pytest.raises(NoTemplate, match=r"workersAI\.promptStyle"):
        render_raw(PROMPT, "@cf/meta/llama-3.1-8b-instruct")


def test_another_answer_is_asked_for_with_the_first_in_view() -> None:
    again = PROMPT.again("2", "Again.")
    assert [turn.role for turn in again.turns] == ["system", "user", "assistant", "user"]
    assert again.turns[:2] == PROMPT.turns
    assert again.max_tokens == PROMPT.max_tokens


def test_the_text_shows_every_turn() -> None:
    assert PROMPT.text() == "[system]\nBe exact.\n\n[user]\nHalve 4."
