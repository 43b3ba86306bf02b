"""Find the fenced blocks of a reply, however badly they are fenced."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import attrs

from workers_ai_ls.reply.looks import looks_like_code
from workers_ai_ls.reply.tags import is_language_name, tag_and_code

# In a list, the fence may stand right behind the bullet.
_FENCE = re.compile(
    r"(?P<indent>[ \t]*(?:(?:[-*+]|\d{1,2}[.)])[ \t]+)?)(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)"
)
# Models that were tuned on instructions write "### Response:```python".
_GLUED_OPENING = re.compile(r"(?P<lead>[^`]*:)[ \t]*(?P<fence>`{3,})(?P<info>[\w+#-]+)[ \t]*")
_GLUED_CLOSING = re.compile(r"(?P<code>.*[^`\s].*?)[ \t]*(?P<fence>`{3,})[ \t]*")


@attrs.frozen
class Block:
    """A fenced block of a reply.

    `tag` is lower case without attributes, and empty if there is none; `code` has no final line
    end, and no indentation that it owes to the fence's. `closed` is False where the closing fence
    is missing. `line` is the 0-based line of `Reply.text` on which the block starts, and `lead` the
    last line of prose before it.
    """

    tag: str
    code: str
    closed: bool
    line: int
    lead: str = ""


class _Fence(NamedTuple):
    line: int
    indent: int
    """In columns, the bullet before it included."""
    marks: str
    info: str
    lead: str = ""


def split_blocks(text: str) -> tuple[tuple[Block, ...], str]:
    r"""Take `text` (line ends `\n`) apart into its blocks and the prose around them."""
    lines = text.split("\n")
    fences = [fence for number, line in enumerate(lines) if (fence := _fence(number, line))]
    blocks: list[Block] = []
    prose: list[str] = []
    lead, start = "", 0
    for index, fence in enumerate(fences):
        if fence.line < start:
            continue
        before = lines[start : fence.line]
        if not blocks and _only_closes(fence, fences[index + 1 : index + 2], lines):
            blocks.append(_block("", before, _Fence(0, 0, "", ""), "", closed=True))
            start = fence.line + 1
            continue
        before += [fence.lead] if fence.lead else []
        prose += before
        lead = next((line.strip() for line in reversed(before) if line.strip()), lead)
        end, last, closed = _end(index, fences, lines)
        body = [*lines[fence.line + 1 : end], *last]
        tag, first = tag_and_code(fence.info)
        if first or closed or any(line.strip() for line in body):
            blocks.append(
                _block(tag, [first, *body] if first else body, fence, lead, closed=closed)
            )
        start = max(end + closed, fence.line + 1)
    prose += lines[start:]
    return tuple(blocks), "\n".join(prose).strip()


def _fence(number: int, line: str) -> _Fence | None:
    if "```" not in line and "~~~" not in line:
        return None
    if found := _FENCE.fullmatch(line):
        indent = len(found["indent"].expandtabs(4))
        return _Fence(number, indent, found["fence"], found["info"].strip())
    if found := _GLUED_OPENING.fullmatch(line):
        return _Fence(number, 0, found["fence"], found["info"], found["lead"])
    return None


def _only_closes(fence: _Fence, following: list[_Fence], lines: list[str]) -> bool:
    """Tell whether the opening fence was in the prompt or got lost: all text before is code."""
    if fence.info:
        return False
    between = "\n".join(lines[fence.line + 1 : following[0].line if following else len(lines)])
    if following and not following[0].info and looks_like_code(between):
        return False
    return looks_like_code("\n".join(lines[: fence.line]))


def _end(index: int, fences: list[_Fence], lines: list[str]) -> tuple[int, list[str], bool]:
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
    index: int, fences: list[_Fence], limit: int, *, deeper: bool
) -> Iterator[tuple[int, _Fence]]:
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


def _closing(index: int, fences: list[_Fence]) -> tuple[int | None, int | None]:
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


def _indented_closing(index: int, fences: list[_Fence], limit: int) -> int | None:
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


def _block(tag: str, body: list[str], fence: _Fence, lead: str, *, closed: bool) -> Block:
    named = next((number for number, line in enumerate(body) if line.strip()), None)
    if not tag and named is not None and body[named + 1 :] and is_language_name(body[named]):
        tag, body = body[named].strip().casefold(), body[named + 1 :]
    return Block(tag, "\n".join(_without_indent(body, fence.indent)), closed, fence.line, lead)


def _without_indent(body: list[str], columns: int) -> list[str]:
    """Take off the indentation that a list gives to a block, if every line has some of it."""
    indents = [len(line) - len(line.lstrip(" \t")) for line in body if line.strip()]
    common = min(columns, min(indents, default=0))
    return [line[common:] for line in body]
