"""Comments that ask for something: `# AI: make this faster`.

Editors ask for code actions on every cursor move, so this looks at the lines that hold `AI:` and at
no others, and parses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from .lines import line_above, line_at, line_below
from .openings import opening_before

if TYPE_CHECKING:
    from .language import Language
    from .lines import Span

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


def ai_comments(language: Language, text: str, start: int, end: int) -> list[AiComment]:
    """List the comments that begin with `AI:` and touch the range.

    Lines of comment of the same sort right below one that has its line to itself belong to the
    instruction. A string that holds `# AI:` is no comment.
    """
    found: list[AiComment] = []
    at = _first_line(language, text, start)
    last = _last_line(language, text, max(start, end))
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


def _last_line(language: Language, text: str, end: int) -> int:
    """Go down from a line that only opens a block of comment."""
    line = line_at(text, end)
    only = text[line.start : min(line.end, line.start + _LONGEST_LINE)].strip().rstrip("*!")
    opens = any(only == opening.rstrip("*") for opening, _ in language.block_comments)
    below = line_below(text, line.end) if opens else None
    return below.end if below else line.end


def _starts_comment(language: Language, text: str, line: Span) -> bool:
    code = text[line.start : min(line.end, line.start + _LONGEST_LINE)].lstrip()
    tokens = (*language.line_comments, *(pair[0] for pair in language.block_comments))
    return code.startswith((*tokens, "*") if language.block_comments else tokens)


def _comment(language: Language, text: str, hit: int) -> AiComment | None:
    """Read the comment whose `AI:` stands at `hit`, if it stands in a comment."""
    line = line_at(text, hit)
    if line.end - line.start > _LONGEST_LINE:
        return None
    opening = opening_before(language, text, hit)
    if opening is None:
        return None
    if opening.closing:
        end = text.find(opening.closing, hit)
        end = line.end if end < 0 else end
        asked = [
            part.strip().lstrip("*").strip() for part in text[hit + len(_MARK) : end].splitlines()
        ]
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
