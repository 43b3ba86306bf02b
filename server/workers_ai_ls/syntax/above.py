"""What stands above a definition and belongs to it: attributes and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .lines import Span, is_blank, line_above, line_start

if TYPE_CHECKING:
    from collections.abc import Callable

    from .language import Language

    Attached = Callable[[int], int | None]


def above(text: str, start: int, attached: Attached, language: Language) -> tuple[int, int]:
    """Go up from a definition over its attributes and comments: where code and comments start.

    `attached` tells where an attribute that is a node of its own starts, by where it ends.
    """
    top = start
    while True:
        line = line_start(text, top)
        if not is_blank(text, Span(line, top)):
            upper = Span(line, top)
        elif (found := line_above(text, top)) is None or is_blank(text, found):
            return start, top
        else:
            upper = found
        end = upper.start + len(text[upper.start : upper.end].rstrip())
        if (attribute := attached(end)) is not None:
            start = top = attribute
            continue
        comment = _comment(text, Span(upper.start, end), text[line:top], language)
        if comment is None or upper.start == line:
            return start, top
        top = comment


def _comment(text: str, line: Span, indentation: str, language: Language) -> int | None:
    """Where the comment starts that ends on `line` and is indented like what it is about."""
    code = text[line.start : line.end]
    start = line.start + len(code) - len(code.lstrip())
    if code.lstrip().startswith(language.line_comments):
        shebang = line.start == 0 and code.startswith("#!")
        return start if code[: start - line.start] == indentation and not shebang else None
    for opening, closing in language.block_comments:
        if code.endswith(closing):
            start = text.rfind(opening, 0, line.end - len(closing))
            if start >= 0 and text[line_start(text, start) : start] == indentation:
                return start
    return None
