"""Find the changes that a reply describes where it does not give the whole code.

Models that were trained for editing tools answer with SEARCH/REPLACE blocks or with diffs, asked or
not. Both come to the same: some lines of the code, and the lines that take their place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.reply import refusals
from workers_ai_ls.reply.diffs import diff_in, is_diff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.reply.diffs import Hunk
    from workers_ai_ls.reply.reading import Reply
    from workers_ai_ls.reply.refusals import Refusal

_OPENS = re.compile(
    r"(?P<indent>[ \t]*)(?:<{5,12}[ \t]*(?:SEARCH|ORIGINAL|HEAD|OLD|BEFORE|FIND|CURRENT)?\b[^<>]*"
    r"|-{5,12}[ \t]*SEARCH\b.*)",
    re.IGNORECASE,
)
_DIVIDES = re.compile(r"[ \t]*={5,12}[ \t]*")
_BASE = re.compile(r"[ \t]*\|{5,12}.*")
_CLOSES = re.compile(r"[ \t]*(?:>{5,12}(?!>).*|\+{5,12}[ \t]*REPLACE\b.*)", re.IGNORECASE)
_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,})[^`]*")
_IN_CODE = re.compile(r"^<{5,12} ?(?:SEARCH|ORIGINAL|HEAD|OLD)\b|^@@ .*@@|^--- a/", re.MULTILINE)


@attrs.frozen
class Change:
    """Lines of the code as the model believes them to be, and those that take their place.

    `line` is where a diff says that they stand, from 1; 0 where nothing says so. `has_gaps` says
    that lines may be left out between those that stay. `sure` is False where the text may be code
    that merely looks like a change.
    """

    search: tuple[str, ...]
    replace: tuple[str, ...]
    line: int = 0
    has_gaps: bool = False
    sure: bool = True


def changes_in(reply: Reply, original: str) -> list[Change] | Refusal | None:
    """Give the changes that a reply describes; None where it does not answer in that way.

    Code that holds such marks itself (a merge conflict) is not taken for an answer in that way.
    """
    if _IN_CODE.search(original):
        return None
    found = _blocks(reply.text.split("\n"))
    if found is None:
        return refusals.BROKEN_OFF
    if found:
        return found
    hunks = [
        (hunk, is_diff(block.code) or block.tag in ("diff", "patch", "udiff"))
        for block in reply.blocks
        for hunk in diff_in(block.code, tagged=block.tag in ("diff", "patch", "udiff"))
    ]
    if not hunks and not reply.blocks and is_diff(reply.text):
        hunks = [(hunk, True) for hunk in diff_in(reply.text, tagged=False)]
    if not hunks:
        return None
    return [_change(hunk, sure=sure) for hunk, sure in hunks]


def _change(hunk: Hunk, *, sure: bool) -> Change:
    search = tuple(line.text for line in hunk.lines if line.mark != "+")
    replace = tuple(line.text for line in hunk.lines if line.mark != "-")
    return Change(search, replace, hunk.line, has_gaps=True, sure=sure)


def _blocks(lines: Sequence[str]) -> list[Change] | None:
    """Give all SEARCH/REPLACE blocks; None where one of them breaks off."""
    found: list[Change] = []
    at = 0
    while at < len(lines):
        opened = _OPENS.fullmatch(lines[at])
        divider = _next(lines, at + 1, _DIVIDES) if opened else None
        if opened is None or (divider is None and not _is_marked(lines[at])):
            at += 1
            continue
        if divider is None:
            return None
        end = _next(lines, divider + 1, _CLOSES)
        following = _next(lines, divider + 1, _OPENS)
        if end is None and following is None:
            return None
        # Where the closing mark was forgotten, the next block ends this one.
        end = min(each for each in (end, following) if each is not None)
        base = _next(lines[:divider], at + 1, _BASE) or divider
        indent = len(opened["indent"])
        found.append(
            Change(
                _section(lines[at + 1 : base], indent), _section(lines[divider + 1 : end], indent)
            )
        )
        at = end if _OPENS.fullmatch(lines[end]) else end + 1
    return found


def _is_marked(line: str) -> bool:
    return "SEARCH" in line or "ORIGINAL" in line


def _next(lines: Sequence[str], start: int, wanted: re.Pattern[str]) -> int | None:
    return next((at for at in range(start, len(lines)) if wanted.fullmatch(lines[at])), None)


def _section(lines: Sequence[str], indent: int) -> tuple[str, ...]:
    """The lines between two marks, without the fence that some models put around them."""
    if len(lines) > 1 and _FENCE.fullmatch(lines[0]) and _FENCE.fullmatch(lines[-1]):
        lines = lines[1:-1]
    blank = all(not line[:indent].strip() for line in lines)
    return tuple(line[indent:] if blank else line for line in lines)
