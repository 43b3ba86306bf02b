"""Where the benchmark of recorded replies takes the code from that a reply is to change."""

from __future__ import annotations

import pytest

from tests.bench.recorded_replies import Recorded
from tests.bench.reply_reading import outcome_of
from workers_ai_ls.reply.outcomes import CreateFile, Replace, Show

LAST = "Rewrite this:\n```python\nx = 1\n```\nas\n```python\nx = 2\n```\nand now\n```python\nx = 3\n```\n"
TRIED = "```julia\nhalf(x) = x / 2\n```\n```julia\n@test half(2) == 1\n```\n```plaintext\nAn error\n```\n"
NUMBERED = "Test it.\n```python\n            class A:\n       123:     x = 1\n            \n```\n"
GO = "Test it.\n```golang\npackage a\n\nfunc a() {\n}\n```"
PATCH = "a.py\n```python\n<<<<<<< SEARCH\nx = 1\n=======\nx = 2\n>>>>>>> REPLACE\n```\n"


def recorded(text: str, prompt: str = "", task: str = "edit", language: str = "python") -> Recorded:
    return Recorded(0, "small", task, language, prompt, text, "stop", "answer")


@pytest.mark.parametrize(
    ("row", "before"),
    [
        (recorded("It", LAST), "x = 3\n"),
        (recorded("It", "Make a cat."), ""),
        (recorded("It", "class A:\n    pass\n", "complete"), "class A:\n    pass\n"),
        (recorded("It", "Write `half`.", "complete", "julia"), ""),
        (recorded("It", TRIED, "fix", "julia"), "half(x) = x / 2\n"),
        (recorded("It", NUMBERED, "write_tests"), "class A:\n    x = 1\n\n"),
        (recorded("It", GO, "write_tests", "go"), "package a\n\nfunc a() {\n}\n"),
        (recorded("It", GO, "translate", "python"), ""),
        (recorded(PATCH + PATCH.replace("1", "5")), "x = 1\n\n\nx = 5\n"),
        (
            recorded("It", "<code_to_rewrite>\nx\n</code_to_rewrite>", "complete", "typescript"),
            "x\n",
        ),
    ],
    ids=lambda each: each if isinstance(each, str) else each.task,
)
def test_the_code_before_is_what_the_prompt_shows_of_it(row: Recorded, before: str) -> None:
    _, material = outcome_of(row)
    assert material.text == before


def test_each_task_goes_the_way_of_its_action() -> None:
    block = "```python\ndef test_a():\n    assert a\n```"
    assert isinstance(outcome_of(recorded(block, LAST))[0], Replace)
    assert isinstance(outcome_of(recorded(block, LAST, "write_tests"))[0], CreateFile)
    assert isinstance(outcome_of(recorded(block, LAST, "chat"))[0], Show)
