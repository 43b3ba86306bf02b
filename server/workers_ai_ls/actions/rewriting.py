"""What refactoring and editing share: the answer is code that takes the selection's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.reply import Refusal, Reply, code_in, is_already_fine, reindent, strip_invisible
from workers_ai_ls.reply.outcomes import Hold, Replace, Unchanged
from workers_ai_ls.text import line_ending

from .gate import gated
from .overreach import selected_part

if TYPE_CHECKING:
    from workers_ai_ls.context import Material

    from .action import Outcome

SYSTEM = """\
You change code inside an editor. Your answer replaces the selected code, character for character.
Answer with one fenced code block and nothing else. It holds all of the selected code after the \
change, complete and with its indentation. Leave no part out, and add nothing from outside of the \
selection: no imports, no usage examples, no surrounding code."""

INVISIBLE = (
    "The answer held invisible characters that can make code read differently from what it does; "
    "they were removed."
)

BEYOND = Refusal(
    "beyond",
    "The model also changed code around the selection, so nothing was changed; select all that may "
    "change and try again.",
)


def selected(material: Material) -> str:
    """Name the selected code: small models need to be told which of the code they see it is."""
    if len(material.defines) != 1 or material.scope is None:
        return "the selected code"
    return f"the selected {material.scope.kind} `{material.defines[0]}`"


def replacement(reply: Reply, material: Material, fine: str) -> Outcome:
    """Read the code that takes the selection's place; `fine` is said when nothing changes."""
    code = code_in(
        reply,
        language_fence=material.language.fence,
        names=material.defines,
        original=material.original,
    )
    if isinstance(code, Refusal):
        return Unchanged(fine) if is_already_fine(reply) else _held(code, reply, material)
    part = selected_part(code, material)
    if part is None:
        return BEYOND
    edit = _fitted(part, material)
    return Unchanged(fine) if edit.text == material.original else gated(edit, material)


def _held(refusal: Refusal, reply: Reply, material: Material) -> Outcome:
    """Keep the code of an answer that is cut off or leaves parts out within reach."""
    longest = max((block.code for block in reply.blocks), key=len, default="")
    if refusal.reason not in ("cut off", "elided") or not longest.strip():
        return refusal
    return Hold(refusal.sentence, _fitted(longest, material))


def _fitted(code: str, material: Material) -> Replace:
    """Fit the code to the place that it goes to."""
    snapshot = material.selection.snapshot
    before = snapshot.text[snapshot.line_start(snapshot.line_at(material.start)) : material.start]
    code, found = strip_invisible(code)
    text = reindent(code, material.original, line_ending=line_ending(snapshot.text), before=before)
    return Replace(text, note=INVISIBLE if found else "")
