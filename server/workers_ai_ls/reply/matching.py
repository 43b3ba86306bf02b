"""Find where changes belong, by the lines that they name, and make line edits of them.

Lines are compared by their words: blanks may differ, nothing else. What is not found, or is found
in several places, is not guessed at.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from workers_ai_ls.reply import refusals
from workers_ai_ls.reply.indentation import is_blank
from workers_ai_ls.reply.indents import Indents
from workers_ai_ls.reply.patches import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workers_ai_ls.reply.refusals import Refusal


class LineEdit(NamedTuple):
    """`lines` in place of the lines `first` to `last` (excluded); an insertion if they are equal."""

    first: int
    last: int
    lines: tuple[str, ...]


_CONTEXTS = (3, 1, 0)
_WAYS: tuple[Callable[[str], str], ...] = (
    str,
    str.rstrip,
    str.strip,
    lambda line: "".join(line.split()),
)


def line_edits(
    changes: Sequence[Change], text: Sequence[str], selected: tuple[int, int]
) -> tuple[LineEdit, ...] | Refusal | None:
    """Make edits of `text` (its lines without their ends), sorted; None where it was no answer.

    Of several places, the only one in `selected` (from, to before) is meant, or the one whose
    number a diff names.
    """
    edits: list[LineEdit] = []
    for change in changes:
        found = _edits(change, text, selected)
        if not isinstance(found, list):
            return found if change.sure else None
        edits += found
    edits = sorted(set(edits))
    if any(after.first < before.last for before, after in pairwise(edits)):
        return refusals.NOT_FOUND
    return tuple(edits)


def _edits(
    change: Change, text: Sequence[str], selected: tuple[int, int]
) -> list[LineEdit] | Refusal:
    if all(is_blank(line) for line in change.search):
        first, last = selected
        if all(is_blank(line) for line in text[first:last]):
            return [LineEdit(first, last, change.replace)]
        return refusals.NOT_FOUND
    places = _places(change.search, text)
    if not places:
        return _apart(change, text, selected)
    place = _chosen(places, change, selected)
    return refusals.AMBIGUOUS if place is None else _placed(change, place, text)


def _apart(
    change: Change, text: Sequence[str], selected: tuple[int, int]
) -> list[LineEdit] | Refusal:
    """Find the passages of a change one by one: diffs leave out what stands between them."""
    if not change.has_gaps or not _stands_in_order(change.search, text):
        return refusals.NOT_FOUND
    matcher = SequenceMatcher(None, change.search, change.replace, autojunk=False)
    for context in _CONTEXTS:
        edits: list[LineEdit] = []
        groups = list(matcher.get_grouped_opcodes(context))
        for group in groups:
            (_, i, _, j, _), (_, _, i_end, _, j_end) = group[0], group[-1]
            part = Change(change.search[i:i_end], change.replace[j:j_end])
            places = _places(part.search, text)
            place = _chosen(places, part, selected) if places else None
            if place is None:
                break
            edits += _placed(part, place, text)
        else:
            return edits
    return refusals.NOT_FOUND


def _stands_in_order(search: Sequence[str], text: Sequence[str]) -> bool:
    """Whether all lines stand there, whatever is between them."""
    rest = iter("".join(line.split()) for line in text)
    return all("".join(line.split()) in rest for line in search if line.strip())


def _places(search: Sequence[str], text: Sequence[str]) -> list[list[int]]:
    """Give the places where the lines stand, each as the line of `text` for each filled line."""
    for way in _WAYS:
        wanted = [way(line) for line in search if line.strip()]
        if not wanted:
            break
        filled = [at for at, line in enumerate(text) if line.strip()]
        lines = [way(text[at]) for at in filled]
        count = len(wanted)
        starts = [at for at, line in enumerate(lines) if line == wanted[0]]
        found = [filled[at : at + count] for at in starts if lines[at : at + count] == wanted]
        if found:
            return found
    return []


def _chosen(places: list[list[int]], change: Change, selected: tuple[int, int]) -> list[int] | None:
    inside = [each for each in places if selected[0] <= each[0] and each[-1] < selected[1]]
    numbered = {change.line - 1, change.line - 1 + selected[0]} if change.line else set[int]()
    blank = next(at for at, line in enumerate(change.search) if line.strip())
    for some in (places, inside, [each for each in places if each[0] - blank in numbered]):
        if len(some) == 1:
            return some[0]
    return None


def _placed(change: Change, place: list[int], text: Sequence[str]) -> list[LineEdit]:
    """Make edits of the lines that differ; those that stay are the text's own."""
    filled = [at for at, line in enumerate(change.search) if line.strip()]
    line_of = dict(zip(filled, place, strict=True))
    indents = Indents([(change.search[at], text[line_of[at]]) for at in filled])
    matcher = SequenceMatcher(None, change.search, change.replace, autojunk=False)
    edits: list[LineEdit] = []
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone = [line_of[at] for at in range(i, i_end) if at in line_of]
        lines = tuple(indents.moved(line) for line in change.replace[j:j_end])
        if gone:
            edits.append(LineEdit(gone[0], gone[-1] + 1, lines))
            continue
        above = [line_of[at] for at in range(i) if at in line_of]
        below = [line_of[at] for at in range(i, len(change.search)) if at in line_of]
        at = above[-1] + 1 if above else below[0]
        # The blank lines that the search names above the place are above it in the text, too.
        named = i - max((each for each in range(i) if each in line_of), default=i - 1) - 1
        while named > 0 and at < len(text) and is_blank(text[at]):
            at, named = at + 1, named - 1
        if any(not is_blank(line) for line in lines) or tag == "insert":
            edits.append(LineEdit(at, at, lines))
    return edits
