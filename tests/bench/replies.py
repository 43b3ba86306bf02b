"""What the reader makes of recorded replies: takes the answers, and knows what is none."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from .benchmark import Benchmark, Figure, Result, Table
from .recorded_replies import recorded_replies
from .reply_judging import judged
from .reply_reading import outcome_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .recorded_replies import Label, Recorded
    from .reply_judging import Verdict

_EVERY = 9
"""The short form reads each ninth reply, and all that are refusals or break off."""


async def measure(*, short: bool) -> Result:
    """Read the replies and hold what comes of each against its label."""
    rows = recorded_replies()
    if short:
        rare = ("refusal", "truncated")
        rows = [row for row in rows if row.number % _EVERY == 0 or row.label in rare]
    return measured(rows)


def measured(rows: Sequence[Recorded]) -> Result:
    """Give the figures and tables for these replies."""
    verdicts = [judged(row, *outcome_of(row)) for row in rows]
    return Result(
        figures={
            "answer_rate": _share(verdicts, "answer"),
            "refusal_recall": _share(verdicts, "refusal"),
            "truncation_recall": _share(verdicts, "truncated"),
            "rows": len(verdicts),
        },
        tables=[
            _table("model", verdicts, lambda row: re.split(r"/|::", row.model)[-1]),
            _table("task", verdicts, lambda row: row.task),
            _recognised(verdicts),
        ],
        failures=[
            f"{each.row.number} {each.row.task} ({each.row.language}, {each.row.model}), "
            f"{each.row.label}: {each.wrong}"
            for each in verdicts
            if each.wrong
        ],
    )


def _labelled(verdicts: Sequence[Verdict], label: Label) -> list[Verdict]:
    return [each for each in verdicts if each.row.label == label]


def _share(verdicts: Sequence[Verdict], label: Label) -> float:
    """Give the share of the replies with this label that are read right; 1 where there are none."""
    chosen = _labelled(verdicts, label)
    return sum(not each.wrong for each in chosen) / len(chosen) if chosen else 1.0


def _table(head: str, verdicts: Sequence[Verdict], key: Callable[[Recorded], str]) -> Table:
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for each in verdicts:
        groups[key(each.row)].append(each)
    columns = (head, "rows", "answers", "right%", "parse%", "named%", "clean%", "whole%")
    return Table(columns, [(name, _cells(group)) for name, group in sorted(groups.items())])


def _cells(group: Sequence[Verdict]) -> list[float | None]:
    answers = _labelled(group, "answer")
    counts = [
        sum(not each.wrong for each in answers),
        sum(each.parses for each in answers),
        sum(each.named for each in answers),
        sum(each.clean for each in answers),
        sum(each.whole for each in answers),
    ]
    shares = [100 * count / len(answers) if answers else None for count in counts]
    return [len(group), len(answers), *shares]


def _recognised(verdicts: Sequence[Verdict]) -> Table:
    labels: tuple[Label, ...] = ("answer", "refusal", "truncated", "no code")
    return Table(
        ("label", "rows", "read right %"),
        [
            (label, [len(_labelled(verdicts, label)), 100 * _share(verdicts, label)])
            for label in labels
        ],
    )


REPLIES = Benchmark(
    name="replies",
    summary="what the reader makes of recorded replies: answers taken, refusals and cuts seen",
    figures=(
        Figure("answer_rate", "answers taken whole and clean, of all answers", more_is_better=True),
        Figure("refusal_recall", "refusals seen as such, of all refusals", more_is_better=True),
        Figure(
            "truncation_recall",
            "replies that break off seen as such, of all those",
            more_is_better=True,
        ),
        Figure("rows", "replies that were read", more_is_better=True),
    ),
    measure=measure,
)
