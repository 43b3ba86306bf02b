"""What is asked for in a day's work, and what the endpoint answers to each of it."""

from __future__ import annotations

from typing import Any, Literal

import attrs


@attrs.frozen
class Errand:
    """One job in a document of its own, whose code carries `name` so that the endpoint knows it."""

    name: str
    action: str
    reply: dict[str, Any]
    """For the replay engine, without its `when`."""
    instruction: str = ""
    types_at: int | None = None
    """The line at which the person types as soon as the job shows that it runs."""
    stopped_by: Literal["cancelling", "closing"] | None = None
    afterwards: str = ""
    """The follow-up that is chosen when all jobs have ended."""
    ends: str = "done"
    """What its progress display says last, without the time and the cost."""
    leaves: str = "floor"
    """How the document rounds when all is done."""
    times: int = 1
    """Documents of this kind in one stretch of work."""


_TEXT = '''\
"""Prices of what is on the shelf."""

import math


def half(x: float) -> float:
    # {name}
    return math.floor(x / 2)


def total(prices: list[float]) -> float:
    return sum(half(price) for price in prices)
'''
CLICKED = 5
"""The line of the comment, counted from 0."""

_AGAIN = "Give a different answer"
_UNUSABLE = "That answer cannot be used"
"""How the last words of the prompt begin when an answer is asked for anew (`jobs/repairing.py`)."""


def _code(name: str, body: str) -> str:
    return f"```python\ndef half(x: float) -> float:\n    # {name}\n    {body}\n```\n"


def _refactored(name: str) -> dict[str, Any]:
    return {"text": _code(name, "return math.ceil(x / 2)")}


_EXPLANATION = {"text": "It halves a price and rounds it. " * 40}
_TESTS = {
    "text": "```python\nfrom shelf import half\n\n\n"
    "def test_half() -> None:\n    assert half(3.0) == 1\n```\n"
}
_DECLINED = {"text": "I'm sorry, but I can't help with that."}
_TOLD_NO = {"error": {"status": 400, "code": 8001, "message": "AiError: AiError: Invalid input"}}
_CUT = {"pieces": ["```python\n", "def half"], "end": "drop"}
_ENDLESS = {"pieces": ["It halves"], "end": "hang"}
_SLOW = 0.2
"""Seconds, so that something can be typed meanwhile."""

ERRANDS: tuple[Errand, ...] = (
    Errand(
        "lands",
        "refactor",
        _refactored("lands"),
        afterwards="showDifference",
        leaves="ceil",
        times=4,
    ),
    Errand("goes back", "refactor", _refactored("goes back"), afterwards="revert", times=2),
    Errand(
        "comes again", "refactor", _refactored("comes again"), afterwards="tryAgain", leaves="trunc"
    ),
    Errand("moves", "refactor", _refactored("moves") | {"delay": _SLOW}, types_at=0, leaves="ceil"),
    Errand(
        "is touched",
        "refactor",
        _refactored("is touched") | {"delay": _SLOW},
        types_at=CLICKED,
        afterwards="discard",
        ends="held",
    ),
    Errand("says", "explain", _EXPLANATION, times=3),
    Errand("proves", "tests", _TESTS, afterwards="revert"),
    Errand(
        "takes long",
        "edit",
        _ENDLESS,
        instruction="Round up.",
        stopped_by="cancelling",
        ends="cancelled",
    ),
    Errand("is closed", "explain", _ENDLESS, stopped_by="closing", ends="cancelled"),
    Errand("declines", "refactor", _DECLINED, ends="not used"),
    Errand("is told no", "refactor", _TOLD_NO, ends="failed"),
    Errand("is cut", "refactor", _CUT, ends="failed"),
)


def text_of(errand: Errand) -> str:
    """Write the document."""
    return _TEXT.format(name=errand.name)


def replay_script(token: str) -> dict[str, Any]:
    """Write what the replay engine reads: an answer to each errand, an explanation to all else."""
    anew = {
        _UNUSABLE: _DECLINED,
        _AGAIN: {"text": _code("comes again", "return math.trunc(x / 2)")},
    }
    marked = {f"# {errand.name}\n": errand.reply for errand in ERRANDS}
    replies = [{"when": when, **reply} for when, reply in (anew | marked).items()]
    return {"token": token, "replies": [*replies, _EXPLANATION]}
