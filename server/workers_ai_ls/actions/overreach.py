"""Answers that hold more than the selected code: what is around it as well, imports, a demo."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from workers_ai_ls.reply import defines, reindent
from workers_ai_ls.syntax import counterpart
from workers_ai_ls.text import split_lines

from .additions import with_additions
from .answer_imports import statements_in, without_statements
from .demos import without_demo
from .edges import without_edges
from .fragments import Fragment, fragment
from .regions import Part, Source, divided, source_of
from .whole import covers, edits_between

if TYPE_CHECKING:
    from workers_ai_ls.context import Material
    from workers_ai_ls.syntax import Scope


def selected_part(code: str, material: Material) -> Part | None:
    """Give what of `code` is an answer for the selection: all of it, as a rule.

    None where the definition around the selection came back changed in other places too, so that
    no part of it can be told to be the answer.
    """
    code = without_edges(code, material)
    dedented = textwrap.dedent(code)
    piece = fragment(dedented, material.language)
    if piece is None:
        return _whole(dedented, material) or Part(code)
    held = [each for each in _around(material) if _holds(piece, each, material)]
    source = source_of(material)
    if held or covers(dedented, source, material.language):
        return _from_around(dedented, piece, held[0] if held else None, source, material)
    return _bare(code, dedented, piece, material)


def _holds(piece: Fragment, outer: Scope, material: Material) -> bool:
    """Whether an answer holds a definition around the selection, not one in it of that name."""
    own = fragment(textwrap.dedent(material.original), material.language)
    inner = own is not None and counterpart(own.tree, outer.kind, outer.name)
    return not inner and counterpart(piece.tree, outer.kind, outer.name) is not None


def _whole(code: str, material: Material) -> Part | None:
    """The part of a whole file in a language without a grammar."""
    source = source_of(material)
    if not covers(code, source, material.language):
        return None
    return divided(edits_between(source.lines, code.split("\n"), 0), source, material)


def _from_around(
    code: str, piece: Fragment, outer: Scope | None, source: Source, material: Material
) -> Part | None:
    """Take the selection's part of an answer that holds what is around it too."""
    first, last, theirs = 0, len(source.lines), code
    if outer is not None and not covers(code, source, material.language):
        found = counterpart(piece.tree, outer.kind, outer.name)
        theirs = piece.text(found.start, found.end) if found else code
        first = _lines(material.text[: outer.start])
        last -= _lines(material.text[outer.end :])
    ours = "\n".join(source.lines[first:last])
    placed = reindent(theirs, ours, line_ending="\n")
    edits = edits_between(source.lines[first:last], placed.split("\n"), first)
    by_lines = divided(edits, source, material)
    # In the file's own style: a part alone would not show what a level of indentation is.
    piece = fragment(textwrap.dedent(placed), material.language) or piece
    inner = _counterpart(piece, material)
    if inner is not None:
        text, added = with_additions(inner, piece, material)
        rest = [
            each
            for each in (by_lines.rest if by_lines else ())
            if not any(defines("\n".join(each.lines), name) for name in added)
        ]
        return Part(text, statements_in(code, material), tuple(rest))
    if outer is not None and by_lines is not None and by_lines.rest and not material.defines:
        return None
    return by_lines


def _bare(code: str, dedented: str, piece: Fragment, material: Material) -> Part:
    """Take an answer as it is, but for imports, a class that is wrapped around it, and a demo."""
    statements = statements_in(dedented, material)
    wrapped = _wrapped(piece, material)
    if wrapped is not None:
        return Part(wrapped, statements)
    shorter = without_demo(without_statements(dedented, material), material)
    return Part(code if shorter == dedented else shorter, statements)


def _lines(text: str) -> int:
    """How many line ends a text has."""
    return len(split_lines(text)) - 1


def _wrapped(piece: Fragment, material: Material) -> str | None:
    """The selected definition out of a class that only the answer has."""
    scope = material.scope
    if scope is None or scope.kind != "method" or len(material.defines) != 1:
        return None
    found = counterpart(piece.tree, scope.kind, scope.name)
    if found is None or found.start < piece.shift or found.depth <= piece.depth:
        return None
    around = found.parent
    while around and around.parent and around.parent.start >= piece.shift:
        around = around.parent
    if (
        around is None
        or around.kind in ("function", "method")
        or around.name in material.text.split()
    ):
        return None
    return _counterpart(piece, material)


def _around(material: Material) -> list[Scope]:
    """The definitions around the selection that have a name of their own, outermost first."""
    outer, scope = [], material.scope
    while scope:
        if scope.start < material.start and scope.name and scope.name not in material.defines:
            outer.append(scope)
        scope = scope.parent
    return outer[::-1]


def _counterpart(piece: Fragment, material: Material) -> str | None:
    """The definition in the answer that is the selected one, where that is just one."""
    scope = material.scope
    if scope is None or len(material.defines) != 1 or scope.start < material.start:
        return None
    found = counterpart(piece.tree, scope.kind, scope.name)
    if found is None:
        return None
    start = found.doc_start if material.start <= scope.doc_start < scope.start else found.start
    before = piece.tree.text[:start].rstrip(" \t")
    return piece.tree.text[len(before) : found.end]
