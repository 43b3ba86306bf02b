"""Comments that ask for something: `# AI: make this faster`.

Editors ask for code actions on every cursor move, so this looks at the lines that hold `AI:` and at
no others, and parses nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import attrs

from .lines import Span, line_above, line_at, line_below

if TYPE_CHECKING:
    from .language import Language

_MARK = "AI:"
_LONGEST_LINE = 10_000
"""Characters; in a longer line, which no person wrote, nothing is looked for."""
_LONGEST_INSTRUCTION = 50
"""Lines that are looked at above a cursor in a comment."""


@attrs.frozen
class AiComment:
    """A comment with an instruction; `start` and `end` are the offsets of the comment itself."""

    start: int
    end: int
    instruction: str


@attrs.frozen
class _Opening:
    """A comment up to its `AI:`."""

    start: int
    token: str
    closing: str
    """Empty for a comment that the line ends."""
    whole: bool
    """Whether nothing stands before the comment on its line."""


def ai_comments(language: Language, text: str, start: int, end: int) -> list[AiComment]:
    """List the comments that begin with `AI:` and touch the range.

    Lines of comment of the same sort right below one that has its line to itself belong to the
    instruction. A string that holds `# AI:` is no comment.
    """
    found: list[AiComment] = []
    at = _first_line(language, text, start)
    last = line_at(text, max(start, end)).end
    while (hit := text.find(_MARK, at, last)) >= 0:
        comment = _comment(language, text, hit)
        at = max(hit + len(_MARK), comment.end if comment else 0)
        if comment and comment.end >= line_at(text, start).start and comment.instruction:
            found.append(comment)
    return found


def _first_line(language: Language, text: str, start: int) -> int:
    """Go up from a line that may continue an instruction to where that may begin."""
    line = line_at(text, start)
    for _ in range(_LONGEST_INSTRUCTION):
        above = line_above(text, line.start)
        if not above or not all(_starts_comment(language, text, each) for each in (line, above)):
            break
        line = above
    return line.start


def _starts_comment(language: Language, text: str, line: Span) -> bool:
    code = text[line.start : min(line.end, line.start + _LONGEST_LINE)].lstrip()
    tokens = (*language.line_comments, *(pair[0] for pair in language.block_comments))
    return code.startswith((*tokens, "*") if language.block_comments else tokens)


def _comment(language: Language, text: str, hit: int) -> AiComment | None:
    """Read the comment whose `AI:` stands at `hit`, if it stands in a comment."""
    line = line_at(text, hit)
    if line.end - line.start > _LONGEST_LINE:
        return None
    opening = _opening(language, text, line, hit)
    if opening is None:
        return None
    if opening.closing:
        end = text.find(opening.closing, hit)
        end = line.end if end < 0 else end
        asked = [part.strip().lstrip("*").strip() for part in text[hit + 3 : end].splitlines()]
        stop = end + len(opening.closing) if text.startswith(opening.closing, end) else end
        return AiComment(opening.start, stop, "\n".join(filter(None, asked)))
    asked = [text[hit + len(_MARK) : line.end].strip()]
    end = line.end
    below = line_below(text, end)
    while opening.whole and below and (more := _more(text, below, opening.token)) is not None:
        asked.append(more)
        end = below.end
        below = line_below(text, end)
    return AiComment(opening.start, end, "\n".join(filter(None, asked)))


def _more(text: str, line: Span, token: str) -> str | None:
    """What a line adds to an instruction; None if it is no comment or asks for its own."""
    code = text[line.start : line.end].strip()
    words = code[len(token) :].strip()
    if not code.startswith(token) or words.startswith(_MARK):
        return None
    return words


def _opening(language: Language, text: str, line: Span, hit: int) -> _Opening | None:
    """Find the comment that opens right before `hit`, past any strings on the line."""
    at = line.start
    for match in _pattern(language).finditer(text, line.start, line.end):
        if match.start() > hit:
            break
        at = match.start()
        token = match["line"] or match["block"]
        if token is None:
            continue
        if match.end() == hit:
            whole = not text[line.start : at].strip()
            blocks = () if match["line"] else language.block_comments
            closings = (closing for opening, closing in blocks if token.startswith(opening))
            return _Opening(at, token, next(closings, ""), whole)
        if match["line"]:
            return None
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
