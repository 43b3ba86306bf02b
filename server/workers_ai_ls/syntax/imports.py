"""What a file imports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import attrs

from .lines import Span
from .scopes import scopes_near
from .tree import captures

if TYPE_CHECKING:
    from .tree import Tree

_DEPTH = 5
"""How deep an import may stand and still be the file's: `try`, `#ifndef` and namespaces nest."""


@attrs.frozen
class Import:
    """A statement that imports, or (`package`) one that names the file's own package."""

    kind: Literal["import", "package"]
    start: int
    end: int
    text: str


def imports(tree: Tree) -> list[Import]:
    """List the imports outside of every definition but namespaces, in order."""
    grammar = tree.grammar
    found = captures(tree, grammar.imports, depth=_DEPTH)
    listed: list[Import] = []
    for capture, nodes in found.items():
        for node in nodes:
            span = tree.span(node)
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
