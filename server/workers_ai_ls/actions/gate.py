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
    worse = _errors(after, material.language) > _errors(before, material.language)
    return Hold(BROKEN, edit) if worse else edit


def gated_file(
    edit: CreateFile | Insert, before: str, language: Language
) -> CreateFile | Insert | Hold:
    """Hold a test file that fails to parse, where the one before did not."""
    sure = bool(before) or language.id in _SURE
    worse = sure and _errors(edit.text, language) > _errors(before, language)
    return Hold(BROKEN, edit) if worse else edit


def _errors(text: str, language: Language) -> int:
    tree = parse(language, text)
    return error_count(tree) if tree else 0
