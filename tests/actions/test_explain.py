"""Explain: Markdown, and nothing changes."""

import attrs
import pytest

from tests.actions.checking import Request, check
from workers_ai_ls.actions import ACTIONS
from workers_ai_ls.context import budget_for
from workers_ai_ls.reply import Refusal
from workers_ai_ls.reply.outcomes import Show

EXPLAIN = next(action for action in ACTIONS if action.name == "explain")
HALF = "class A:\n    def half(self, x):\n        return ┃x / 2\n"


@pytest.mark.parametrize(
    ("reply", "markdown"),
    [
        ("It halves.", "It halves.\n"),
        ("<think>Hm.</think>\nIt halves.<|im_end|>", "It halves.\n"),
        ("It halves:\n~~~python\nhalf(4)\n~~~", "It halves:\n```python\nhalf(4)\n```\n"),
        ("~~~markdown\nIt `halves`.\n~~~", "It `halves`.\n"),
        ("~~~python\nhalf(4)  # 2\n~~~", "```python\nhalf(4)  # 2\n```\n"),
    ],
)
def test_what_is_shown(reply: str, markdown: str) -> None:
    check(EXPLAIN, HALF, reply, markdown)


@pytest.mark.parametrize(
    ("before", "title"),
    [(HALF, "A.half"), ("x = ┃1\n", "sample.py")],
)
def test_the_title_names_the_definition_or_the_file(before: str, title: str) -> None:
    outcome = Request(EXPLAIN, before).outcome("It halves.")
    assert isinstance(outcome, Show)
    assert outcome.title == title


def test_an_answer_that_is_cut_off_is_shown_and_says_so() -> None:
    outcome = Request(EXPLAIN, HALF).outcome("It hal", "length")
    assert isinstance(outcome, Show)
    assert outcome.markdown.startswith("It hal\n\n*The answer ends here")


@pytest.mark.parametrize("reply", ["", " \n", "<think>Hm.</think>", "<|im_end|>"])
def test_an_empty_answer_is_refused(reply: str) -> None:
    outcome = Request(EXPLAIN, HALF).outcome(reply)
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "empty"


def test_the_task() -> None:
    request = Request(EXPLAIN, HALF)
    assert request.task.endswith("Explain the selected method `half`.")
    asked = Request(EXPLAIN, HALF, instruction="Why not a shift?")
    assert asked.task.endswith("Why not a shift?")
    material = attrs.evolve(request.material, answer_language="German")
    prompt = EXPLAIN.prompt(material, budget_for("", window=8192))
    assert prompt.turns[-1].content.endswith("Answer in German.")


@pytest.mark.parametrize("text", ["┃", "┃ \n\t\n", " ┃\n", "x = 1\n┃ \n\t┃"])
def test_nothing_to_explain(text: str) -> None:
    assert not EXPLAIN.applies(Request(EXPLAIN, text).selection)


@pytest.mark.parametrize("text", ["x = 1\n┃", "┃\n\nx", "┃x┃"])
def test_something_to_explain(text: str) -> None:
    assert EXPLAIN.applies(Request(EXPLAIN, text).selection)
