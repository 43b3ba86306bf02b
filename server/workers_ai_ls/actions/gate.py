"""What has to hold of a text before it takes another's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.reply.outcomes import CreateFile, Hold, Insert, Replace
from workers_ai_ls.syntax import Language, error_count, parse

if TYPE_CHECKING:
    from workers_ai_ls.context import Material

BROKEN = "The answer does not parse in its place, so nothing was changed; try again, or select less code."

_SURE = (
    *("python", "go", "java"),
    *("javascript", "javascriptreact", "typescript", "typescriptreact"),
)
"""Languages in which a whole new file parses if it is right; elsewhere macros may be in the way."""


def gated(edit: Replace, material: Material) -> Replace | Hold:
    """Hold a replacement after which more of the document fails to parse than before."""
    before, start, end = material.text, material.start, material.end
    after = f"{before[:start]}{edit.text}{before[end:]}"
    return Hold(BROKEN, edit) if _is_worse(after, before, material.language) else edit


def gated_file(
    edit: CreateFile | Insert, before: str, language: Language
) -> CreateFile | Insert | Hold:
    """Hold a test file that fails to parse, where the one before did not."""
    sure = bool(before) or language.id in _SURE
    return Hold(BROKEN, edit) if sure and _is_worse(edit.text, before, language) else edit


def _is_worse(after: str, before: str, language: Language) -> bool:
    """Whether a text has more errors than another; they are counted only if both have any."""
    tree = parse(language, after)
    if tree is None or not tree.node.has_error:
        return False
    old = parse(language, before)
    return old is None or not old.node.has_error or error_count(tree) > error_count(old)
