"""Choose the blocks of a reply that answer, out of usage, output, steps and alternatives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workers_ai_ls.reply.defining import defined, defines, uses
from workers_ai_ls.reply.looks import looks_like_code
from workers_ai_ls.reply.tags import ASIDES, PROSE_LANGUAGES, are_related, language_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from workers_ai_ls.reply.blocks import Block
    from workers_ai_ls.reply.reading import Reply

_IS_BEFORE = re.compile(
    r"\b(?:original|your|current|old|given|existing)\b.*\bcode\b|\b(?:before|instead of|replace this)\b",
    re.IGNORECASE,
)
_IS_USAGE = re.compile(
    r"\b(?:usage|how (?:to|you can) use|use it|call(?:ed)? it|for example|run (?:it|this|the)|output)\b"
    r"|\bexample\b.*\b(?:use|using|call)",
    re.IGNORECASE,
)
_IS_OTHER = re.compile(
    r"\b(?:alternativ\w*|option|another (?:way|approach|version|solution)|or|otherwise)\b",
    re.IGNORECASE,
)
_SESSION = (">>> ", "$ ", "julia> ", "irb(", "In [")
_IMPORT = re.compile(
    r"\s*(?:import|from|use|using|require|#\s*include|package|const \w+ = require)\b"
)


def answering(reply: Reply, fence: str, names: Collection[str], original: str) -> tuple[Block, ...]:
    """Give the block that answers, or those that answer together, in their order."""
    if language_of(fence) in PROSE_LANGUAGES and not any(
        are_related(block.tag, fence) for block in reply.blocks
    ):
        # A text about code has blocks of its own.
        return tuple(block for block in reply.blocks[:1] if not block.tag and not reply.prose)
    blocks = [block for block in reply.blocks if block.code.strip() and _may_answer(block, fence)]
    if not blocks:
        return ()
    ranks = [_rank(block, fence, names, original) for block in blocks]
    best = max(ranks)
    # Of alternatives, models put the one they mean first; a clearly longer one that holds all of
    # it is the whole.
    equal = [block for block, rank in zip(blocks, ranks, strict=True) if rank == best]
    longest = max(equal, key=lambda block: len(block.code))
    longer = len(longest.code) > 2 * len(equal[0].code)
    chosen = longest if longer and defined(equal[0].code) <= defined(longest.code) else equal[0]
    others = [block for block in blocks if block is not chosen and _may_join(block, original)]
    return _joined(chosen, others, names)


def _joined(chosen: Block, others: Sequence[Block], names: Collection[str]) -> tuple[Block, ...]:
    """Add what belongs to the block: other wanted definitions, and what it uses itself."""
    taken = [chosen]
    left = [block for block in others if language_of(block.tag) == language_of(chosen.tag)]
    while True:
        code = "\n".join(block.code for block in taken)
        have = defined(code)
        lacking = [name for name in names if not defines(code, name)]
        more = next(
            (
                block
                for block in left
                if not have & defined(block.code)
                and (
                    any(defines(block.code, name) for name in lacking)
                    or any(
                        uses(code, name) and not defines(code, name) for name in defined(block.code)
                    )
                    or (not names and have and defined(block.code))
                    or (block.line < chosen.line and _only_imports(block.code))
                )
            ),
            None,
        )
        if more is None:
            break
        taken.append(more)
        left.remove(more)
    whole = [block for block in taken if re.search(r"^\s*package\b", block.code, re.MULTILINE)]
    if len(whole) > 1:
        # Each is a file of its own.
        return (chosen,)
    return tuple(sorted(taken, key=lambda block: block.line))


def _may_join(block: Block, original: str) -> bool:
    aside = _IS_BEFORE.search(block.lead) or _IS_USAGE.search(block.lead)
    repeats = bool(original.strip()) and block.code.split() == original.split()
    return not (aside or repeats or _IS_OTHER.search(block.lead) or _is_session(block.code))


def _only_imports(code: str) -> bool:
    return all(_IMPORT.match(line) for line in code.split("\n") if line.strip())


def _may_answer(block: Block, fence: str) -> bool:
    if block.tag and are_related(block.tag, fence):
        return True
    if language_of(block.tag) in ASIDES:
        return False
    return bool(block.tag) or looks_like_code(block.code, fence) or not _reads_as_words(block.code)


def _reads_as_words(code: str) -> bool:
    return len(code.split()) > 3 and not re.search(r"[(){}\[\]=;:<>]", code)  # noqa: PLR2004 - "pip install x"


def _rank(block: Block, fence: str, names: Collection[str], original: str) -> int:
    rank = 0
    if block.tag and are_related(block.tag, fence):
        rank += 3 if language_of(block.tag) == language_of(fence) else 2
    elif not block.tag:
        rank += 1
    if any(defines(block.code, name) for name in names):
        rank += 6
    elif any(uses(block.code, name) for name in names) or (not names and defined(block.code)):
        rank += 1
    if _is_session(block.code):
        rank -= 4
    if original.strip() and block.code.split() == original.split():
        rank -= 5
    if _IS_BEFORE.search(block.lead) or _IS_USAGE.search(block.lead):
        rank -= 2
    return rank


def _is_session(code: str) -> bool:
    return code.lstrip().startswith(_SESSION)
