"""Java."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .table import Member, Said, UseTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import tree_sitter

    Text = Callable[[tree_sitter.Node], str]

_ENDS = frozenset({"identifier", "type_identifier"})


def _declared(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `Foo a = x, b;` and `var c = y;`, of resources too, and `Foo... rest`."""
    written = node.child_by_field_name("type") or next(iter(_types(node)), None)
    said = text(written) if written else ""
    declarators = [one for one in node.named_children if one.type == "variable_declarator"] or [
        node
    ]
    found = []
    for one in declarators:
        name, value = one.child_by_field_name("name"), one.child_by_field_name("value")
        if name is None:
            continue
        if said != "var":
            many = node.type == "spread_parameter" or one.child_by_field_name("dimensions")
            found.append(Said(text(name), f"{said}[]" if many else said))
        else:
            listed = [Said(text(name), *given) for given in _given(value, text)]
            found += listed or [Said(text(name))]
    return found


def _given(value: tree_sitter.Node | None, text: Text) -> Iterator[tuple[str, str]]:
    """Give type and expression of all that a value may come to."""
    if value is None:
        return
    inner = value.named_children
    if value.type == "parenthesized_expression" and inner:
        yield from _given(inner[0], text)
    elif value.type == "ternary_expression":
        for field in ("consequence", "alternative"):
            yield from _given(value.child_by_field_name(field), text)
    elif value.type == "cast_expression":
        written = value.child_by_field_name("type")
        yield (text(written) if written else ""), ""
    else:
        yield "", text(value)


def _caught(node: tree_sitter.Node, text: Text) -> list[Said]:
    name = node.child_by_field_name("name")
    types = [text(one) for held in node.named_children for one in held.named_children]
    return [Said(text(name), " | ".join(types))] if name else []


def _loop(node: tree_sitter.Node, text: Text) -> list[Said]:
    name, written, value = map(node.child_by_field_name, ("name", "type", "value"))
    if name is None or written is None or value is None:
        return []
    if text(written) != "var":
        return [Said(text(name), text(written))]
    return [Said(text(name), value=text(value), element=True)]


def _lambda(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Bind the parameters of `xs.stream().map(x -> …)` to what the method's object holds."""
    held = node.child_by_field_name("parameters")
    if held is None or held.type == "formal_parameters":
        return []
    call = node.parent.parent if node.parent and node.parent.type == "argument_list" else None
    receiver = call.child_by_field_name("object") if call else None
    value = text(receiver) if receiver else ""
    names = [held] if held.type == "identifier" else held.named_children
    return [
        Said(text(name), value=value, element=element)
        for name in names
        for element in (True, False)
    ]


def _matched(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `x instanceof Foo f`, and the patterns of a `switch`."""
    name, written = node.child_by_field_name("name"), node.child_by_field_name("right")
    inner = node.named_children
    if node.type != "instanceof_expression" and len(inner) > 1:
        written, name = inner[-2:]
    said = text(written) if written else ""
    return [Said(text(name), "" if said == "var" else said)] if name else []


def _bounds(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `T extends A & B`."""
    names = [one for one in node.named_children if one.type in _ENDS]
    bounds = [one for one in node.named_children if one.type == "type_bound"]
    types = [text(one) for bound in bounds for one in bound.named_children]
    return [Said(text(name), one) for name in names for one in types or [""]]


def _types(node: tree_sitter.Node) -> Iterator[tree_sitter.Node]:
    return (one for one in node.named_children if one.type.endswith(("type", "type_identifier")))


def _called(node: tree_sitter.Node, text: Text) -> list[Member]:
    """Read `a.b()`, whose text does not end in its name."""
    receiver, name = node.child_by_field_name("object"), node.child_by_field_name("name")
    if receiver is None or name is None:
        return []
    return [Member(text(name), expression(receiver, text), name.start_byte, call=True)]


def _reached(node: tree_sitter.Node, text: Text) -> list[Member]:
    """Read `((Foo) a).b` and `A::b`."""
    inner = node.named_children
    if len(inner) < 2 or inner[-1].type not in _ENDS:  # noqa: PLR2004 - an object and a name
        return []
    first, last = inner[0], inner[-1]
    return [Member(text(last), expression(first, text), last.start_byte)]


def _cases(node: tree_sitter.Node, text: Text) -> list[Member]:
    """Read what the cases of a `switch` name: members of an enumeration, or constants."""
    value = node.child_by_field_name("condition")
    body = node.child_by_field_name("body")
    if value is None or body is None or not value.named_children:
        return []
    receiver = expression(value.named_children[0], text)
    labels = (
        label
        for group in body.named_children
        for label in group.named_children
        if label.type == "switch_label"
    )
    names = (one for label in labels for one in label.named_children if one.type == "identifier")
    return [Member(text(name), one, name.start_byte) for name in names for one in (receiver, None)]


def expression(node: tree_sitter.Node, text: Text) -> str:
    """Give an expression as one that can be made a chain: a cast is an object of its type."""
    inner = node.named_children
    if node.type == "parenthesized_expression" and inner:
        return expression(inner[0], text)
    if node.type == "cast_expression":
        written = node.child_by_field_name("type")
        return f"new {text(written)}()" if written else ""
    if node.type == "field_access" and inner[-1:] and inner[-1].type == "this":
        return "this"
    return text(node)


JAVA = UseTable(
    query="""
    [(identifier) (type_identifier)] @name
    [(scoped_type_identifier) (scoped_identifier)] @access
    (field_access object: [(identifier) (field_access) (this) (super) (method_invocation)
     (array_access) (object_creation_expression)]) @access
    (method_invocation !object name: (identifier) @called)
    (object_creation_expression type: (_) @called)
    (object_creation_expression type: (generic_type . (_) @called))
    (annotation name: (_) @called)
    [(method_declaration) (constructor_declaration) (compact_constructor_declaration) (block)
     (lambda_expression) (enhanced_for_statement) (for_statement) (try_with_resources_statement)
     (catch_clause) (switch_rule) (switch_block_statement_group)] @scope
    [(local_variable_declaration) (formal_parameter) (spread_parameter) (resource)
     (catch_formal_parameter) (enhanced_for_statement) (lambda_expression) (instanceof_expression)
     (type_pattern) (record_pattern_component) (type_parameter)] @binding
    [(method_declaration name: (identifier) @silent)
     (constructor_declaration name: (identifier) @silent)
     (variable_declarator name: (identifier) @silent)
     (labeled_statement (identifier) @silent)
     (break_statement (identifier) @silent) (continue_statement (identifier) @silent)
     (element_value_pair key: (identifier) @silent)
     (switch_label (identifier) @silent)]
    (block [(class_declaration name: (identifier) @defined) (record_declaration name: (identifier) @defined)])
    [(method_invocation object: (_)) (method_reference) (switch_expression)] @members
    (field_access object: (parenthesized_expression)) @members
    [(package_declaration) (import_declaration)] @import
    """,
    shapes={},
    readers={
        "local_variable_declaration": _declared,
        "formal_parameter": _declared,
        "spread_parameter": _declared,
        "resource": _declared,
        "catch_formal_parameter": _caught,
        "enhanced_for_statement": _loop,
        "lambda_expression": _lambda,
        "instanceof_expression": _matched,
        "type_pattern": _matched,
        "record_pattern_component": _matched,
        "type_parameter": _bounds,
    },
    members={
        "method_invocation": _called,
        "method_reference": _reached,
        "field_access": _reached,
        "switch_expression": _cases,
    },
    literals={"string_literal": "String"},
    joining=("::",),
    leading=frozenset({"new"}),
    patterns=(),
)
