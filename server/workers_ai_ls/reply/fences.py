"""Find fences in a reply, and which of them closes a block."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from workers_ai_ls.reply.invisible import BLANKLESS

# In a list, the fence may stand right behind the bullet.
_FENCE = re.compile(
    r"(?P<indent>[ \t]*(?:(?:[-*+]|\d{1,2}[.)])[ \t]+)?)(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)"
)
# Models that were tuned on instructions write "### Response:```python".
_GLUED_OPENING = re.compile(r"(?P<lead>[^`]*:)[ \t]*(?P<fence>`{3,})(?P<info>[\w+#-]+)[ \t]*")
_GLUED_CLOSING = re.compile(r"(?P<code>.*[^`\s].*?)[ \t]*(?P<fence>`{3,})[ \t]*")


class Fence(NamedTuple):
    """A line that may open or close a block; `marks` are its backticks or tildes."""

    line: int
    indent: int
    """In columns, the bullet before it included."""
    marks: str
    info: str
    lead: str = ""


def fence_in(number: int, line: str) -> Fence | None:
    """Give the fence that a line (its 0-based number and text) is, if it is one."""
    if "```" not in line and "~~~" not in line:
        return None
    line = line.strip(BLANKLESS)
    if found := _FENCE.fullmatch(line):
        indent = len(found["indent"].expandtabs(4))
        return Fence(number, indent, found["fence"], found["info"].strip())
    if found := _GLUED_OPENING.fullmatch(line):
        return Fence(number, 0, found["fence"], found["info"], found["lead"])
    return None


def end_of(index: int, fences: list[Fence], lines: list[str]) -> tuple[int, list[str], bool]:
    """Find where a block ends: the line after its code, code glued to the fence, and closed or not."""
    fence = fences[index]
    closing, limit = _closing(index, fences)
    if limit is None:
        limit = len(lines)
    if closing is None:
        closing = _indented_closing(index, fences, limit)
    if closing is not None:
        return closing, [], True
    for number in range(fence.line + 1, limit):
        glued = _GLUED_CLOSING.fullmatch(lines[number])
        if glued and glued["fence"].startswith(fence.marks):
            return number, [glued["code"]], True
    return limit, [], False


def _later(
    index: int, fences: list[Fence], limit: int, *, deeper: bool
) -> Iterator[tuple[int, Fence]]:
    """Give the fences before the line `limit` that are at most as deep as a block's own, or deeper.

    One by one, since a reply may consist of fences, and most blocks end at the next.
    """
    fence = fences[index]
    for number in range(index + 1, len(fences)):
        other = fences[number]
        if other.line >= limit:
            return
        fits = other.marks.startswith(fence.marks) and not other.lead
        if fits and (other.indent > fence.indent) is deeper:
            yield number, other


def _closing(index: int, fences: list[Fence]) -> tuple[int | None, int | None]:
    """Find the closing fence, and failing that the fence of the next block that ends this one.

    Fences that are indented deeper than the opening one are code (an example in a docstring). A
    tagged fence inside an open block nests if its own closing fence and the block's both follow;
    otherwise the model forgot to close the block before it opened the next.
    """
    depth = 0
    for number, other in _later(index, fences, fences[-1].line + 1, deeper=False):
        if not other.info:
            if depth == 0:
                return other.line, None
            depth -= 1
            continue
        following = (fences[after] for after in range(number + 1, len(fences)))
        near = islice((each.info for each in following if each.indent <= fences[index].indent), 2)
        if list(near) != ["", ""]:
            return None, other.line
        depth += 1
    return None, None


def _indented_closing(index: int, fences: list[Fence], limit: int) -> int | None:
    """Find a closing fence that is indented deeper than the opening one, before the line `limit`.

    Fences in a docstring come in pairs; an odd one out closes the block.
    """
    depth = 0
    bare: list[int] = []
    for _, other in _later(index, fences, limit, deeper=True):
        if other.info:
            depth += 1
        elif depth:
            depth -= 1
        else:
            bare.append(other.line)
    return bare[-1] if len(bare) % 2 else None
