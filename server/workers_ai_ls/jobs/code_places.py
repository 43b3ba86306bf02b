"""Finds the code that an earlier answer was for: by its hash, which is all that the journal keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workers_ai_ls.journal import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workers_ai_ls.journal import Entry
    from workers_ai_ls.text import Snapshot

_MOST_CHARACTERS = 100_000_000
"""To hash in one search, which takes some 0.1 s; the places nearest to the old one come first."""


class Place(NamedTuple):
    """A range of offsets; `exact` tells whether it holds the very code that the answer was for."""

    start: int
    end: int
    exact: bool


def code_of(entry: Entry, snapshot: Snapshot) -> Place | None:
    """Find the code of an entry in a document as it is now.

    It is looked for in its old lines, then in all lines, where it must stand only once: nothing is
    guessed. Without it, the old lines are the place, as far as there are any; else None.
    """
    first, last = entry.first_line - 1, entry.last_line - 1
    if not 0 <= first <= last:
        return None
    for start, end in _within(snapshot, first, last):
        if digest(snapshot.slice(start, end)) == entry.original_hash:
            return Place(start, end, exact=True)
    found = list(_elsewhere(snapshot, first, last - first + 1, entry.original_hash))
    if len(found) == 1:
        return found[0]
    if first >= len(snapshot.lines):
        return None
    end = snapshot.line_end(min(last, len(snapshot.lines) - 1))
    return Place(snapshot.line_start(first), end, exact=False)


def _within(snapshot: Snapshot, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The whole lines, then every part that begins in the first and ends in the last of them."""
    if last >= len(snapshot.lines):
        return
    top, bottom = snapshot.line_start(first), snapshot.line_start(last)
    first_end, end = snapshot.line_end(first), snapshot.line_end(last)
    yield top, end
    tries = (first_end - top + 1) * (end - bottom + 1)
    if tries * (end - top) > _MOST_CHARACTERS:
        return
    for start in range(top, first_end + 1):
        for stop in range(max(start, bottom), end + 1):
            yield start, stop


def _elsewhere(snapshot: Snapshot, first: int, count: int, wanted: str) -> Iterator[Place]:
    """Every range of so many lines with that hash, the nearest to the old first line first."""
    left = _MOST_CHARACTERS
    tops = range(len(snapshot.lines) - count + 1)
    for top in sorted(tops, key=lambda line: abs(line - first)):
        start, end = snapshot.line_start(top), snapshot.line_end(top + count - 1)
        left -= end - start
        if left < 0:
            return
        if digest(snapshot.slice(start, end)) == wanted:
            yield Place(start, end, exact=True)
