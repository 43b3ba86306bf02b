"""Answers that hold the whole file, or all of the class around the selection. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workers_ai_ls.reply import LineEdit
from workers_ai_ls.syntax import imports, parse
from workers_ai_ls.text.hunks import hunks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.syntax import Language

    from .regions import Source

_MOST = 0.6
"""The share of the lines around the selection that an answer repeats if it holds the whole file."""

_LARGE = 2_000
"""Lines of a file of which no nine in ten are imports, so that a tenth is far too short for it."""

_FEW = 3
"""So few lines around the selection must all be there."""


def covers(code: str, source: Source, language: Language) -> bool:
    """Tell whether an answer holds the file around the selection too."""
    if _is_far_too_short(code, source):
        return False
    skipped = _import_lines(source, language)
    above = [line for at, line in enumerate(source.lines[: source.first]) if at not in skipped]
    below = [
        line
        for at, line in enumerate(source.lines[source.last :], source.last)
        if at not in skipped
    ]
    ends = [source.before, source.after]
    around = [line.strip() for line in (*above, *below, *ends) if line.strip()]
    if not around or not code.strip():
        return False
    own = Counter(line.strip() for line in source.lines[source.first : source.last])
    theirs = Counter(line.strip() for line in code.split("\n"))
    # What the selection holds as well says nothing.
    there = ((theirs - own) & Counter(around)).total()
    telling = (Counter(around) - own).total()
    everything = Counter(line.strip() for line in source.lines)
    if not telling or not theirs - (everything - own):
        # Nothing is around it but brackets, or all of the answer stands there as well: a copy.
        return False
    return there >= telling if telling <= _FEW else there >= _MOST * telling


def edits_between(ours: Sequence[str], theirs: Sequence[str], first: int) -> list[LineEdit]:
    """The edits that make `theirs` of `ours`, which are the document's lines from `first` on.

    Lines that differ in their final blanks are the same.
    """
    old, new = ([line.rstrip() for line in lines] for lines in (ours, theirs))
    return [
        LineEdit(
            first + each.old_start,
            first + each.old_end,
            tuple(theirs[each.new_start : each.new_end]),
        )
        for each in hunks(old, new)
    ]


def _is_far_too_short(code: str, source: Source) -> bool:
    """Tell by the length alone: in 100,000 lines, to look for imports and compare takes seconds."""
    around = (*source.lines[: source.first], *source.lines[source.last :])
    return len(around) > _LARGE and 10 * len(code.split("\n")) < sum(
        map(bool, map(str.strip, around))
    )


def _import_lines(source: Source, language: Language) -> set[int]:
    text = "\n".join(source.lines)
    tree = parse(language, text)
    found: set[int] = set()
    for each in imports(tree) if tree else ():
        first = text.count("\n", 0, each.start)
        found.update(range(first, first + each.text.count("\n") + 1))
    return found
