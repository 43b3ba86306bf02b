"""Which definition a range stands in, and what the lines around say about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .lines import Span, is_blank, line_end, line_start, trimmed
from .scopes import CALLABLES, CLASSES, Scope, ScopeKind, scopes, scopes_near

if TYPE_CHECKING:
    from .tree import Tree

_TAIL = re.compile(r"[ \t]*[;,]?[ \t]*")
_DOCSTRING = re.compile(r"""\s*[rRuU]?(\"{3}|'{3}|"|')\s*(.*?)\s*(?:\1|[\r\n]|$)""")
_LAST_NAME = re.compile(r"[^.:]*$")


def enclosing(tree: Tree, start: int, end: int) -> Scope | None:
    """Find the smallest definition that contains the range.

    To a definition belong its decorators, its comment directly above, the indentation of its first
    line and what follows on its last one.
    """
    chosen = trimmed(tree.text, Span(start, end))
    last = line_end(tree.text, chosen.start)
    around = [
        scope
        for scope in scopes_near(tree, *chosen)
        if scope.doc_start <= last and _contains(tree, scope, chosen)
    ]
    return min(around, key=lambda scope: scope.end - scope.start, default=None)


def enclosing_headers(tree: Tree, start: int, end: int) -> list[str]:
    """Give the headers of the definitions around a range, outermost first.

    A header is the signature with its decorators and indentation, followed by the first line of
    the docstring where the language has docstrings. A definition whose header is itself in the
    range is not around it.
    """
    chosen = trimmed(tree.text, Span(start, end))
    return [
        header(tree, scope)
        for scope in scopes_near(tree, *chosen)
        if scope.start < chosen.start and chosen.end <= scope.end
    ]


def header(tree: Tree, scope: Scope) -> str:
    """Give the signature of a definition as written, and the first line of its docstring."""
    text = tree.text
    line = line_start(text, scope.start)
    start = line if is_blank(text, Span(line, scope.start)) else scope.start
    signature = text[start : scope.header_end]
    if tree.language.id != "python" or scope.body is None:
        return signature
    found = _DOCSTRING.match(text, scope.header_end, scope.body.end)
    if not found or not found[2]:
        return signature
    indentation = signature[: len(signature) - len(signature.lstrip())]
    return f'{signature}\n{indentation}    """{found[2]}"""'


def counterpart(tree: Tree, scope_kind: ScopeKind, name: str) -> Scope | None:
    """Find the definition of that kind and name in another text, such as a model's answer.

    Where no kind fits exactly, a function serves for a method (which is what a method becomes
    outside of its class) and one sort of class for another; then `bar` serves for `Foo::bar`.
    """
    similar = next((kinds for kinds in (CALLABLES, CLASSES) if scope_kind in kinds), frozenset())
    last = _LAST_NAME.findall(name)[0]
    for kinds, wanted, part in (
        ({scope_kind}, name, False),
        (similar, name, False),
        (similar, last, True),
    ):
        for scope in scopes(tree):
            found = _LAST_NAME.findall(scope.name)[0] if part else scope.name
            if scope.kind in kinds and found == wanted:
                return scope
    return None


def _contains(tree: Tree, scope: Scope, chosen: Span) -> bool:
    text = tree.text
    if chosen.start < scope.doc_start:
        line = line_start(text, scope.doc_start)
        if chosen.start < line or not is_blank(text, Span(line, scope.doc_start)):
            return False
    if chosen.end <= scope.end:
        return True
    tail = _TAIL.match(text, scope.end)
    end = tail.end() if tail else scope.end
    if text.startswith(tree.language.line_comments, end):
        end = line_end(text, end)
    return chosen.end <= end
