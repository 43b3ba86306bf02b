"""What refactoring and editing share: the answer is code that takes the selection's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.reply import (
    Refusal,
    changes_in,
    code_in,
    defines,
    elided,
    is_already_fine,
    is_patch,
    mended,
    reindent,
    strip_invisible,
)
from workers_ai_ls.reply.outcomes import Hold, Replace, Unchanged
from workers_ai_ls.text import line_ending

from .gate import gated
from .overreach import selected_part
from .patching import BEYOND, patched
from .regions import Part, source_of
from .rest import rest_of

if TYPE_CHECKING:
    from workers_ai_ls.context import Material
    from workers_ai_ls.reply import Reply

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


def selected(material: Material) -> str:
    """Name the selected code: small models need to be told which of the code they see it is."""
    if len(material.defines) != 1 or material.scope is None:
        return "the selected code"
    return f"the selected {material.scope.kind} `{material.defines[0]}`"


def replacement(reply: Reply, material: Material, fine: str) -> Outcome:
    """Read the code that takes the selection's place; `fine` is said when nothing changes."""
    part = _part(reply, material)
    if isinstance(part, Refusal):
        return Unchanged(fine) if is_already_fine(reply) else _held(part, reply, material)
    edit = _fitted(part, material)
    if edit.text == material.original and not edit.imports:
        return BEYOND if edit.rest else Unchanged(fine)
    return gated(edit, material)


def _part(reply: Reply, material: Material) -> Part | Refusal:
    """Find what of a reply is meant for the selection."""
    code = code_in(
        reply,
        language_fence=material.language.fence,
        names=material.defines,
        original=material.original,
        with_gaps=True,
    )
    change = patched(reply, material)
    whole = isinstance(code, str) and all(defines(code, name) for name in material.defines)
    if change is not None and not (whole and material.defines):
        return change
    if isinstance(code, Refusal):
        return code
    part = selected_part(mended(code, material.language), material)
    if part is None:
        return BEYOND
    # Gaps in what is around the selection are no loss.
    return elided(part.text, material.original, material.language.fence) or part


def _held(refusal: Refusal, reply: Reply, material: Material) -> Outcome:
    """Keep the code of an answer that is cut off or leaves parts out within reach."""
    longest = max((block.code for block in reply.blocks), key=len, default="")
    if refusal.reason not in ("cut off", "elided") or not longest.strip():
        return refusal
    if changes_in(reply, material.original) is not None or is_patch(longest, material.original):
        # A part of a patch is no code.
        return refusal
    return Hold(refusal.sentence, _fitted(Part(longest), material), refusal.reason)


def _fitted(part: Part, material: Material) -> Replace:
    """Fit the code to the place that it goes to."""
    snapshot = material.selection.snapshot
    before = snapshot.text[snapshot.line_start(snapshot.line_at(material.start)) : material.start]
    code, found = strip_invisible(part.text, material.original)
    ending = line_ending(snapshot.text)
    if part.in_place:
        text = code.replace("\n", ending)
    else:
        text = reindent(code, material.original, line_ending=ending, before=before)
    return Replace(
        text,
        note=INVISIBLE if found else "",
        imports=tuple(strip_invisible(each)[0] for each in part.imports),
        rest=rest_of(part, text, source_of(material), material),
    )
