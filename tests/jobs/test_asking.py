"""A prompt that was too large is made smaller, whatever it consists of."""

from __future__ import annotations

import pytest

from workers_ai_ls.actions.refactor import REFACTOR
from workers_ai_ls.context import Prompt, Selection, Turn, estimate, gather
from workers_ai_ls.jobs.asking import _smaller
from workers_ai_ls.jobs.prompting import write_prompt
from workers_ai_ls.jobs.requesting import _whole
from workers_ai_ls.settings import Settings
from workers_ai_ls.syntax import language_for
from workers_ai_ls.text import snapshot_of
from workers_ai_ls.workers_ai import model

BARE = "def f(x):\n    return (x)\n"
LONG = "".join(f"import module_{n}\n" for n in range(40)) + BARE + "z = 1\n" * 40


def write(text: str, *, most: int | None = None, previous: str = "") -> Prompt:
    snapshot = snapshot_of("file:///f.py", "python", 1, text)
    at = text.index("return")
    material = gather(Selection(snapshot, at, at, language_for("python", "f.py")))
    known = model("@cf/qwen/qwen2.5-coder-32b-instruct")
    return write_prompt(REFACTOR, material, known, Settings(), most=most, previous=previous)


def size(prompt: Prompt) -> int:
    return sum(estimate(turn.content) for turn in prompt.turns)


def test_what_is_not_needed_goes_first() -> None:
    first = write(LONG)
    second = _smaller(first, lambda most: write(LONG, most=most))
    assert size(second) <= 0.6 * size(first)
    assert second.max_tokens == first.max_tokens
    assert "return (x)" in second.turns[-1].content


def test_then_the_room_for_the_answer() -> None:
    first = write(BARE)
    second = _smaller(first, lambda most: write(BARE, most=most))
    assert second.max_tokens == first.max_tokens // 2
    assert "return (x)" in second.turns[-1].content


def test_a_previous_answer_takes_its_share_of_the_window() -> None:
    rest = "z = 1\n" * 5000
    previous = "y = 2\n" * 3900
    alone, beside = write(BARE + rest), write(BARE + rest, previous=previous)
    assert size(beside) + estimate(previous) + beside.max_tokens <= 32768
    assert size(beside) < size(alone) or size(alone) + estimate(previous) <= 32768


@pytest.mark.parametrize(("text", "sent"), [("a😋\u2028", "a😋\u2028"), ("\ud83d!", "\ufffd!")])
def test_what_is_sent_can_be_encoded(text: str, sent: str) -> None:
    assert _whole(text) == sent
    assert Turn("user", _whole(text)).content.encode()
