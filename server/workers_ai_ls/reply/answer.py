"""Give the code that answers, or the reason why there is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workers_ai_ls.reply import refusals
from workers_ai_ls.reply.choosing import answering
from workers_ai_ls.reply.defining import defined, defines
from workers_ai_ls.reply.flaws import breaks_off, elided, is_patch, parses, runs_wild
from workers_ai_ls.reply.looks import bare_code, looks_like_code, without_prose
from workers_ai_ls.reply.sessions import without_prompts
from workers_ai_ls.reply.tags import PROSE_LANGUAGES, language_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from workers_ai_ls.reply.blocks import Block
    from workers_ai_ls.reply.reading import Reply
    from workers_ai_ls.reply.refusals import Refusal

_FINE = re.compile(r"already\s+fine", re.IGNORECASE)
_NOT_FINE = re.compile(
    r"(?:\bnot|n[^\w\s]t)\s+(?:\w+\s+)?already\s+fine|already\s+fine\s*(?:,|\bbut\b)", re.IGNORECASE
)
_ENDS = re.compile(r"(?:[)\]};\"'`.!?:]|\bend)\s*\Z")
_INDENTED = re.compile(r"[\r\n][ \t]+\Z")
# "ALREADY FINE" with a sentence of courtesy; more is an answer of another kind.
_FEW_WORDS = 40


def code_in(
    reply: Reply,
    *,
    language_fence: str,
    names: Collection[str] = (),
    original: str = "",
    with_gaps: bool = False,
) -> str | Refusal:
    r"""Give the code that answers, or the reason why there is none.

    `language_fence` is the tag that the prompt asked for; `names` are those whose definition is
    wanted (the selection's); `original` is the selected code: a block that only repeats it, and
    comments that it has too, are judged accordingly. `with_gaps` also gives code in which a comment
    stands for parts left out, for who wants only one part of it. The code has line ends `\n`, none
    at its end, and its own indentation (see `reindent`).
    """
    if not reply.text.strip():
        return _empty(reply)
    wanted = names or defined(original)
    blocks = answering(reply, language_fence, wanted, original)
    code: str | None = "\n\n".join(block.code.strip("\n") for block in blocks)
    if not blocks:
        code = _unfenced(reply, language_fence)
    if code is None or not code.strip():
        if reply.finish == "length":
            return refusals.CUT_OFF
        return refusals.refusal_in(reply.prose) or _without_code(reply)
    if not all(block.closed for block in blocks) and not parses(code, language_fence):
        # Where the closing fence is missing, the words behind the code look like more of it.
        shorter = without_prose(code)
        code = shorter if shorter.strip() and parses(shorter, language_fence) else code
    code = _without_blank_ends(without_prompts(code, original))
    return _flaw(reply, blocks, code, original, language_fence, wanted) or (
        (not with_gaps and elided(code, original, language_fence)) or code
    )


def _flaw(
    reply: Reply,
    blocks: tuple[Block, ...],
    code: str,
    original: str,
    fence: str,
    wanted: Collection[str],
) -> Refusal | None:
    """Give the reason why the code cannot be all that was meant."""
    if runs_wild(code, original):
        return refusals.RUNS_WILD
    if cut := _cut_off(reply, blocks, code, wanted):
        return cut
    closed = bool(blocks) and all(block.closed for block in blocks)
    # A model that stopped of its own accord behind a closing fence has said all; then a bracket
    # that is missing is a mistake, which is for the gate to see.
    sure = closed and reply.finish == "stop"
    if not sure and breaks_off(code, fence, closed=closed) and not breaks_off(original, fence):
        return refusals.BROKEN_OFF
    return refusals.PATCH if is_patch(code, original) else None


def _empty(reply: Reply) -> Refusal:
    if reply.finish == "length":
        return refusals.CUT_OFF
    return refusals.ONLY_REASONING if reply.raw.strip() else refusals.EMPTY


def _cut_off(
    reply: Reply, blocks: tuple[Block, ...], code: str, wanted: Collection[str]
) -> Refusal | None:
    """Give the refusal for a reply that was cut off before all of its answer was there.

    What answers may be whole, and only what follows it cut off.
    """
    if blocks and all(block.closed for block in blocks) and wanted:
        whole = all(defines(code, name) for name in wanted)
        return None if whole or reply.finish != "length" else refusals.CUT_OFF
    left = [each for each in reply.blocks if not each.closed and each not in blocks]
    if reply.finish == "unknown" and not all(block.closed for block in blocks):
        # What is cut at any place may parse; what is whole ends a statement.
        return None if _ends(reply) else refusals.BROKEN_OFF
    if reply.finish == "length":
        ended = bool(blocks) and all(block.closed for block in blocks)
        return None if ended and not left else refusals.CUT_OFF
    return refusals.BROKEN_OFF if any(defined(each.code) for each in left) else None


def _ends(reply: Reply) -> bool:
    """Tell whether a reply may end where it does: at the end of a statement."""
    last = reply.text.rpartition("\n")[2]
    in_text = any(last.count(quote) % 2 for quote in '"`')
    return bool(_ENDS.search(reply.text)) and not in_text and not _INDENTED.search(reply.raw)


def is_already_fine(reply: Reply) -> bool:
    """Tell whether the reply is the agreed `ALREADY FINE`, give or take manners and markup."""
    blocks = [block.code for block in reply.blocks if block.code.strip()]
    text = re.sub(r"[*_`]", "", "\n".join([reply.prose, *blocks]))
    if not _FINE.search(text) or _NOT_FINE.search(text) or len(text.split()) > _FEW_WORDS:
        return False
    return not any(looks_like_code(code) for code in (reply.prose, *blocks))


def _unfenced(reply: Reply, fence: str) -> str | None:
    if language_of(fence) not in PROSE_LANGUAGES and reply.blocks:
        return None
    code = bare_code(reply.text, fence)
    # What repeats itself without end also takes a parser without end.
    if code is None or runs_wild(code) or parses(code, fence):
        return code
    # Behind the answer there may be more of it in words, or an answer to another question.
    first = bare_code(reply.text, fence, only_first=True)
    return first if first and parses(first, fence) else code


def _without_code(reply: Reply) -> Refusal:
    patched = any(language_of(block.tag) == "diff" for block in reply.blocks)
    return refusals.PATCH if patched or is_patch(reply.text) else refusals.NO_CODE


def _without_blank_ends(code: str) -> str:
    return re.sub(r"\A(?:[ \t]*\n)+", "", code).rstrip()
