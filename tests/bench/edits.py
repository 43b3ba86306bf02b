"""Edits of which the result is known, wrapped in all the ways in which models answer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workers_ai_ls.text import split_lines
from workers_ai_ls.text.hunks import hunks

from .benchmark import Benchmark, Figure, Result, Table
from .checks import passing
from .editing_problems import Problem, problems
from .landing import Landed, landed_edits
from .wrappings import WRAPPINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

_EVERY = 16
"""The short form takes each problem of so many."""


async def measure(*, short: bool) -> Result:
    """Let one server answer for every problem in every wrapping, and run the checks."""
    chosen = problems()[:: _EVERY if short else 1]
    landed = [each async for each in landed_edits(chosen)]
    passed = await passing({(each.text, each.problem.test) for each in landed} | _own(chosen))
    # What can't be checked here (it lacks a package) must at least be the wanted text.
    checked = {each.name for each in chosen if (each.wanted, each.test) in passed}
    right = [
        (each.text, each.problem.test) in passed
        if each.problem.name in checked
        else _filled(each.text) == _filled(each.problem.wanted)
        for each in landed
    ]
    intact = [_is_intact(each) for each in landed]
    rows: list[tuple[str, list[float | None]]] = []
    for name in WRAPPINGS:
        these = [at for at, each in enumerate(landed) if each.wrapping == name]
        rows.append(
            (
                name,
                [
                    sum(right[at] for at in these) / len(these),
                    _diff_ratio(landed[at] for at in these),
                    sum(intact[at] for at in these) / len(these),
                ],
            )
        )
    figures = {
        "pass_rate": sum(right) / len(right),
        "diff_ratio": _diff_ratio(landed),
        "untouched_intact": sum(intact) / len(intact),
        "problems": float(len(chosen)),
    }
    table = Table(("wrapping", "pass rate", "diff ratio", "untouched intact"), rows)
    return Result(figures, [table], _failures(landed, right, intact))


def _failures(landed: list[Landed], right: list[bool], intact: list[bool]) -> list[str]:
    wrong = [
        "" if good and whole else "changed around it" if good else "not what was wanted"
        for good, whole in zip(right, intact, strict=True)
    ]
    return [
        f"{each.problem.name}, {each.wrapping}: {what} ({each.said})"
        for each, what in zip(landed, wrong, strict=True)
        if what
    ]


def _own(chosen: Iterable[Problem]) -> set[tuple[str, str]]:
    return {(each.wanted, each.test) for each in chosen}


def _diff_ratio(landed: Iterable[Landed]) -> float:
    """Changed lines over those of the reference."""
    ours = theirs = 0
    for each in landed:
        ours += _changed(each.problem.text, each.text)
        theirs += _changed(each.problem.text, each.problem.wanted)
    return ours / max(1, theirs)


def _changed(before: str, after: str) -> int:
    found = hunks(split_lines(before), split_lines(after))
    return sum(each.old_end - each.old_start + each.new_end - each.new_start for each in found)


def _is_intact(landed: Landed) -> bool:
    """Whether all that stands around the selection is as it was, byte for byte.

    New imports are the exception: they go where the file has its own.
    """
    problem = landed.problem
    above, below = problem.text[: problem.start], problem.text[problem.end :]
    if landed.text.startswith(above) and landed.text.endswith(below):
        return True
    gone = Counter(split_lines(above) + split_lines(below)) - Counter(split_lines(landed.text))
    return landed.text.endswith(below) and not gone


def _filled(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


EDITS = Benchmark(
    name="edits",
    summary="edits with executable checks, wrapped in all the ways in which models answer",
    figures=(
        Figure(
            "pass_rate", "share of the answers after which the checks pass", more_is_better=True
        ),
        Figure("diff_ratio", "changed lines over those of the reference"),
        Figure("untouched_intact", "share that left all around alone", more_is_better=True),
        Figure("problems", "problems, each in 20 wrappings", more_is_better=True),
    ),
    measure=measure,
)
