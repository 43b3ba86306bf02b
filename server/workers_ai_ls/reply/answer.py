"""Pick the code that answers."""

import re
from collections.abc import Collection

from workers_ai_ls.reply import refusals
from workers_ai_ls.reply.blocks import Block
from workers_ai_ls.reply.elision import elisions
from workers_ai_ls.reply.looks import bare_code, looks_like_code
from workers_ai_ls.reply.reading import Reply
from workers_ai_ls.reply.refusals import Refusal
from workers_ai_ls.reply.tags import ASIDES, PROSE_LANGUAGES, are_related, language_of

_PROMPT = re.compile(r"(?:>>>|\.\.\.)(?: |$)")
_PATCH = re.compile(
    r"^<{5,9} ?(?:SEARCH|ORIGINAL|HEAD)\b|^@@ .* @@|^(?:---|\+\+\+) [ab]/", re.MULTILINE
)
_IS_BEFORE = re.compile(
    r"\b(?:original|your|current|old|given)\b.*\bcode\b|\b(?:before|instead of)\b", re.IGNORECASE
)
_IS_USAGE = re.compile(
    r"\b(?:usage|how to use|use it|call(?:ed)? it|for example|run (?:it|this|the)|output)\b",
    re.IGNORECASE,
)
_FINE = re.compile(r"already\s+fine", re.IGNORECASE)
_NOT_FINE = re.compile(
    r"(?:\bnot|n[^\w\s]t)\s+(?:\w+\s+)?already\s+fine|already\s+fine\s*(?:,|\bbut\b)", re.IGNORECASE
)
# "ALREADY FINE" with a sentence of courtesy; more is an answer of another kind.
_FEW_WORDS = 40


def code_in(
    reply: Reply, *, language_fence: str, names: Collection[str] = (), original: str = ""
) -> str | Refusal:
    r"""Give the code of the block that answers, or the reason why there is none.

    `language_fence` is the tag that the prompt asked for; `names` are those whose definition is
    wanted (the selection's); `original` is the selected code: a block that only repeats it, and
    comments that it has too, are judged accordingly. The code has line ends `\n`, none at its end,
    and its own indentation (see `reindent`).
    """
    if reply.finish == "length":
        return refusals.CUT_OFF
    if not reply.text.strip():
        return refusals.ONLY_REASONING if reply.raw.strip() else refusals.EMPTY
    block = _answering(reply, language_fence, names, original)
    code = block.code if block else _unfenced(reply, language_fence)
    if code is None or not code.strip():
        return refusals.refusal_in(reply.prose) or _without_code(reply)
    if block and not block.closed and reply.finish != "stop":
        return refusals.BROKEN_OFF
    code = _without_blank_ends(_without_prompts(code))
    return _flaw(code, original, language_fence) or code


def is_already_fine(reply: Reply) -> bool:
    """Tell whether the reply is the agreed `ALREADY FINE`, give or take manners and markup."""
    blocks = [block.code for block in reply.blocks if block.code.strip()]
    text = re.sub(r"[*_`]", "", "\n".join([reply.prose, *blocks]))
    if not _FINE.search(text) or _NOT_FINE.search(text) or len(text.split()) > _FEW_WORDS:
        return False
    return not any(looks_like_code(code) for code in (reply.prose, *blocks))


def _answering(reply: Reply, fence: str, names: Collection[str], original: str) -> Block | None:
    if language_of(fence) in PROSE_LANGUAGES and not any(
        are_related(block.tag, fence) for block in reply.blocks
    ):
        # A text about code has blocks of its own.
        return next((block for block in reply.blocks if not block.tag and not reply.prose), None)
    ranked = [
        (_rank(block, fence, names, original), len(block.code), -index, block)
        for index, block in enumerate(reply.blocks)
        if block.code.strip() and _may_answer(block, fence)
    ]
    if not ranked:
        return None
    best = max(rank for rank, *_ in ranked)
    # Of alternatives, models put the one they mean first; a clearly longer one is the whole.
    equal = [block for rank, _, _, block in ranked if rank == best]
    longest = max(equal, key=lambda block: len(block.code))
    return equal[0] if len(equal[0].code) * 2 >= len(longest.code) else longest


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
    if any(_defines(block.code, name) for name in names):
        rank += 6
    elif any(re.search(rf"\b{re.escape(name)}\b", block.code) for name in names):
        rank += 1
    if block.code.lstrip().startswith((">>> ", "$ ", "julia> ")):
        rank -= 4
    if original.strip() and block.code.split() == original.split():
        rank -= 5
    if _IS_BEFORE.search(block.lead) or _IS_USAGE.search(block.lead):
        rank -= 2
    return rank


def _defines(code: str, name: str) -> bool:
    word = re.escape(name)
    keyword = (
        r"def|class|func|function|fn|fun|sub|interface|struct|enum|union|trait|type|record|module|mod|impl|namespace"
        r"|const|let|var|val|static|object|local"
    )
    return bool(
        re.search(rf"\b(?:{keyword})\b[^\n=;]*?(?<![\w.]){word}(?!\w)", code)
        or re.search(rf"^[ \t]*{word}\s*(?::[^\n=]*)?(?::=|=(?!=))", code, re.MULTILINE)
        or re.search(
            rf"^[ \t]*(?:[\w<>\[\],:?~]+[ \t*&]+)*{word}\s*\([^;\n]*(?:\{{[^\n]*)?$",
            code,
            re.MULTILINE,
        )
    )


def _flaw(code: str, original: str, fence: str) -> Refusal | None:
    """Give the reason why code that answers cannot take the selection's place."""
    if _PATCH.search(code) and not _PATCH.search(original):
        return refusals.PATCH
    elided = any(elisions(code, original, language_of(fence)))
    return refusals.ELIDED if elided else None


def _unfenced(reply: Reply, fence: str) -> str | None:
    blocks_are_text = language_of(fence) in PROSE_LANGUAGES
    return bare_code(reply.text, fence) if blocks_are_text or not reply.blocks else None


def _without_code(reply: Reply) -> Refusal:
    patched = any(language_of(block.tag) == "diff" for block in reply.blocks)
    return refusals.PATCH if patched or _PATCH.search(reply.text) else refusals.NO_CODE


def _without_prompts(code: str) -> str:
    """Keep what was typed of an interactive session; code without prompts stays as it is."""
    lines = code.strip("\n").split("\n")
    if not lines[0].lstrip().startswith(">>> "):
        return code
    typed = [line.lstrip() for line in lines if _PROMPT.match(line.lstrip())]
    return "\n".join(line[4:] for line in typed)


def _without_blank_ends(code: str) -> str:
    return re.sub(r"\A(?:[ \t]*\n)+", "", code).rstrip()
