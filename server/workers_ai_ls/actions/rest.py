"""What an answer changes around the selection, and whether it does so on purpose. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.reply import strip_invisible
from workers_ai_ls.reply.outcomes import Rest
from workers_ai_ls.syntax import parse, scopes
from workers_ai_ls.text import line_ending

from .regions import applied, says_something

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.context import Material
    from workers_ai_ls.reply import LineEdit

    from .regions import Part, Source


_STUBS = ("...", "…", "pass", "{}", "{ }")
"""What stands at the end of a line for the body of a function."""


def rest_of(part: Part, text: str, source: Source, material: Material) -> Rest | None:
    """What else the model changed, if it did so on purpose; `text` is what the selection becomes.

    A definition that is gone, words that stay and comments that changed are carelessness.
    """
    comments = material.language.line_comments
    edits = [each for each in part.rest if says_something(each, source, comments)]
    whole = "\n".join(applied(source.lines, edits, 0, len(source.lines)))
    if any(_is_stub(each, source) for each in edits):
        return None
    if not edits or _names("\n".join(source.lines), material) - _names(whole, material):
        return None
    ending = line_ending(material.text)
    first = min(source.first, edits[0].first)
    last = max(source.last, edits[-1].last)
    above = [each for each in edits if each.last <= source.first]
    below = [each for each in edits if each not in above]
    middle = f"{source.before}{text}{source.after}"

    def passage(above: Sequence[LineEdit], below: Sequence[LineEdit]) -> str:
        head = applied(source.lines, above, first, source.first)
        tail = applied(source.lines, below, source.last, last)
        return ending.join([*head, middle, *tail])

    before = passage([], [])
    return Rest(before, strip_invisible(passage(above, below), before)[0])


def _is_stub(edit: LineEdit, source: Source) -> bool:
    """Whether dots, or nothing, stand for what is there."""
    old = {line.strip() for line in source.lines[edit.first : edit.last]} - {""}
    new = {line.strip() for line in edit.lines} - {""}
    return bool(old) and (not new or any(line.endswith(_STUBS) for line in new - old))


def _names(text: str, material: Material) -> set[tuple[str, int]]:
    tree = parse(material.language, text)
    return {(scope.name, scope.depth) for scope in scopes(tree)} if tree else set()
