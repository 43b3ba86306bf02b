"""Edits of a document divided into those of the selection, of the imports, and the rest. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.reply import LineEdit
from workers_ai_ls.syntax import imports, parse

from .tests_imports import missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workers_ai_ls.context import Material
    from workers_ai_ls.syntax import Language


@attrs.frozen
class Part:
    r"""What of an answer is meant for the selection: its new text (line ends `\n`) and the rest."""

    text: str
    imports: tuple[str, ...] = ()
    rest: tuple[LineEdit, ...] = ()
    """Edits of the document's lines outside of the selection."""
    in_place: bool = False
    """Whether the text has its final indentation already."""


@attrs.frozen
class Source:
    """The document as the model sees it, by lines without their ends, and the selection in it."""

    lines: tuple[str, ...]
    first: int
    last: int
    """The selection's lines, from and to before."""
    before: str
    """What stands on its first line before it."""
    after: str

    @property
    def selected(self) -> tuple[int, int]:
        """The selection's lines as a pair."""
        return self.first, self.last


def source_of(material: Material) -> Source:
    """Take the document apart into lines."""
    text, code = material.text, material.code
    head, tail = _plain(text[: material.start]), _plain(text[material.end :])
    lines = (head + _plain(code) + tail).split("\n")
    first = head.count("\n")
    last = len(lines) - tail.count("\n")
    return Source(tuple(lines), first, last, head.rpartition("\n")[2], tail.partition("\n")[0])


def divided(edits: Sequence[LineEdit], source: Source, material: Material) -> Part | None:
    """Divide edits; None where one of them goes across the selection's border."""
    edits = [_clipped(each, source) for each in edits]
    inside = [each for each in edits if source.first <= each.first and each.last <= source.last]
    outside = [each for each in edits if each not in inside]
    lines = source.lines
    statements, rest = _imports(inside, outside, source, material.language)
    rest = [each for each in rest if says_something(each, source)]
    if any(each.first < source.last and source.first < each.last for each in rest):
        return None
    inside = [each for each in inside if each not in statements.edits]
    old = lines[source.first : source.last]
    selected = "\n".join(_unpadded(applied(lines, inside, source.first, source.last), old))
    if not selected.startswith(source.before) or not selected.endswith(source.after):
        return None
    selected = selected[len(source.before) : len(selected) - len(source.after)]
    return Part(selected, statements.texts, tuple(rest), in_place=True)


def applied(lines: Sequence[str], edits: Iterable[LineEdit], first: int, last: int) -> list[str]:
    """The lines `first` to `last` (excluded) after edits among them."""
    kept: list[str] = []
    for edit in sorted(edits):
        kept += [*lines[first : edit.first], *edit.lines]
        first = edit.last
    return [*kept, *lines[first:last]]


@attrs.frozen
class _Imports:
    edits: tuple[LineEdit, ...]
    texts: tuple[str, ...]


def _imports(
    inside: Sequence[LineEdit], outside: Sequence[LineEdit], source: Source, language: Language
) -> tuple[_Imports, list[LineEdit]]:
    """Find the edits outside of the selection that concern imports alone, and what is new in them."""
    border = [each for each in inside if each.first == each.last == source.first > 0]
    candidates = [*outside, *border]
    whole = applied(source.lines, candidates, 0, len(source.lines))
    old, new = _import_lines(source.lines, language), _import_lines(whole, language)
    moved, mine, rest = 0, list[LineEdit](), list[LineEdit]()
    for each in sorted(candidates):
        at = each.first + moved
        was = {line for line in range(each.first, each.last) if source.lines[line].strip()}
        now = {at + line for line, text in enumerate(each.lines) if text.strip()}
        moved += len(each.lines) - (each.last - each.first)
        if was <= old.keys() and now <= new.keys():
            mine.append(each)
        elif each in outside:
            rest.append(each)
    have = dict.fromkeys(old.values())
    told = missing(dict.fromkeys(new.values()), have, language)
    return _Imports(tuple(mine), tuple(told)), rest


def _import_lines(lines: Sequence[str], language: Language) -> dict[int, str]:
    """The lines on which imports stand, with the statement of each."""
    text = "\n".join(lines)
    tree = parse(language, text)
    found: dict[int, str] = {}
    for each in imports(tree) if tree else ():
        first = text.count("\n", 0, each.start)
        for line in range(first, first + each.text.count("\n") + 1):
            found[line] = each.text
    return found


def _unpadded(new: list[str], old: Sequence[str]) -> list[str]:
    """Drop blank lines at the ends where the selection had none."""
    first, last = 0, len(new)
    while old and old[0].strip() and first < last and not new[first].strip():
        first += 1
    while old and old[-1].strip() and first < last and not new[last - 1].strip():
        last -= 1
    return new[first:last]


def _clipped(edit: LineEdit, source: Source) -> LineEdit:
    """Leave the blank lines above and below the selection to the file.

    What is new beyond them belongs to the selection.
    """
    first, last, lines = edit.first, edit.last, list(edit.lines)
    above = source.lines[first : source.first] if first < source.first <= max(last, first) else ()
    if first == last < source.first:
        above = source.lines[first : source.first]
    below = source.lines[source.last : last]
    if above and not any(map(str.strip, above)):
        while lines and not lines[0].strip():
            del lines[0]
        if first == last:
            return LineEdit(source.first, source.first, (*lines, *above))
        first = source.first
    elif below and not any(map(str.strip, below)):
        while lines and not lines[-1].strip():
            del lines[-1]
        if first == last:
            return LineEdit(source.last, source.last, (*below, *lines))
        last = source.last
        first = min(first, last)
    return LineEdit(first, last, tuple(lines))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def says_something(edit: LineEdit, source: Source, comments: tuple[str, ...] = ()) -> bool:
    """Whether an edit changes more than blanks, and comments that begin so."""

    def words(lines: Iterable[str]) -> str:
        kept = [line for line in lines if not (comments and line.strip().startswith(comments))]
        return "".join("".join(kept).split())

    return words(source.lines[edit.first : edit.last]) != words(edit.lines)
