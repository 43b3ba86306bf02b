"""Where a comment opens on a line, and where that only looks so."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import attrs

from .lines import line_above, line_at

if TYPE_CHECKING:
    from .language import Language
    from .lines import Span


@attrs.frozen
class Opening:
    """A comment up to its first word."""

    start: int
    token: str
    closing: str
    """Empty for a comment that the line ends."""
    whole: bool
    """Whether nothing stands before the comment on its line."""


def opening_before(language: Language, text: str, at: int) -> Opening | None:
    """Find the comment whose first word stands at an offset, past any strings on the line."""
    line = line_at(text, at)
    if not text[line.start : at].strip("* \t"):
        return _opened_above(language, text, line)
    for match in _pattern(language).finditer(text, line.start, line.end):
        token = match["line"] or match["block"]
        if token and match.end() == at:
            whole = not text[line.start : match.start()].strip()
            blocks = () if match["line"] else language.block_comments
            closings = (closing for opening, closing in blocks if token.startswith(opening))
            return Opening(match.start(), token, next(closings, ""), whole)
        if match["line"] or match.start() > at:
            return None
    return None


def _opened_above(language: Language, text: str, line: Span) -> Opening | None:
    """Find a block of comment that the line above opens, as `/**` does alone."""
    above = line_above(text, line.start)
    if above is None:
        return None
    code = text[above.start : above.end].strip()
    for opening, closing in language.block_comments:
        if code.startswith(opening) and not code[len(opening) :].strip("*!"):
            start = above.start + text[above.start : above.end].index(opening)
            return Opening(start, opening, closing, whole=True)
    return None


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    """Match strings, and what opens a comment up to its first word."""
    strings = [rf"{quote}(?:\\.|[^{quote}\\])*{quote}" for quote in language.quotes]
    lines = [_line_token(token) for token in language.line_comments]
    blocks = [rf"{re.escape(opening)}[*!]*" for opening, _ in language.block_comments]
    never = [r"(?!)"]
    return re.compile(
        rf"(?P<block>{'|'.join(blocks or never)})\s*"
        rf"|(?P<line>{'|'.join(lines or never)})[ \t]*"
        rf"|{'|'.join(strings or never)}"
    )


def _line_token(token: str) -> str:
    """Match a token with its repetitions and doc marks: `///`, `//!`, `##`, `;;`."""
    escaped = re.escape(token)
    last = re.escape(token[-1])
    if token[0] in "#;%'!.:" or token.isalpha():
        # `$#`, `a;` and `50%` are no comments.
        return rf"(?<!\S){escaped}{last}*!?"
    return rf"(?<!:){escaped}{last}*!?"
