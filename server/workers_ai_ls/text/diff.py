"""Edits, and the fewest that turn one text into another.

Whoever looks at the text meanwhile keeps cursors, folds and breakpoints on all that stays.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from workers_ai_ls.text.hunks import Hunk, hunks, shared_prefix, shared_suffix
from workers_ai_ls.text.lines import split_lines


class Edit(NamedTuple):
    """`text` in place of what stands between two offsets."""

    start: int
    end: int
    text: str


def minimal_edits(old: str, new: str) -> list[Edit]:
    r"""Find the edits that turn `old` into `new`, sorted, none overlapping or touching another.

    Lines that stay are never touched, and of lines that change, the characters that both texts
    begin and end with are not touched either. When as many lines came as went, each is compared
    with its counterpart. An edit never parts a `\r\n`, nor a character from its combining marks.
    `hunks` tells how lines are compared and where that gives up.

    >>> minimal_edits("a\nx = 1\nb\n", "a\nx = 2\nb\n")
    [Edit(start=6, end=7, text='2')]
    """
    old_lines, new_lines = split_lines(old), split_lines(new)
    starts = list(accumulate(map(len, old_lines), initial=0))
    edits: list[Edit] = []
    for hunk in _paired(hunks(old_lines, new_lines)):
        before = "".join(old_lines[hunk.old_start : hunk.old_end])
        after = "".join(new_lines[hunk.new_start : hunk.new_end])
        edit = _moved(_trimmed(before, after), starts[hunk.old_start])
        if edits and edits[-1].end == edit.start:
            # Some clients order edits that touch by rules of their own.
            edit = Edit(edits[-1].start, edit.end, edits.pop().text + edit.text)
        if edit.text or edit.start != edit.end:
            edits.append(edit)
    return edits


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Apply sorted edits to `text`, whose offsets they all count in.

    Raises `ValueError` when they are out of order, overlap or leave the text.
    """
    pieces, done = [], 0
    for edit in edits:
        if not done <= edit.start <= edit.end <= len(text):
            raise ValueError(f"{edit.start}..{edit.end} does not follow {done} in {len(text)}")
        pieces += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*pieces, text[done:]])


def _paired(changed: Iterable[Hunk]) -> Iterator[Hunk]:
    """Take hunks with as many lines on both sides apart into pairs of lines."""
    for hunk in changed:
        rows = hunk.old_end - hunk.old_start
        if rows != hunk.new_end - hunk.new_start:
            yield hunk
            continue
        for row in range(rows):
            i, j = hunk.old_start + row, hunk.new_start + row
            yield Hunk(i, i + 1, j, j + 1)


def _trimmed(old: str, new: str) -> Edit:
    start = shared_prefix(old, new)
    while _splits(old, start) or _splits(new, start):
        start -= 1
    kept = shared_suffix(old[start:], new[start:])
    while _splits(old, len(old) - kept) or _splits(new, len(new) - kept):
        kept -= 1
    return Edit(start, len(old) - kept, new[start : len(new) - kept])


def _splits(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    if text[at] == "\n":
        return text[at - 1] == "\r"
    return unicodedata.category(text[at]).startswith("M")


def _moved(edit: Edit, by: int) -> Edit:
    return Edit(edit.start + by, edit.end + by, edit.text)
