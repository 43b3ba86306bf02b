"""Rust."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .rust_patterns import Given, fields, said, tokens
from .table import Said, UseTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import tree_sitter

    Text = Callable[[tree_sitter.Node], str]

_LIFETIME = re.compile(r"'\w+")


def _let(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `let`, `if let`, `while let`, constants and parameters."""
    pattern = node.child_by_field_name("pattern") or node.child_by_field_name("name")
    written, value = node.child_by_field_name("type"), node.child_by_field_name("value")
    if pattern is None:
        return []
    if written is not None:
        parts = zip(pattern.named_children, written.named_children, strict=False)
        if pattern.type == "tuple_pattern" and written.type == "tuple_type":
            return [one for name, part in parts for one in said(name, Given(text(part)), text)]
        return list(said(pattern, Given(text(written)), text))
    return [one for given in _given(value, text) for one in said(pattern, given, text)]


def _given(value: tree_sitter.Node | None, text: Text) -> Iterator[Given]:
    """Give all that an expression may come to."""
    if value is None:
        yield Given()
        return
    branches = _branches(value)
    if value.type == "type_cast_expression":
        written = value.child_by_field_name("type")
        yield Given(text(written) if written else "")
    elif branches:
        for branch in branches:
            yield from _given(branch, text)
    else:
        yield Given(value=text(value))


def _branches(value: tree_sitter.Node) -> list[tree_sitter.Node]:
    """Give the last expressions of an `if`, a `match` or a block."""
    inner = value.named_children
    if value.type in {"block", "unsafe_block", "async_block", "else_clause"}:
        return inner[-1:]
    if value.type == "expression_statement":
        return inner[:1]
    if value.type == "if_expression":
        held = map(value.child_by_field_name, ("consequence", "alternative"))
        return [one for one in held if one is not None]
    body = value.child_by_field_name("body") if value.type == "match_expression" else None
    arms = body.named_children if body else ()
    values = (arm.child_by_field_name("value") for arm in arms)
    return [one for one in values if one is not None]


def _arm(node: tree_sitter.Node, text: Text) -> list[Said]:
    pattern = node.child_by_field_name("pattern")
    matched = node.parent.parent if node.parent else None
    value = matched.child_by_field_name("value") if matched else None
    if pattern is None or value is None:
        return []
    return list(said(pattern, Given(value=text(value)), text))


def _loop(node: tree_sitter.Node, text: Text) -> list[Said]:
    pattern, value = node.child_by_field_name("pattern"), node.child_by_field_name("value")
    return _elements(pattern, text(value), text) if pattern and value else []


def _elements(pattern: tree_sitter.Node, value: str, text: Text) -> list[Said]:
    """Bind a pattern to what `xs` holds, or to what `xs.iter()` has given already."""
    given = (Given(value=value, element=True), Given(value=value))
    return [one for each in given for one in said(pattern, each, text)]


def _closure(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Bind the parameters of `xs.iter().map(|x| …)` to what the method's object holds."""
    arguments = node.parent.parent if node.parent else None
    call = arguments.parent if arguments and arguments.type == "arguments" else None
    called = call.child_by_field_name("function") if call else None
    receiver = called.child_by_field_name("value") if called else None
    value = text(receiver) if receiver and called and called.type == "field_expression" else ""
    return [
        one
        for pattern in node.named_children
        if pattern.type != "parameter"
        for one in _elements(pattern, value, text)
    ]


def _bounds(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `T: A + B` of type parameters and `where`: a `T` is an `A` and a `B`."""
    name = node.child_by_field_name("name") or node.child_by_field_name("left")
    bounds = node.child_by_field_name("bounds")
    if name is None or name.type != "type_identifier":
        return []
    parts = [text(one) for one in bounds.named_children] if bounds else []
    named = [Said(text(name), part) for part in parts if not _LIFETIME.match(part)]
    return named or [Said(text(name))]


RUST = UseTable(
    query="""
    [(identifier) (type_identifier)] @name
    [(field_expression) (scoped_identifier) (scoped_type_identifier)] @access
    (call_expression function: [(identifier) (field_expression) (scoped_identifier)] @called)
    (call_expression function: (generic_function function: (_) @called))
    (struct_expression name: (_) @called)
    (macro_invocation macro: (_) @called)
    [(function_item) (function_signature_item) (closure_expression) (block) (match_arm)
     (for_expression) (if_expression) (while_expression) (impl_item) (trait_item) (struct_item)
     (enum_item) (type_item)] @scope
    [(let_declaration) (let_condition) (parameter) (match_arm) (for_expression)
     (closure_parameters) (const_item) (static_item) (type_parameter) (where_predicate)] @binding
    [(function_item name: (identifier) @defined) (struct_item name: (type_identifier) @defined)
     (enum_item name: (type_identifier) @defined) (macro_definition name: (identifier) @defined)]
    [(lifetime (identifier) @silent) (label (identifier) @silent)
     (mod_item name: (identifier) @silent) (const_parameter name: (identifier) @bound)]
    (function_signature_item name: (identifier) @silent)
    (declaration_list (function_item name: (identifier) @silent))
    [(struct_expression) (struct_pattern) (token_tree)] @members
    [(use_declaration) (extern_crate_declaration)] @import
    """,
    shapes={},
    readers={
        "let_declaration": _let,
        "let_condition": _let,
        "parameter": _let,
        "const_item": _let,
        "static_item": _let,
        "match_arm": _arm,
        "for_expression": _loop,
        "closure_parameters": _closure,
        "type_parameter": _bounds,
        "where_predicate": _bounds,
    },
    members={"struct_expression": fields, "struct_pattern": fields, "token_tree": tokens},
    literals={"string_literal": "str", "integer_literal": "i32", "boolean_literal": "bool"},
    joining=("::",),
    leading=frozenset({"await", "mut", "ref", "return", "unsafe", "move", "async"}),
    braces=True,
)
