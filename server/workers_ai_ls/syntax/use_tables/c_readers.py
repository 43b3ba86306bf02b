"""What declarations of C and C++ say, and the fields that initialisers name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .table import Member, Said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import tree_sitter

    Text = Callable[[tree_sitter.Node], str]

_DECLARES = frozenset({"identifier", "field_identifier"})
_MAKERS = frozenset(
    {
        *("static_cast", "dynamic_cast", "reinterpret_cast", "const_cast", "make_unique"),
        *("make_shared", "static_pointer_cast", "dynamic_pointer_cast"),
    }
)
"""Functions that give an object of their type argument."""
_TAG = re.compile(r"\b(?:struct|union|enum|class|const|volatile|typename)\b\s*")


def declared(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `struct foo a = x, *b[3];`, `auto c = y;`, parameters and conditions."""
    written = node.child_by_field_name("type")
    if written is None:
        return []
    said, is_unsaid = type_of(written, text), written.type == "placeholder_type_specifier"
    found: list[Said] = []
    for one in node.children_by_field_name("declarator"):
        value = one.child_by_field_name("value") or node.child_by_field_name("default_value")
        many = "[]" if _is_array(one) else ""
        names = list(_names(one))
        for name in names:
            if not is_unsaid:
                found.append(Said(text(name), said + many))
            else:
                given = expression_of(value, text) if value else ""
                # What is unpacked from a value is a part of it.
                found.append(Said(text(name), value=given, element=len(names) > 1))
    return found


def looped(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `for (auto& x : xs)`."""
    written, value, declarator = map(node.child_by_field_name, ("type", "right", "declarator"))
    if written is None or value is None or declarator is None:
        return []
    names = [text(name) for name in _names(declarator)]
    if written.type != "placeholder_type_specifier":
        return [Said(name, type_of(written, text)) for name in names]
    return [Said(name, value=expression_of(value, text), element=True) for name in names]


def captured(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `[x = y]`."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    return [Said(text(left), value=text(right))] if left and right else []


def initialised(node: tree_sitter.Node, text: Text) -> list[Member]:
    """Read a field that a constructor sets before its body: `: a_(1)`."""
    name = next((one for one in node.named_children if one.type == "field_identifier"), None)
    return [Member(text(name), "this", name.start_byte)] if name else []


def reached(node: tree_sitter.Node, text: Text) -> list[Member]:
    """Read `((struct foo *) x)->y` and `x.y<T>`, which do not say by their text what has the name."""
    argument, name = node.child_by_field_name("argument"), node.child_by_field_name("field")
    if argument is None or name is None:
        return []
    receiver = expression_of(argument, text)
    is_said = name.type == "field_identifier" and not receiver.endswith("()")
    return [] if is_said else [Member(text(_plain(name)), receiver, name.start_byte)]


def qualified(node: tree_sitter.Node, text: Text) -> list[Member]:
    """Read `a::B<T>::c`, of which each scope has what follows it."""
    if node.parent is not None and node.parent.type == "qualified_identifier":
        return []
    parts: list[tree_sitter.Node] = []
    at: tree_sitter.Node | None = node
    while at is not None and at.type == "qualified_identifier":
        scope, at = at.child_by_field_name("scope"), at.child_by_field_name("name")
        parts += [_plain(scope)] if scope else []
    parts += [_plain(at)] if at else []
    names = [text(part) for part in parts]
    above = node.parent
    is_called = above is not None and above.type == "call_expression"
    found = [
        Member(names[index], "::".join(names[:index]), parts[index].start_byte)
        for index in range(1, len(parts))
    ]
    return [*found[:-1], found[-1]._replace(call=is_called)] if found else []


def _plain(name: tree_sitter.Node) -> tree_sitter.Node:
    """Give a name without its arguments."""
    return name.child_by_field_name("name") or name


def keys(node: tree_sitter.Node, text: Text) -> list[Member]:
    """Read the fields that `struct foo x = { .a = 1 }` and `offsetof(struct foo, a)` name."""
    if node.type == "offsetof_expression":
        written, name = node.child_by_field_name("type"), node.child_by_field_name("member")
        made = made_of(written, text) if written else ""
        return [Member(text(name), made, name.start_byte)] if name and made else []
    receiver = _holder(node, text)
    found: list[Member] = []
    for pair in node.named_children if receiver else ():
        at = receiver
        for part in pair.children_by_field_name("designator"):
            name = next(iter(part.named_children), None)
            if part.type != "field_designator" or name is None:
                continue
            found.append(Member(text(name), at, name.start_byte))
            at = f"{at}.{text(name)}"
    return found


def _holder(node: tree_sitter.Node, text: Text) -> str:
    """Give an expression for what an initialiser initialises."""
    above = node.parent
    if above is None:
        return ""
    if above.type == "initializer_pair" and above.parent is not None:
        parts = above.children_by_field_name("designator")
        names = [text(one.named_children[0]) for one in parts if one.type == "field_designator"]
        outer = _holder(above.parent, text)
        return ".".join((outer, *names)) if outer else ""
    if above.type == "initializer_list":
        return _holder(above, text)
    if above.type == "init_declarator" and above.parent is not None:
        above = above.parent
    written = above.child_by_field_name("type")
    return made_of(written, text) if written else ""


def expression_of(node: tree_sitter.Node, text: Text) -> str:
    """Give an expression as one that can be made a chain: a cast is an object of its type."""
    if node.type in {"parenthesized_expression", "pointer_expression"} and node.named_children:
        return expression_of(node.named_children[-1], text)
    written = node.child_by_field_name("type")
    if node.type in {"cast_expression", "new_expression", "compound_literal_expression"}:
        return made_of(written, text) if written else ""
    called = node.child_by_field_name("function") if node.type == "call_expression" else None
    while called is not None and called.type == "qualified_identifier":
        called = called.child_by_field_name("name")
    if called is not None and called.type == "template_function":
        name, arguments = called.named_children[0], called.named_children[-1]
        if text(name) in _MAKERS and arguments.named_children:
            return made_of(arguments.named_children[0], text)
    return text(node)


def made_of(written: tree_sitter.Node, text: Text) -> str:
    """Give an expression for an object of a type."""
    if written.type == "type_descriptor":
        written = written.child_by_field_name("type") or written
    said = type_of(written, text)
    return f"{said.partition('<')[0].strip()}()" if said else ""


def type_of(written: tree_sitter.Node, text: Text) -> str:
    """Give a type without the words that C puts before it."""
    name = written.child_by_field_name("name") if written.type.endswith("_specifier") else None
    return _TAG.sub("", text(name or written)).strip()


def _names(declarator: tree_sitter.Node) -> Iterator[tree_sitter.Node]:
    """Go down to the names that a declarator declares."""
    if declarator.type in _DECLARES:
        yield declarator
    elif declarator.type == "structured_binding_declarator":
        yield from declarator.named_children
    elif "declarator" in declarator.type:
        inner = declarator.child_by_field_name("declarator")
        inner = inner or next(iter(declarator.named_children), None)
        if inner is not None:
            yield from _names(inner)


def _is_array(declarator: tree_sitter.Node) -> bool:
    inner: tree_sitter.Node | None = declarator
    while inner is not None and "declarator" in inner.type:
        if inner.type == "array_declarator":
            return True
        inner = inner.child_by_field_name("declarator")
    return False
