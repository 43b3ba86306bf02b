r"""Lines of a text by offset. Only `\n`, `\r\n` and `\r` end a line, as in the protocol.

Each look-up costs as much as the line is long, however long the text is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_BREAK = re.compile(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A range of offsets; `end` is not part of it."""

    start: int
    end: int


def line_start(text: str, offset: int) -> int:
    """Give the offset where the line of `offset` starts."""
    if text.startswith("\r\n", offset - 1) and offset > 0:
        offset -= 1
    start = text.rfind("\n", 0, offset) + 1
    return max(start, text.rfind("\r", start, offset) + 1)


def line_end(text: str, offset: int) -> int:
    """Give the offset where the line of `offset` ends, before its line break."""
    if text.startswith("\r\n", offset - 1) and offset > 0:
        return offset - 1
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    found = text.find("\r", offset, end)
    return end if found < 0 else found


def line_above(text: str, offset: int) -> Span | None:
    """Give the line above that of `offset`; None on the first."""
    start = line_start(text, offset)
    if start == 0:
        return None
    end = start - (2 if text.startswith("\r\n", start - 2) and start > 1 else 1)
    return Span(line_start(text, end), end)


def line_below(text: str, offset: int) -> Span | None:
    """Give the line below that of `offset`; None on the last."""
    found = _BREAK.match(text, line_end(text, offset))
    return found and Span(found.end(), line_end(text, found.end()))


def line_at(text: str, offset: int) -> Span:
    """Give the line of `offset`, without its line break."""
    return Span(line_start(text, offset), line_end(text, offset))


def line_count(text: str, span: Span) -> int:
    """Count the lines that a range touches."""
    return 1 + sum(1 for _ in _BREAK.finditer(text, span.start, span.end))


def is_blank(text: str, span: Span) -> bool:
    """Whether a range holds nothing but blanks."""
    return not text[span.start : span.end].strip()


def trimmed(text: str, span: Span) -> Span:
    """Give a range without the blanks and line breaks at its ends; empty at its start if all is."""
    chosen = text[span.start : span.end]
    if not chosen.strip():
        return Span(span.start, span.start)
    return Span(span.end - len(chosen.lstrip()), span.start + len(chosen.rstrip()))


def lines_around(text: str, span: Span, most: int) -> Span:
    """Give the lines of a range with those above and below, up to blank ones or `most` of each."""
    first, last = line_at(text, span.start), line_at(text, span.end)
    for _ in range(most):
        above = line_above(text, first.start)
        if above is None or is_blank(text, above):
            break
        first = above
    for _ in range(most):
        below = line_below(text, last.end)
        if below is None or is_blank(text, below):
            break
        last = below
    return Span(first.start, last.end)


def whole_lines(text: str, span: Span, comments: tuple[str, ...] = ()) -> Span:
    """Grow a range over the blanks around it, where nothing else stands on its lines.

    A comment behind it, up to the line's end, comes along. The indentation does only if the whole
    first line does; the break of the last line never does.
    """
    start, end = line_start(text, span.start), line_end(text, span.end)
    rest = text[span.end : end].strip()
    if rest and not (comments and rest.startswith(comments)):
        end = span.end
    single = start == line_start(text, span.end)
    cut = text[start : span.start].strip() or (single and end == span.end and rest)
    return Span(span.start if cut else start, end)
