"""Editing problems with executable checks: a file, a selection in it, and what should become of it.

They stand beside the checkout (EditEval, MIT), not in it; without them a few of our own serve.
"""

from __future__ import annotations

import json
from pathlib import Path

import attrs

from workers_ai_ls.context import Selection, gather
from workers_ai_ls.syntax import language_for
from workers_ai_ls.text import snapshot_of

_FILE = Path(__file__).parents[3] / "shared" / "data" / "editeval.jsonl"

_PLACE = "{{Code}}"

_OWN: tuple[dict[str, str], ...] = (
    {
        "task_id": "own/half",
        "instruction": "Halve the number instead of doubling it.",
        "input": "import math\n\ndef half(x):\n    y = x * 2\n    return math.floor(y)",
        "output": "import math\n\ndef half(x):\n    return math.floor(x / 2)",
        "test": "def check():\n    assert half(5) == 2",
    },
    {
        "task_id": "own/basket",
        "instruction": "Leave out what has no price.",
        "context": "class Basket:\n    def __init__(self, prices):\n        self.prices = prices\n\n"
        "{{Code}}\n\n    def count(self):\n        return len(self.prices)\n",
        "input": "    def total(self):\n        total = 0\n        for price in self.prices:\n"
        "            total += price\n        return total",
        "output": "    def total(self):\n        total = 0\n        for price in self.prices:\n"
        "            if price is not None:\n                total += price\n        return total",
        "test": "def check():\n    assert Basket([1, None, 2]).total() == 3",
    },
)


@attrs.frozen
class Problem:
    """A file before and after an edit: `start` to `end` is the code that the server asks about."""

    name: str
    instruction: str
    text: str
    start: int
    end: int
    selected: tuple[int, int]
    """What the person selects; the server may mean more."""
    new: str
    """What should stand there."""
    test: str
    """Python source that defines `check()`."""

    @property
    def old(self) -> str:
        """The code that the model is to change."""
        return self.text[self.start : self.end]

    @property
    def wanted(self) -> str:
        """The whole file after the edit."""
        return f"{self.text[: self.start]}{self.new}{self.text[self.end :]}"


def problems() -> list[Problem]:
    """Give all problems, or our own where there are no others."""
    if not _FILE.exists():
        return [_problem(row) for row in _OWN]
    with _FILE.open(encoding="utf-8") as lines:
        return [_problem(json.loads(line)) for line in lines]


def _problem(row: dict[str, str]) -> Problem:
    context = row.get("context") or _PLACE
    at = context.index(_PLACE)
    # Where the code stands twice, the second is there to be looked at by the check.
    rest = context[at + len(_PLACE) :].replace(_PLACE, row["output"])
    text = f"{context[:at]}{row['input']}{rest}"
    selected = at, at + len(row["input"])
    start, end = _meant(text, *selected)
    # The blanks around the code are the file's; a selection never takes them along.
    blank = len(row["input"]) - len(row["input"].rstrip())
    new = row["output"].rstrip() + (row["input"][len(row["input"]) - blank :] if blank else "")
    whole = f"{text[:at]}{new}{text[selected[1] :]}"
    return Problem(
        name=row["task_id"],
        instruction=row["instruction"].strip(),
        text=text,
        start=start,
        end=end,
        selected=selected,
        new=whole[start : len(whole) - (len(text) - end)],
        test=row["test"],
    )


def _meant(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the code that the server takes the selection to mean: it is what a model answers for."""
    language = language_for("python", "sample.py")
    selection = Selection(snapshot_of("", "python", 1, text), start, end, language, "sample.py")
    material = gather(selection)
    return material.start, material.end
