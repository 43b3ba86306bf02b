"""Find the fenced blocks of a reply, however badly they are fenced."""

import re

import attrs

from workers_ai_ls.reply.fences import Fence, end_of, fence_in
from workers_ai_ls.reply.looks import looks_like_code, without_prose
from workers_ai_ls.reply.tags import is_language_name, tag_and_code

# Behind its answer, a model may go on with turns of both sides.
_TURN = re.compile(
    r"(?:#{1,4}[ \t]*|\*\*|\[|<\|)?(?:Human|User|Assistant|Instruction|INST)\b(?:\*\*)?(?:[ \t]*:|\]|\|>|[ \t]*$).*",
    re.IGNORECASE,
)


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


def split_blocks(text: str) -> tuple[tuple[Block, ...], str]:
    r"""Take `text` (line ends `\n`) apart into its blocks and the prose around them."""
    lines = text.split("\n")
    fences = [fence for number, line in enumerate(lines) if (fence := fence_in(number, line))]
    blocks: list[Block] = []
    prose: list[str] = []
    lead, start = "", 0
    for index, fence in enumerate(fences):
        if fence.line < start:
            continue
        before = lines[start : fence.line]
        if blocks and any(_TURN.match(line) for line in before):
            break
        if not blocks and _only_closes(fence, fences[index + 1 : index + 2], lines):
            code = without_prose("\n".join(before)).split("\n")
            blocks.append(_block("", code, Fence(0, 0, "", ""), "", closed=True))
            start = fence.line + 1
            continue
        before += [fence.lead] if fence.lead else []
        prose += before
        lead = next((line.strip() for line in reversed(before) if line.strip()), lead)
        end, last, closed = end_of(index, fences, lines)
        body = [*lines[fence.line + 1 : end], *last]
        tag, first = tag_and_code(fence.info)
        if first or closed or any(line.strip() for line in body):
            blocks.append(
                _block(tag, [first, *body] if first else body, fence, lead, closed=closed)
            )
        start = max(end + closed, fence.line + 1)
    prose += lines[start:]
    return tuple(blocks), "\n".join(prose).strip()


def _only_closes(fence: Fence, following: list[Fence], lines: list[str]) -> bool:
    """Tell whether the opening fence was in the prompt or got lost: all text before is code."""
    if fence.info:
        return False
    between = "\n".join(lines[fence.line + 1 : following[0].line if following else len(lines)])
    if following and not following[0].info and looks_like_code(between):
        return False
    return looks_like_code("\n".join(lines[: fence.line]))


def _block(tag: str, body: list[str], fence: Fence, lead: str, *, closed: bool) -> Block:
    named = next((number for number, line in enumerate(body) if line.strip()), None)
    if not tag and named is not None and body[named + 1 :] and is_language_name(body[named]):
        tag, body = body[named].strip().casefold(), body[named + 1 :]
    return Block(tag, "\n".join(_without_indent(body, fence.indent)), closed, fence.line, lead)


def _without_indent(body: list[str], columns: int) -> list[str]:
    """Take off the indentation that a list gives to a block, if every line has some of it."""
    indents = [len(line) - len(line.lstrip(" \t")) for line in body if line.strip()]
    common = min(columns, min(indents, default=0))
    return [line[common:] for line in body]
