"""What JavaScript and TypeScript bind, and what they say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .javascript_expected import CALLS, as_expected, declared_type, place_of
from .javascript_patterns import Given, members, said, typed, valued
from .table import Member, Said

if TYPE_CHECKING:
    from collections.abc import Callable

    import tree_sitter

    Text = Callable[[tree_sitter.Node], str]

_WALKS = dict.fromkeys(
    (
        "map",
        "forEach",
        "filter",
        "find",
        "findIndex",
        "findLast",
        "some",
        "every",
        "flatMap",
        "sort",
    ),
    0,
) | {"reduce": 1, "reduceRight": 1}
"""Methods of arrays, sets and maps that call back with their elements, and as which parameter."""

_WHOLE = frozenset({"then", "finally"})
"""Those that call back with what a promise gives."""


def _given(node: tree_sitter.Node, text: Text) -> list[tuple[tree_sitter.Node, Given]]:
    """Give the pattern of a `@binding` with each thing that it may be given."""
    if node.type == "variable_declarator":
        pattern, value = map(node.child_by_field_name, ("name", "value"))
        if pattern is None or _is_required(value, text):
            return []
        sources = [typed(node.child_by_field_name("type"), text)]
        sources = sources if sources[0].is_known else valued(value, text)
    elif node.type == "for_in_statement":
        pattern, value = map(node.child_by_field_name, ("left", "right"))
        is_new = node.child_by_field_name("kind") is not None
        if pattern is None or value is None or not is_new:
            return []
        sources = [one._replace(element=True) for one in valued(value, text)]
    elif node.type in {"required_parameter", "optional_parameter"}:
        pattern = node.child_by_field_name("pattern")
        sources = [typed(node.child_by_field_name("type"), text)]
        if not sources[0].is_known:
            sources = valued(node.child_by_field_name("value"), text) or _called_back(node, text)
    else:
        pattern, sources = node, _called_back(node, text)
    return [(pattern, source) for source in sources or [Given()]] if pattern is not None else []


def _is_required(value: tree_sitter.Node | None, text: Text) -> bool:
    """Whether it is a module, which counts as an import."""
    while value is not None and value.type == "member_expression":
        value = value.child_by_field_name("object")
    function = value.child_by_field_name("function") if value is not None else None
    return function is not None and text(function) == "require"


def _called_back(node: tree_sitter.Node, text: Text) -> list[Given]:
    """Tell what a parameter of a function is by what the function is handed to."""
    function, number = node.parent, 0
    if function is not None and function.type == "formal_parameters":
        number = place_of(node, function)
        function = function.parent
    arguments = function.parent if function is not None else None
    if function is not None and (arguments is None or arguments.type != "arguments"):
        return as_expected(function, number, text)
    call = arguments.parent if arguments is not None else None
    if function is None or arguments is None or call is None or call.type not in CALLS:
        return []
    called = call.child_by_field_name(CALLS[call.type])
    if called is None or arguments.type != "arguments":
        return []
    place = f"$handed_{place_of(function, arguments)}_{number}"
    made = f".$of_{node.start_byte}" if _written_types(call, text) else ""
    handed = Given(value=f"{text(called)}{made}.{place}")
    return [*_walked(called, number, text), handed]


def _walked(called: tree_sitter.Node, number: int, text: Text) -> list[Given]:
    """Tell what built-in lists and promises call back with."""
    whose, name = map(called.child_by_field_name, ("object", "property"))
    if whose is None or name is None:
        return []
    if text(name) in _WALKS and number == _WALKS[text(name)]:
        return [one._replace(element=True) for one in valued(whose, text)]
    return valued(whose, text) if text(name) in _WHOLE and number == 0 else []


def _bound(node: tree_sitter.Node, text: Text) -> list[Said]:
    found = [one for pattern, given in _given(node, text) for one in said(pattern, given, text)]
    made = f"$of_{node.start_byte}"
    if any(made in one.value for one in found):
        call = _call_around(node)
        found.append(Said(made, _written_types(call, text) if call is not None else ""))
    return found


def _call_around(node: tree_sitter.Node) -> tree_sitter.Node | None:
    call = node.parent
    while call is not None and call.type not in CALLS:
        call = call.parent
    return call


def _written_types(call: tree_sitter.Node, text: Text) -> str:
    """Give the types that a call is made with, or else those of what it is set to, joined by `|`."""
    arguments = call.child_by_field_name("type_arguments")
    if arguments is None and (declared := declared_type(call)) is not None:
        arguments = declared.child_by_field_name("type_arguments")
    return (
        " | ".join(text(one) for one in arguments.named_children) if arguments is not None else ""
    )


def _members(node: tree_sitter.Node, text: Text) -> list[Member]:
    return [one for pattern, given in _given(node, text) for one in members(pattern, given, text)]


def _cast(node: tree_sitter.Node, text: Text) -> list[Member]:
    """Read `(a as A).b`, whose receiver no chain can be read from."""
    whose, name = map(node.child_by_field_name, ("object", "property"))
    given = valued(whose, text)
    if name is None or not given or (whose and given[0].value == text(whose)):
        return []
    return [Member(text(name), one.receiver, name.start_byte) for one in given if one.receiver]


def _assigned(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `this.a = f()` and `a = f()`; a name is bound where it is declared, not here."""
    left, right = map(node.child_by_field_name, ("left", "right"))
    if left is None or left.type not in {"member_expression", "identifier"}:
        return []
    return [Said(text(left), one.type, one.value, one.element) for one in valued(right, text)]


def _parameter_of_types(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `T extends A`: whatever `T` is, it has what `A` has."""
    name = node.child_by_field_name("name")
    held = node.child_by_field_name("constraint") or node.child_by_field_name("value")
    written = held.named_children[0] if held is not None and held.named_children else None
    return [Said(text(name), text(written) if written is not None else "")] if name else []


def _narrowed(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `a instanceof A`."""
    left, right = map(node.child_by_field_name, ("left", "right"))
    return [Said(text(left), text(right))] if left is not None and right is not None else []


def _guarded(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `isRow(a)` of a condition: `a` is what the function says that it is then."""
    function, given = map(node.child_by_field_name, ("function", "arguments"))
    first = given.named_children[0] if given is not None and given.named_children else None
    if function is None or first is None or first.type not in {"identifier", "member_expression"}:
        return []
    return [Said(text(first), value=f"{text(function)}.$guarded")]


READERS = {
    "variable_declarator": _bound,
    "for_in_statement": _bound,
    "required_parameter": _bound,
    "optional_parameter": _bound,
    "identifier": _bound,
    "object_pattern": _bound,
    "array_pattern": _bound,
    "assignment_pattern": _bound,
    "rest_pattern": _bound,
    "type_parameter": _parameter_of_types,
    "assignment_expression": _assigned,
    "binary_expression": _narrowed,
    "call_expression": _guarded,
}
MEMBERS = {**dict.fromkeys(READERS, _members), "member_expression": _cast}
