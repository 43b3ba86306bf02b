"""Go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .table import Member, Said, UseTable

if TYPE_CHECKING:
    from collections.abc import Callable

    import tree_sitter

    Text = Callable[[tree_sitter.Node], str]

_MAKERS = frozenset({"new", "make"})
_NAMED = frozenset({"type_identifier", "qualified_type", "generic_type"})


def _declared(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `a, b := f()`, `m := <-ch` and `k, v := range m`."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or not any(child.type == ":=" for child in node.children):
        return []
    names = left.named_children
    if right is None or node.type == "range_clause":
        value = text(right) if right else ""
        return [Said(text(name), value=value, element=True) for name in names]
    return _paired(names, _items(right), text)


def _specified(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `var a, b T = f()` and `const a = 1`."""
    names, written = node.children_by_field_name("name"), node.child_by_field_name("type")
    if written is not None:
        return [Said(text(name), text(written)) for name in names]
    value = node.child_by_field_name("value")
    return _paired(names, _items(value) if value else [], text)


def _paired(
    names: list[tree_sitter.Node], values: list[tree_sitter.Node], text: Text
) -> list[Said]:
    if len(names) == len(values):
        return [_said(text(name), value, text) for name, value in zip(names, values, strict=True)]
    if len(values) != 1:
        return [Said(text(name)) for name in names]
    if values[0].type == "call_expression":
        return [Said(text(name), value=text(values[0]), element=True) for name in names]
    # `value, ok`: whether a type, a key or a channel has one is plain to see.
    return [_said(text(names[0]), values[0], text), *(Said(text(name)) for name in names[1:])]


def _said(name: str, value: tree_sitter.Node, text: Text) -> Said:
    """Tell what a name is by the expression that it is set to."""
    operand = value.child_by_field_name("operand")
    if value.type == "unary_expression" and operand is not None:
        is_received = text(value).startswith("<-")
        inner = _said(name, operand, text)
        return inner._replace(element=True) if is_received else inner
    if value.type == "parenthesized_expression" and value.named_children:
        return _said(name, value.named_children[0], text)
    if value.type in {"composite_literal", "type_assertion_expression"}:
        written = value.child_by_field_name("type")
        return Said(name, text(written) if written else "")
    called = value.child_by_field_name("function")
    if called is not None and text(called) in _MAKERS:
        given = value.child_by_field_name("arguments")
        return Said(name, text(given.named_children[0]) if given and given.named_children else "")
    return Said(name, value=text(value))


def _items(node: tree_sitter.Node) -> list[tree_sitter.Node]:
    return node.named_children if node.type == "expression_list" else [node]


def _parameters(node: tree_sitter.Node, text: Text) -> list[Said]:
    written = node.child_by_field_name("type")
    said = text(written) if written else ""
    if node.type == "variadic_parameter_declaration":
        said = f"[]{said}"
    return [Said(text(name), said) for name in node.children_by_field_name("name")]


def _switched(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `switch t := x.(type)`: in its cases, `t` is of each of their types."""
    alias = node.child_by_field_name("alias")
    if alias is None or not alias.named_children:
        return []
    name = text(alias.named_children[0])
    cases = [child for child in node.named_children if child.type == "type_case"]
    types = [text(one) for case in cases for one in case.children_by_field_name("type")]
    return [Said(name, one) for one in types if one != ","] or [Said(name)]


def _keys(node: tree_sitter.Node, text: Text) -> list[Member]:
    """Read the fields that `T{field: value}` names, and those of literals whose type goes without saying."""
    written, body = node.child_by_field_name("type"), node.child_by_field_name("body")
    if written is None or body is None:
        return []
    if written.type in _NAMED:
        return _fields(body, f"{text(written)}{{}}", text)
    inner = written.child_by_field_name("value") or written.child_by_field_name("element")
    while inner is not None and inner.type == "pointer_type":
        inner = next(iter(inner.named_children), None)
    if inner is None or inner.type not in _NAMED:
        return []
    items = [
        (element.child_by_field_name("value") or element)
        if element.type == "keyed_element"
        else element
        for element in body.named_children
    ]
    held = [part for item in items for part in item.named_children if part.type == "literal_value"]
    return [one for part in held for one in _fields(part, f"{text(inner)}{{}}", text)]


def _fields(body: tree_sitter.Node, receiver: str, text: Text) -> list[Member]:
    keys = (
        key.named_children[0]
        for element in body.named_children
        if element.type == "keyed_element"
        and (key := element.child_by_field_name("key")) is not None
        and key.named_children
    )
    return [
        Member(text(name), receiver, name.start_byte) for name in keys if name.type == "identifier"
    ]


GO = UseTable(
    query="""
    [(identifier) (type_identifier) (package_identifier)] @name
    [(selector_expression) (qualified_type)] @access
    (call_expression function: (_) @called)
    (type_conversion_expression type: (generic_type type: (_) @called))
    (composite_literal type: [(type_identifier) (qualified_type)] @called)
    (composite_literal type: (generic_type type: (_) @called))
    [(function_declaration) (method_declaration) (func_literal) (block) (if_statement)
     (for_statement) (expression_switch_statement) (type_switch_statement) (select_statement)
     (expression_case) (type_case) (default_case) (communication_case) (function_type)
     (method_elem) (type_spec)] @scope
    [(short_var_declaration) (range_clause) (receive_statement) (var_spec) (const_spec)
     (parameter_declaration) (variadic_parameter_declaration) (type_switch_statement) (type_parameter_declaration)] @binding
    (return_statement (expression_list . (_) @returned .))
    (method_declaration receiver: (parameter_list (parameter_declaration type: [
      (generic_type (type_arguments (type_elem (type_identifier) @bound)))
      (pointer_type (generic_type (type_arguments (type_elem (type_identifier) @bound))))])))
    (function_declaration name: (identifier) @defined)
    [(type_spec name: (type_identifier) @defined) (type_alias name: (type_identifier) @defined)]
    (composite_literal type: [(type_identifier) (qualified_type) (generic_type)]
      body: (literal_value (keyed_element key: (literal_element (identifier) @silent))))
    (literal_element (literal_value (keyed_element key: (literal_element (identifier) @silent))))
    (composite_literal) @members
    [(package_clause) (import_declaration)] @import
    """,
    shapes={},
    readers={
        "short_var_declaration": _declared,
        "range_clause": _declared,
        "receive_statement": _declared,
        "var_spec": _specified,
        "const_spec": _specified,
        "parameter_declaration": _parameters,
        "variadic_parameter_declaration": _parameters,
        "type_parameter_declaration": _parameters,
        "type_switch_statement": _switched,
    },
    members={"composite_literal": _keys},
    braces=True,
)
