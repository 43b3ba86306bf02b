"""What a file imports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

import attrs

from .lines import Span
from .scopes import scopes_near
from .stretch import stretch_since
from .tree import captures, similar

if TYPE_CHECKING:
    from .tree import Tree

_DEPTH = 5
"""How deep an import may stand and still be the file's: `try`, `#ifndef` and namespaces nest."""

_LARGE = 10_000
"""Characters. In a smaller text, looking at all of it is as quick; of 10,000 lines it takes 3 ms."""

_known: WeakKeyDictionary[Tree, list[Import]] = WeakKeyDictionary()


@attrs.frozen
class Import:
    """A statement that imports, or (`package`) one that names the file's own package."""

    kind: Literal["import", "package"]
    start: int
    end: int
    text: str


def imports(tree: Tree) -> list[Import]:
    """List the imports outside of every definition but namespaces, in order."""
    known = _known.get(tree)
    if known is None:
        known = _similar(tree)
        _known[tree] = known = _between(tree) if known is None else known
    return list(known)


def _similar(tree: Tree) -> list[Import] | None:
    """Look only at what differs from a text whose imports are known."""
    if len(tree.text) < _LARGE:
        return None
    for kept in similar(tree):
        if kept in _known and (change := stretch_since(kept, tree)) is not None:
            start, old_end, end = change
            grown = end - old_end
            return [
                *(one for one in _known[kept] if one.start < start),
                *_between(tree, Span(start, end)),
                *(
                    Import(one.kind, one.start + grown, one.end + grown, one.text)
                    for one in _known[kept]
                    if one.start >= old_end
                ),
            ]
    return None


def _between(tree: Tree, where: Span | None = None) -> list[Import]:
    grammar = tree.grammar
    listed: list[Import] = []
    for capture, nodes in captures(tree, grammar.imports, depth=_DEPTH, near=where).items():
        for node in nodes:
            span = tree.span(node)
            if where is not None and not where.start <= span.start < where.end:
                continue
            text = tree.text[span.start : span.end].rstrip()
            if capture == "call" and not re.search(grammar.calls, text):
                continue
            kind: Literal["import", "package"] = "package" if capture == "package" else "import"
            listed.append(Import(kind, span.start, span.start + len(text), text))
    return _outermost(tree, listed)


def _outermost(tree: Tree, listed: list[Import]) -> list[Import]:
    """Leave out what stands in a definition or in another import, and sort."""
    if not listed:
        return []
    first, last = min(item.start for item in listed), max(item.end for item in listed)
    near = scopes_near(tree, first, last)
    inner = [Span(scope.start, scope.end) for scope in near if scope.kind != "namespace"]
    kept: list[Import] = []
    end = at = 0
    covered = 0
    for item in sorted(listed, key=lambda item: (item.start, -item.end)):
        while at < len(inner) and inner[at].start <= item.start:
            covered = max(covered, inner[at].end)
            at += 1
        if item.start >= max(end, covered):
            kept.append(item)
            end = item.end
    return kept
