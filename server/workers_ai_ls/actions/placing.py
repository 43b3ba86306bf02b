"""Where an edit's parts go in the document as it is now. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workers_ai_ls.syntax import imports, parse
from workers_ai_ls.text import line_ending

from .tests_imports import missing, with_imports

if TYPE_CHECKING:
    from workers_ai_ls.reply.outcomes import Replace
    from workers_ai_ls.syntax import Language


class Placed(NamedTuple):
    """The whole document after an edit; at `start` stands what took the selection's place."""

    text: str
    start: int


def placed(edit: Replace, text: str, start: int, end: int, language: Language) -> Placed:
    """Put `edit` in the place of `start` to `end`, and what it imports with the file's imports.

    What the file imports by now is left out, so this serves for any later state of the document.
    """
    after = f"{text[:start]}{edit.text}{text[end:]}"
    if not edit.imports:
        return Placed(after, start)
    tree = parse(language, after)
    have = [each.text for each in imports(tree)] if tree else []
    lacking = missing(edit.imports, have, language)
    if not lacking:
        return Placed(after, start)
    whole = with_imports(after, lacking, language, line_ending(text))
    tail = after[start:]
    return Placed(whole, len(whole) - len(tail) if whole.endswith(tail) else start)
