"""The definitions in a text: functions, methods, classes, and what else has a name and a body."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Literal, cast, get_args
from weakref import WeakKeyDictionary

import attrs

from .above import above
from .lines import Span, line_end, line_start
from .nearby import attribute_to, kinds_attached, lines_near
from .tree import Tree, matches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import tree_sitter

    from .above import Attached

    Match = Mapping[str, list[tree_sitter.Node]]

ScopeKind = Literal[
    "function",
    "method",
    "property",
    "class",
    "struct",
    "enum",
    "interface",
    "trait",
    "impl",
    "type",
    "module",
    "namespace",
]

CALLABLES = frozenset({"function", "method", "property"})
"""Kinds that hold code to run."""

CLASSES = frozenset({"class", "struct", "enum", "interface", "trait", "impl"})
"""Kinds whose functions are methods."""

_KINDS = frozenset(get_args(ScopeKind))

_LARGE = 10_000
"""Characters. In a smaller text, finding all definitions once is as quick."""

_MANY = 200
"""Definitions near a range; where there are more, it is no small part of the text."""

_SEMICOLON = re.compile(r"[ \t]*;(?=[ \t]*(?:[\r\n]|//|/\*|$))")

_known: WeakKeyDictionary[Tree, tuple[Scope, ...]] = WeakKeyDictionary()


@attrs.frozen
class Scope:
    """A definition, by offsets.

    `start` to `end` is all that a replacement has to hold: decorators, annotations, attributes,
    `export` and `template <…>` belong to it. `doc_start` is where the comment directly above
    begins, or `start`. The signature ends at `header_end`, before the body.
    """

    kind: ScopeKind
    name: str
    """As written, so `Foo::bar` where C++ defines it outside its class; empty when anonymous."""
    start: int
    end: int
    doc_start: int
    header_end: int
    name_start: int
    body: Span | None
    depth: int
    """How many definitions it stands in."""
    # A chain of parents may be thousands long, too long to be compared or shown by recursion.
    parent: Scope | None = attrs.field(eq=False, repr=False)


@attrs.frozen
class _Found:
    """A definition as matched: its range, its kind, its name and its body."""

    span: Span
    kind: ScopeKind
    name: Span
    body: Span | None


def scopes(tree: Tree) -> tuple[Scope, ...]:
    """List all definitions in document order; computed once for a tree."""
    known = _known.get(tree)
    if known is None:
        matched = matches(tree, tree.grammar.scopes)
        known = _known[tree] = tuple(_scopes(tree, matched, _attached(tree, matched)))
    return known


def scopes_near(tree: Tree, start: int, end: int) -> Sequence[Scope]:
    """List at least the definitions that touch the lines of a range, in document order.

    Of a large text only these are looked for: of 10,000 lines all of them take 30 ms.
    """
    if tree in _known or len(tree.text) < _LARGE:
        return scopes(tree)
    matched = matches(tree, tree.grammar.scopes, near=lines_near(tree, start, end))
    if len(matched) > _MANY:
        return scopes(tree)
    if kinds_attached(tree.grammar):
        # Those of a definition that the range touches may themselves stand out of it.
        return _scopes(tree, matched, functools.partial(attribute_to, tree))
    return _scopes(tree, matched, _attached(tree, matched))


def _attached(tree: Tree, matched: Sequence[Match]) -> Attached:
    """Give what tells where an attribute starts that is a node of its own, by where it ends."""
    spans = [tree.span(match["attached"][0]) for match in matched if "attached" in match]
    return {span.end: span.start for span in spans}.get


def _scopes(tree: Tree, matched: Sequence[Match], attached: Attached) -> list[Scope]:
    listed: list[Scope] = []
    around: list[Scope] = []
    for found in _definitions(tree, matched):
        while around and around[-1].end < found.span.end:
            around.pop()
        parent = around[-1] if around else None
        scope = _scope(tree, found, parent, attached)
        listed.append(scope)
        around.append(scope)
    return listed


def _definitions(tree: Tree, matched: Sequence[Match]) -> list[_Found]:
    """Keep the outermost node for each definition."""
    best: dict[int, _Found] = {}
    for match in matched:
        kind = next((capture for capture in match if capture in _KINDS), None)
        if kind is None:
            continue
        body = tree.span(match["body"][0]) if "body" in match else None
        span = tree.span(match[kind][0])
        name = _name(tree, match) or Span(span.start, span.start)
        found = _Found(span, cast("ScopeKind", kind), name, body)
        key = body.start if body else name.start
        if key not in best or span.end - span.start > best[key].span.end - best[key].span.start:
            best[key] = found
    return sorted(best.values(), key=lambda found: (found.span.start, -found.span.end))


def _name(tree: Tree, match: Match) -> Span | None:
    """Give the name's range; in C it is the innermost of nested declarators."""
    if "name" in match:
        return tree.span(match["name"][0])
    if "declarator" not in match:
        return None
    node: tree_sitter.Node | None = match["declarator"][0]
    while node:
        inner, last = node.child_by_field_name("declarator"), node
        # `T &f()` and `(*f())()` nest a declarator without naming the field.
        plain = [child for child in node.named_children if child.type.endswith("_declarator")]
        node = inner or next(iter(plain), None)
    return tree.span(last)


def _scope(tree: Tree, found: _Found, parent: Scope | None, attached: Attached) -> Scope:
    text = tree.text
    name = text[found.name.start : found.name.end]
    kind = found.kind
    if kind == "function" and (":" in name or (parent and parent.kind in CLASSES)):
        kind = "method"
    start, doc_start = above(text, found.span.start, attached, tree.language)
    semicolon = _SEMICOLON.match(text, found.span.end)
    return Scope(
        kind=kind,
        name=name,
        start=start,
        end=semicolon.end() if semicolon else found.span.end,
        doc_start=doc_start,
        header_end=_header_end(tree, found),
        name_start=found.name.start,
        body=found.body,
        depth=parent.depth + 1 if parent else 0,
        parent=parent,
    )


def _header_end(tree: Tree, found: _Found) -> int:
    """Give the signature's end: before the body, and before comments that lead into it."""
    text, start = tree.text, found.span.start
    if found.body is None:
        return min(found.span.end, line_end(text, found.name.end))
    end = start + len(text[start : found.body.start].rstrip())
    while (line := line_start(text, end)) > start:
        if not text[line:end].lstrip().startswith(tree.language.line_comments):
            break
        end = start + len(text[start:line].rstrip())
    return end
