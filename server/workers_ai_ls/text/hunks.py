"""Which lines of two texts differ, in time that does not run away on large or dull ones."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_WORK = 10_000_000
"""The cap on what difflib may be asked in one comparison, in pairs of lines (see `_work`).

difflib's time grows with the square, at times the cube, of the lines that occur more than once.
Just under the cap the worst case found (340 lines, every second one blank and all others changed)
took 0.14 s; 1,600 such lines took 12 s. What goes beyond it is replaced as one hunk.
"""


class Hunk(NamedTuple):
    """Lines `old_start` to `old_end` (excluded) gave way to `new_start` to `new_end`."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
    """Yield the places where two lists of lines differ, in order.

    Lines that occur exactly once on both sides anchor the comparison ("patience"): difflib alone
    took 13 s for 20,000 lines of which every third had changed, and it matches blank lines and
    closing braces before functions. It compares what is left between anchors, up to `MOST_WORK`.
    """
    start, old, new = _core(old, new)
    work_left = MOST_WORK
    old_done = new_done = 0
    for old_anchor, new_anchor in [*_anchors(old, new), (len(old), len(new))]:
        above, before, after = _core(old[old_done:old_anchor], new[new_done:new_anchor])
        old_start, new_start = start + old_done + above, start + new_done + above
        work = _work(before, after)
        if work <= work_left:
            work_left -= work
            for i, i_end, j, j_end in _compared(before, after):
                yield Hunk(old_start + i, old_start + i_end, new_start + j, new_start + j_end)
        else:
            yield Hunk(old_start, old_start + len(before), new_start, new_start + len(after))
        old_done, new_done = old_anchor + 1, new_anchor + 1


def shared_prefix(old: Sequence[str], new: Sequence[str]) -> int:
    """Count the items (lines, or characters of strings) that both begin with."""
    shared, most = 0, min(len(old), len(new))
    # Halving compares slices, which runs in C: 5 MB take milliseconds.
    while shared < most:
        middle = (shared + most + 1) // 2
        if old[shared:middle] == new[shared:middle]:
            shared = middle
        else:
            most = middle - 1
    return shared


def shared_suffix(old: Sequence[str], new: Sequence[str]) -> int:
    """Count the items that both end with."""
    return shared_prefix(old[::-1], new[::-1])


def _core(old: Sequence[str], new: Sequence[str]) -> tuple[int, Sequence[str], Sequence[str]]:
    """Take off what both begin and end with; tell also how many they begin with."""
    above = shared_prefix(old, new)
    below = shared_suffix(old[above:], new[above:])
    return above, old[above : len(old) - below], new[above : len(new) - below]


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    for tag, *bounds in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            i, i_end, j, j_end = bounds
            yield i, i_end, j, j_end


def _work(old: Sequence[str], new: Sequence[str]) -> int:
    """Estimate from above the pairs of lines that difflib looks at."""
    counts = Counter(new)
    pairs = len(old) + sum(counts[line] for line in old)
    return pairs * min(len(old), len(new))


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pair the lines that occur once on both sides, as many as keep their order."""
    old_counts, new_counts = Counter(old), Counter(new)
    new_places = {line: place for place, line in enumerate(new) if new_counts[line] == 1}
    return _longest_rise(
        [
            (place, new_places[line])
            for place, line in enumerate(old)
            if old_counts[line] == 1 and line in new_places
        ]
    )


def _longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find the longest run of pairs in which the second numbers rise as the first ones do."""
    ends: list[int] = []  # the lowest second number in which a rise of each length can end
    holders: list[int] = []  # and the pair that it belongs to
    before: list[int | None] = []
    for index, (_, number) in enumerate(pairs):
        length = bisect_left(ends, number)
        before.append(holders[length - 1] if length else None)
        ends[length : length + 1] = [number]
        holders[length : length + 1] = [index]
    rise: list[tuple[int, int]] = []
    index_or_none = holders[-1] if holders else None
    while index_or_none is not None:
        rise.append(pairs[index_or_none])
        index_or_none = before[index_or_none]
    return rise[::-1]
