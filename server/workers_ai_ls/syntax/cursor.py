"""What a cursor means, where nothing is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .enclosing import enclosing
from .lines import (
    Span,
    is_blank,
    line_above,
    line_at,
    line_below,
    line_start,
    lines_around,
    trimmed,
    whole_lines,
)
from .statements import LONGEST, paragraph

if TYPE_CHECKING:
    from .scopes import Scope
    from .tree import Tree

LONG_LINE = 2_000
"""Characters. A longer line is data or minified code, and lines are no measure for it."""

_HOUSES = frozenset({"module", "namespace"})
"""Kinds that only hold definitions; a cursor in one does not mean all of it."""


def meant_by_cursor(tree: Tree | None, text: str, at: int) -> Span:
    """Give the definition at an offset, else the statements or paragraph; empty without code."""
    line = line_at(text, at)
    scope = enclosing(tree, at, at) if tree else None
    if is_blank(text, line) and (scope is None or scope.kind in _HOUSES):
        nearest = _nearest(text, line)
        if nearest is None:
            return Span(at, at)
        line, at = nearest, trimmed(text, nearest).start
        scope = enclosing(tree, at, at) if tree else None
    if scope and scope.kind in _HOUSES:
        return _lines(tree, text, at, line, scope)
    if line.end - line.start > LONG_LINE and (not scope or scope.end - scope.start > LONG_LINE):
        return _window(text, line, at)
    if scope:
        start = scope.start if at >= line_start(text, scope.start) else scope.doc_start
        comments = tree.language.line_comments if tree else ()
        return whole_lines(text, Span(start, scope.end), comments)
    return _lines(tree, text, at, line, None)


def _lines(tree: Tree | None, text: str, at: int, line: Span, house: Scope | None) -> Span:
    """Give the statements at the cursor's line, or its paragraph where there are none."""
    if line.end - line.start > LONG_LINE:
        return _window(text, line, at)
    lines = lines_around(text, line, LONGEST // 2)
    if tree is None:
        return lines
    first = trimmed(text, line).start
    inside = Span(0, len(text))
    if house and house.body and house.body.start < first < house.body.end - 1:
        inside = house.body
    found = paragraph(tree, first, inside)
    return whole_lines(text, found, tree.language.line_comments) if found else lines


def _nearest(text: str, line: Span) -> Span | None:
    """Find the nearest line that is not blank, above rather than below."""
    above: Span | None = line
    below: Span | None = line
    while above or below:
        above = line_above(text, above.start) if above else None
        if above and not is_blank(text, above):
            return above
        below = line_below(text, below.end) if below else None
        if below and not is_blank(text, below):
            return below
    return None


def _window(text: str, line: Span, at: int) -> Span:
    """Take at most `LONG_LINE` characters of a line around a cursor, from word to word."""
    start = max(line.start, min(at - LONG_LINE // 2, line.end - LONG_LINE))
    end = min(line.end, start + LONG_LINE)
    first, last = start, end
    while line.start < first < at and _in_word(text, first):
        first += 1
    while at < last < line.end and _in_word(text, last):
        last -= 1
    return Span(start if first == at else first, end if last == at else last)


def _in_word(text: str, offset: int) -> bool:
    """Whether an offset lies between two characters of a word."""
    return all(each.isalnum() or each == "_" for each in text[offset - 1 : offset + 1])
