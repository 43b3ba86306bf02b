"""What a selection means.

A cursor means the function or method around it, else the class, else the statements or paragraph
that it stands in. A selection that cuts code in half means the whole statements, but never more
than the definition that it lies in. What is exactly an expression stays as it is; the name in a
definition stands for the definition.

Of whole lines the range holds the indentation of the first, so that the code can be indented anew,
and not the break of the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cursor import LONG_LINE, meant_by_cursor
from .lines import Span, is_blank, line_at, line_start, trimmed, whole_lines
from .scopes import scopes_near
from .statements import grown, is_exact

if TYPE_CHECKING:
    from .tree import Tree


def expand(tree: Tree | None, text: str, start: int, end: int) -> tuple[int, int]:
    """Give the range that a selection means; `tree` is None for text without a grammar.

    The range contains the selection but for blanks at its ends. A cursor on a blank line means the
    nearest code. In lines of more than 2,000 characters a selection stays as it is, and a cursor
    means at most as many characters around it. Offsets outside of the text count as its ends.
    """
    start, end = sorted(max(0, min(offset, len(text))) for offset in (start, end))
    chosen = trimmed(text, Span(start, end))
    if chosen.start == chosen.end:
        return meant_by_cursor(tree, text, start)
    first, last = line_at(text, chosen.start), line_at(text, chosen.end)
    if max(line.end - line.start for line in (first, last)) > LONG_LINE:
        return chosen
    if tree is None:
        return Span(first.start, last.end)
    if _is_name(tree, chosen):
        return meant_by_cursor(tree, text, chosen.start)
    comments = tree.language.line_comments
    if is_exact(tree, chosen) and (first == last or _is_alone(text, chosen)):
        return whole_lines(text, chosen, comments)
    return whole_lines(text, grown(tree, chosen) or Span(first.start, last.end), comments)


def _is_name(tree: Tree, chosen: Span) -> bool:
    """Whether just the name in a definition is selected, as by a double click."""
    return any(
        chosen == Span(scope.name_start, scope.name_start + len(scope.name))
        for scope in scopes_near(tree, *chosen)
    )


def _is_alone(text: str, chosen: Span) -> bool:
    """Whether nothing but a comma or semicolon shares the lines of a selection."""
    before = Span(line_start(text, chosen.start), chosen.start)
    after = text[chosen.end : line_at(text, chosen.end).end]
    return is_blank(text, before) and not after.strip(" \t,;")
