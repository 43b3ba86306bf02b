"""What a definition takes, as its callers see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tree_sitter

    from .scopes import Scope
    from .tree import Tree

_CALLED_BY_NAME = frozenset({"python", "csharp", "ruby", "php"})
"""Languages in which a call may name a parameter, so that its name is known outside."""

_LISTS = ("parameters", "parameter")
_NAMES = ("name", "pattern", "left", "declarator")
_DEFAULTS = ("value", "right", "default_value")
_PATTERNS = frozenset({"object_pattern", "array_pattern", "tuple_pattern"})
_SELF_FIRST = frozenset({"self_parameter", "receiver_parameter"})


def parameters(tree: Tree, scope: Scope) -> tuple[str, ...] | None:
    """Each parameter of a definition in a form that changes when its callers would notice.

    A name where the language calls by name, else `_`; `*` before one that takes the rest, `=` after
    one that may be left out. None for what has no parameters, such as a class.
    """
    node = _list_of(tree, scope)
    if node is None:
        return None
    by_name = tree.language.id in _CALLED_BY_NAME
    if node.type == "identifier":  # `x => x`
        return (_shown(tree, node, "", by_name=by_name),)
    return tuple(
        shown
        for child in node.named_children
        if "comment" not in child.type and child.type not in _SELF_FIRST
        for shown in _parameter(tree, child, by_name=by_name)
    )


def _list_of(tree: Tree, scope: Scope) -> tree_sitter.Node | None:
    """The node that lists the parameters, found from the definition's name outwards."""
    at, start = tree.byte(scope.name_start), tree.byte(scope.start)
    node = tree.node.descendant_for_byte_range(at, at)
    while node is not None and node.start_byte >= start and node.parent is not None:
        for holder in (node, node.child_by_field_name("value")):
            for field in _LISTS if holder else ():
                found = holder.child_by_field_name(field) if holder else None
                if found is not None:
                    return found
        if node.child_by_field_name("body") is not None:
            # Whatever stands further out belongs to another definition.
            return _anonymous_list(node)
        node = node.parent
    return None


def _anonymous_list(node: tree_sitter.Node) -> tree_sitter.Node | None:
    return next((child for child in node.children if child.type.endswith("parameters")), None)


def _parameter(tree: Tree, node: tree_sitter.Node, *, by_name: bool) -> list[str]:
    end = "=" if _may_be_left_out(node) else ""
    names = node.children_by_field_name("name")  # Go: `a, b int`
    if len(names) > 1:
        return [_shown(tree, name, end, by_name=by_name) for name in names]
    return [_shown(tree, node, end, by_name=by_name)]


def _shown(tree: Tree, node: tree_sitter.Node, end: str, *, by_name: bool) -> str:
    span = tree.span(_name(node))
    name = tree.text[span.start : span.end]
    stars = "*" * _stars(node)
    return f"{stars}{name if by_name else '_'}{end}"


def _name(node: tree_sitter.Node) -> tree_sitter.Node:
    """The innermost thing that is named; all of a pattern that has no name."""
    for field in _NAMES:
        inner = node.child_by_field_name(field)
        if inner is not None:
            return _name(inner)
    named = node.named_children
    if named and node.type not in _PATTERNS:
        return _name(named[0])
    return node


def _may_be_left_out(node: tree_sitter.Node) -> bool:
    if node.type.startswith("optional") and "declaration" not in node.type:
        return True
    if any(child.type == "=" for child in node.children):  # C#
        return True
    return any(node.child_by_field_name(field) is not None for field in _DEFAULTS)


def _stars(node: tree_sitter.Node) -> int:
    """How far a parameter takes what is left: 1 for the rest of a list, 2 for names."""
    kinds = {node.type, *(child.type for child in node.named_children[:1])}
    if any("dictionary_splat" in kind or "hash_splat" in kind for kind in kinds):
        return 2
    rest = ("splat", "rest", "spread", "variadic")
    return int(any(word in kind for kind in kinds for word in rest))
