"""What C#, PHP and Lua say of their variables, and the accesses that have fields for their parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .table import Member, Said

if TYPE_CHECKING:
    from collections.abc import Callable

    import tree_sitter

    Text = Callable[[tree_sitter.Node], str]

_NEW = re.compile(r"\.new\b(?P<call>\s*\()?")
_CALLS = frozenset({"invocation_expression", "call"})


def sharp_variables(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `Foo a = x, b;` and `var c = y;`."""
    written = node.child_by_field_name("type")
    said = text(written) if written and written.type != "implicit_type" else ""
    found = []
    for one in node.named_children:
        name = one.child_by_field_name("name") if one.type == "variable_declarator" else None
        if name is not None:
            value = one.named_children[-1] if len(one.named_children) > 1 else None
            found.append(Said(text(name), said, text(value) if value and not said else ""))
    return found


def sharp_loop(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `foreach (var x in xs)`."""
    written, name, value = map(node.child_by_field_name, ("type", "left", "right"))
    if written is None or name is None or value is None:
        return []
    if written.type != "implicit_type":
        return [Said(text(name), text(written))]
    return [Said(text(name), value=text(value), element=True)]


def reached(node: tree_sitter.Node, text: Text) -> list[Member]:
    """Read an access whose parts are fields: the object, and the name that ends or precedes a call."""
    name = node.child_by_field_name("name") or node.child_by_field_name("method")
    if name is None:
        return []
    # What stands before the name, without the sign that joins the two.
    first = next(iter(node.children), None)
    if first is None or first.id == name.id:
        return []
    above = node.parent
    is_called = node.type in _CALLS or "call" in node.type
    is_called |= above is not None and above.type in _CALLS and above.children[0].id == node.id
    plain = next(iter(name.named_children), name) if name.type == "generic_name" else name
    return [Member(text(plain), text(first), plain.start_byte, is_called)]


def constant(node: tree_sitter.Node, text: Text) -> list[Member]:
    """Read `Foo::BAR`."""
    inner = node.named_children
    return [Member(text(inner[-1]), text(inner[0]), inner[-1].start_byte)] if inner[1:] else []


def sharp_keys(node: tree_sitter.Node, text: Text) -> list[Member]:
    """Read the properties that `new Foo { A = 1 }` sets."""
    written, body = node.child_by_field_name("type"), node.child_by_field_name("initializer")
    if written is None or body is None:
        return []
    keys = (one.child_by_field_name("left") for one in body.named_children)
    receiver = f"new {text(written)}()"
    return [Member(text(key), receiver, key.start_byte) for key in keys if key is not None]


def php_loop(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `foreach ($xs as $key => $x)`."""
    values = [one for one in node.named_children if one.type != "compound_statement"]
    last = values[-1] if len(values) > 1 else None
    names = last.named_children if last is not None and last.type == "pair" else [last]
    held = [one for one in names if one is not None]
    return [Said(text(one), value=text(values[0]), element=True) for one in held]


def lua_local(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `local a, b = f(), g`."""
    targets = [one for one in node.named_children if one.type == "variable_list"]
    values = [one for one in node.named_children if one.type == "expression_list"]
    names = [one for target in targets for one in target.named_children]
    given = [text(one) for value in values for one in value.named_children]
    given += [""] * (len(names) - len(given))
    return [Said(text(name), value=one) for name, one in zip(names, given, strict=False)]


def ruby_reached(node: tree_sitter.Node, text: Text) -> list[Member]:
    """Read `a.b`; what `Foo.new` gives is called `Foo()`."""
    return [one._replace(receiver=_made(one.receiver or "")) for one in reached(node, text)]


def ruby_assigned(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `a = Foo.new(1)`."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or left.type != "identifier":
        return []
    return [Said(text(left), value=_made(text(right)) if right else "")]


def _made(expression: str) -> str:
    return _NEW.sub(lambda found: "(" if found["call"] else "()", expression)
