"""Code that models add below a definition to show it at work: calls, a main guard, tests. Pure."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from workers_ai_ls.reply import uses

from .fragments import fragment

if TYPE_CHECKING:
    import tree_sitter

    from workers_ai_ls.context import Material
    from workers_ai_ls.syntax import Scope

    from .fragments import Fragment

_RUNS = re.compile(
    r"expression_statement|(?:function_)?call(?:_expression|_statement)?|command|echo_statement"
    r"|(?:assert|if|for|while|with|try|print|foreach)(?:_\w*)?statement|if|for|while"
)
"""Kinds of statements that do something as soon as the file is run."""

_SETS = re.compile(r"(?:augmented_)?assignment(?:_expression)?|string|yield")
_DEMO = re.compile(
    r"main|_?(?:tests?|demo|example|usage)(?:_.*)?|[tT]est[A-Z_].*|Main|Program|Demo|Example"
)
_ASKS = re.compile(r"\b(?:tests?|main|example|demo|prints?|call|run|script|usage)\b", re.IGNORECASE)


def without_demo(code: str, material: Material) -> str:
    """Drop what shows the selected definitions at work, where the selection has nothing of the sort.

    `code` has its outermost definitions at column 0. Nothing is dropped that an instruction may
    have asked for, nor anything above the last of the definitions or what they use.
    """
    piece = fragment(code, material.language)
    if piece is None or not material.defines or _ASKS.search(material.instruction):
        return code
    own = fragment(textwrap.dedent(material.original), material.language)
    if own is None or any(_is_demo(each, own) for each in _nodes(own)):
        return code
    nodes = _nodes(piece)
    last = max(
        (at for at, node in enumerate(nodes) if _is_wanted(node, piece, material)), default=-1
    )
    tail = nodes[last + 1 :]
    if last < 0 or not any(_is_demo(node, piece) for node in tail):
        return code
    for node in tail:
        scope = _scope(node, piece)
        if node.type.endswith("comment") and _followed_by_definition(node, tail, piece):
            continue
        if scope is None or _is_demo(node, piece):
            at = piece.tree.span(node).start - piece.shift
            return code[:at].rstrip()
    return code


def _nodes(piece: Fragment) -> list[tree_sitter.Node]:
    """The statements of a piece of code, outermost only."""
    node = piece.tree.node
    while piece.shift and node.named_children and piece.tree.span(node).start < piece.shift:
        inner = [each for each in node.named_children if piece.tree.span(each).end > piece.shift]
        if not inner:
            break
        if piece.tree.span(inner[0]).start >= piece.shift:
            return inner
        node = inner[0]
    return list(node.named_children)


def _is_wanted(node: tree_sitter.Node, piece: Fragment, material: Material) -> bool:
    """Whether a statement is a selected definition, or one that those use."""
    scope = _scope(node, piece)
    if scope is None:
        return False
    if scope.name in material.defines:
        return True
    wanted = [each for each in piece.scopes if each.name in material.defines]
    return not _DEMO.fullmatch(scope.name) and any(
        uses(piece.text(each.start, each.end), scope.name) for each in wanted
    )


def _is_demo(node: tree_sitter.Node, piece: Fragment) -> bool:
    scope = _scope(node, piece)
    if scope is not None:
        return bool(_DEMO.fullmatch(scope.name))
    if not _RUNS.fullmatch(node.type):
        return False
    inner = node.named_children[0] if node.named_children else None
    return not (node.type == "expression_statement" and inner and _SETS.fullmatch(inner.type))


def _scope(node: tree_sitter.Node, piece: Fragment) -> Scope | None:
    span = piece.tree.span(node)
    return next(
        (each for each in piece.scopes if each.start <= span.start and span.end <= each.end), None
    )


def _followed_by_definition(
    node: tree_sitter.Node, tail: list[tree_sitter.Node], piece: Fragment
) -> bool:
    """Whether a comment stands above a definition that is no demo."""
    following = tail[tail.index(node) + 1 :]
    code = next((each for each in following if not each.type.endswith("comment")), None)
    return code is not None and _scope(code, piece) is not None and not _is_demo(code, piece)
