"""Answers that describe changes (SEARCH/REPLACE blocks, diffs) instead of giving the code. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.reply import Refusal, changes_in, elided, line_edits

from .regions import Part, divided, source_of

BEYOND = Refusal(
    "beyond",
    "The model also changed code around the selection, so nothing was changed; select all that may "
    "change and try again.",
)

if TYPE_CHECKING:
    from workers_ai_ls.context import Material
    from workers_ai_ls.reply import Reply


def patched(reply: Reply, material: Material) -> Part | Refusal | None:
    """Give the selection after the changes that a reply describes.

    None where it does not answer in that way, or changes what goes across the selection's border.
    """
    changes = changes_in(reply, material.original)
    if changes is None or isinstance(changes, Refusal):
        return changes
    source = source_of(material)
    edits = line_edits(changes, source.lines, source.selected)
    if edits is None or isinstance(edits, Refusal):
        return edits
    new = "\n".join(line for edit in edits for line in edit.lines)
    flaw = elided(new, material.original, material.language.fence)
    if flaw:
        return flaw
    return divided(edits, source, material) or BEYOND
