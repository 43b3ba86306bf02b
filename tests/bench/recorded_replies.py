"""Recorded replies of many models, and what somebody who read them says that each one is.

The replies stand beside the checkout, not in it (each row names its source and licence); the labels
are ours. A label belongs to one text: rows are told apart by their place and a hash.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import attrs

from .benchmark import NotThere

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workers_ai_ls.reply import Finish

REPLIES = Path(__file__).parents[3] / "shared" / "data" / "replies.jsonl"
LABELS = Path(__file__).with_name("reply_labels.json")

Label = Literal["answer", "refusal", "truncated", "no code"]
"""`answer`: it holds what was asked for, whole, whatever stands around it and breaks off after it.

`truncated`: it breaks off before that is whole, or degenerates first. `refusal`: it declines.
`no code`: there is none that could be used: words, a plan, a stub, parts left out, or code that
does not parse as the model wrote it.
"""

_FINISHES: dict[str | None, Finish] = {
    "stop": "stop",
    "eos": "stop",
    "end_turn": "stop",
    "length": "length",
}
_TASKS_IN_WORDS = ("explain", "chat")


@attrs.frozen
class Recorded:
    """One reply with what is known of it."""

    number: int
    """Its line in the file, from 0."""
    model: str
    task: str
    language: str
    """As an editor names it."""
    prompt: str
    """The conversation, or the code that was to change; long ones are cut at their beginning."""
    text: str
    finish: Finish
    label: Label
    reason: str = ""
    """Why it is no answer."""
    definitions: tuple[str, ...] = ()
    """Names of functions, types and variables that the code defines if it is read right."""
    code: tuple[tuple[int, int], ...] = ()
    """Lines of the text that are the answer, from 0; empty where that is not told."""
    spare: tuple[tuple[int, int], ...] = ()
    """Lines that may be taken too: a demo or tests that follow, copies of the code under test."""

    @property
    def is_in_words(self) -> bool:
        """Whether prose is what was asked for."""
        return self.task in _TASKS_IN_WORDS


def recorded_replies(replies: Path = REPLIES, labels: Path = LABELS) -> list[Recorded]:
    """Give all replies with their labels. Raises NotThere."""
    if not replies.exists():
        raise NotThere(f"The recorded replies are not at {replies}; put the file there first.")
    with replies.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    known = json.loads(labels.read_text("utf-8"))
    return [_recorded(number, row, known.get(str(number))) for number, row in enumerate(rows)]


def hash_of(text: str) -> str:
    """Give what a label knows its reply by."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _recorded(number: int, row: dict[str, Any], told: dict[str, Any] | None) -> Recorded:
    if told is None or told["hash"] != hash_of(row["raw_answer"]):
        raise NotThere(f"Reply {number} is not the one that was labelled; read it and label it.")
    if told["label"] not in get_args(Label):
        raise NotThere(f"Reply {number} is labelled {told['label']}; there is no such label.")
    return Recorded(
        number=number,
        model=row["model"],
        task=row["task"],
        language=told.get("language", row["language"]),
        prompt=row["prompt_or_before"],
        text=row["raw_answer"],
        finish=_FINISHES.get(row["meta"].get("finish_reason"), "unknown"),
        label=told["label"],
        reason=told.get("reason", ""),
        definitions=tuple(told.get("definitions", ())),
        code=_ranges(told.get("code", ())),
        spare=_ranges(told.get("spare", ())),
    )


def _ranges(told: Iterable[Iterable[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in told)
