"""What an expression of JavaScript or TypeScript is expected to be, by where it stands.

The types of a callback's parameters need not be written: they are those of the type that it has to be of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .javascript_patterns import Given, typed

if TYPE_CHECKING:
    from collections.abc import Callable

    import tree_sitter

    Text = Callable[[tree_sitter.Node], str]

CALLS = {"call_expression": "function", "new_expression": "constructor"}
"""Kinds of calls, and the field that tells what is called."""

_DECLARING = frozenset({"variable_declarator", "public_field_definition"})
_TRANSPARENT = frozenset({"parenthesized_expression", "ternary_expression"})
_CASTS = frozenset({"as_expression", "satisfies_expression"})
_RETURNING = frozenset({"return_statement", "arrow_function"})
_FUNCTIONS = frozenset(
    {"arrow_function", "function_expression", "function_declaration", "method_definition"}
)
_DEEPEST = 8


def as_expected(function: tree_sitter.Node, number: int, text: Text) -> list[Given]:
    """Tell it by the type that the function is expected to be of: `const f: Handler = …`."""
    declared = declared_type(function)
    if declared is not None and declared.type == "function_type":
        parameters = declared.child_by_field_name("parameters")
        listed = parameters.named_children[number:] if parameters is not None else []
        return [typed(one.child_by_field_name("type"), text) for one in listed[:1]]
    expected = _expected(function, text)
    return [Given(value=f"{expected}.$handed__{number}")] if expected else []


def declared_type(node: tree_sitter.Node) -> tree_sitter.Node | None:
    """Give the type that is written for what an expression is set to."""
    around = node.parent
    annotation = (
        around.child_by_field_name("type")
        if around is not None and around.type in _DECLARING
        else None
    )
    return next(iter(annotation.named_children), None) if annotation is not None else None


def _expected(node: tree_sitter.Node, text: Text, depth: int = 0) -> str:
    """Give an expression that stands for what another is expected to be; empty if that is not said."""
    around = node.parent
    if around is None or depth > _DEEPEST:
        return ""
    cast = around.named_children[-1] if around.type in _CASTS else None
    if (declared := declared_type(node) or cast) is not None:
        return typed(declared, text).receiver
    if around.type in _TRANSPARENT:
        return _expected(around, text, depth + 1)
    if around.type == "arguments" and around.parent is not None:
        called = around.parent.child_by_field_name(CALLS.get(around.parent.type, "function"))
        return f"{text(called)}.$argument_{place_of(node, around)}" if called is not None else ""
    if around.type in _RETURNING:
        return _returned(around, text, depth)
    return _of_object(around, node, text, depth)


def _of_object(around: tree_sitter.Node, node: tree_sitter.Node, text: Text, depth: int) -> str:
    """Tell what a member of an object is expected to be."""
    if around.type == "pair":
        whole, key = around.parent, around.child_by_field_name("key")
    elif around.type == "object" and node.type == "method_definition":
        whole, key = around, node.child_by_field_name("name")
    else:
        return ""
    if whole is None or key is None or key.type != "property_identifier":
        return ""
    expected = _expected(whole, text, depth + 1)
    return f"{expected}.{text(key)}" if expected else ""


def _returned(node: tree_sitter.Node, text: Text, depth: int) -> str:
    """Tell what the function around is to return."""
    function: tree_sitter.Node | None = node
    while function is not None and function.type not in _FUNCTIONS:
        function = function.parent
    if function is None:
        return ""
    if (annotation := function.child_by_field_name("return_type")) is not None:
        return typed(annotation, text).receiver
    declared = declared_type(function)
    if declared is not None and declared.type == "function_type":
        return typed(declared.child_by_field_name("return_type"), text).receiver
    expected = _expected(function, text, depth + 1)
    return f"{expected}()" if expected else ""


def place_of(node: tree_sitter.Node, around: tree_sitter.Node) -> int:
    """Give the number of an argument or a parameter among those around it."""
    same = (at for at, child in enumerate(around.named_children) if child.id == node.id)
    return next(same, 0)
