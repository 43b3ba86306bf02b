"""What the patterns of Rust bind, and which fields patterns, literals and macros name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .table import Member, Said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import tree_sitter

    Text = Callable[[tree_sitter.Node], str]

_WRAPPERS = frozenset({"ref_pattern", "mut_pattern", "reference_pattern", "match_pattern"})
_ALTERNATIVES = frozenset({"or_pattern", "slice_pattern"})
_HOLDING = frozenset({"Some", "Ok", "Err"})
_OWN = frozenset({"self", "super", "crate"})
_JOINTS = frozenset({".", "::"})
_WORDS = frozenset({"identifier", "type_identifier", "field_identifier"})


class Given(NamedTuple):
    """What a pattern is given: a type as written, or an expression, or an element of either."""

    type: str = ""
    value: str = ""
    element: bool = False


def said(pattern: tree_sitter.Node, given: Given, text: Text) -> Iterator[Said]:
    """Name all that a pattern binds, with what is known of it."""
    kind, inner = pattern.type, pattern.named_children
    if kind in {"identifier", "shorthand_field_identifier"}:
        name = text(pattern)
        # By custom, what begins with a capital is a constant or a member of an enumeration.
        if name[:1].islower() or name.startswith("_"):
            yield Said(name, given.type, given.value, given.element)
    elif kind in _WRAPPERS:
        for child in inner[-1:] if kind != "match_pattern" else inner[:1]:
            yield from said(child, given, text)
    elif kind in _ALTERNATIVES or kind == "captured_pattern":
        below = given._replace(element=True) if kind == "slice_pattern" else given
        for child in inner:
            yield from said(child, below, text)
    elif kind in {"tuple_pattern", "tuple_struct_pattern"}:
        yield from _tuple(pattern, given, text)
    elif kind == "struct_pattern":
        yield from _struct(pattern, text)


def _tuple(pattern: tree_sitter.Node, given: Given, text: Text) -> Iterator[Said]:
    inner = pattern.named_children
    if pattern.type == "tuple_pattern":
        for child in inner:
            yield from said(child, given._replace(element=True), text)
        return
    held = pattern.child_by_field_name("type")
    name = text(held) if held else ""
    # `Some(x)` holds what it is made of; any other names a type whose parts its definition tells.
    below = given if name in _HOLDING else Given(value=name, element=True)
    for child in inner[1:]:
        yield from said(child, below, text)


def _struct(pattern: tree_sitter.Node, text: Text) -> Iterator[Said]:
    receiver = _made(pattern.child_by_field_name("type"), text)
    for child in pattern.named_children:
        name = child.child_by_field_name("name") if child.type == "field_pattern" else None
        if name is not None:
            below = child.child_by_field_name("pattern") or name
            yield from said(below, Given(value=f"{receiver}.{text(name)}"), text)


def fields(node: tree_sitter.Node, text: Text) -> list[Member]:
    """Read the fields that `Foo { a: 1, b }` names, as an expression or a pattern."""
    receiver = _made(node.child_by_field_name("type") or node.child_by_field_name("name"), text)
    body = node.child_by_field_name("body") or node
    found = []
    for child in body.named_children if receiver else ():
        name = None
        if child.type in {"field_initializer", "field_pattern"}:
            name = child.child_by_field_name("field") or child.child_by_field_name("name")
        elif child.type == "shorthand_field_initializer":
            name = child.named_children[-1]
        if name is not None:
            found.append(Member(text(name), receiver, name.start_byte))
    return found


def _made(name: tree_sitter.Node | None, text: Text) -> str:
    return f"{text(name)}{{}}" if name is not None else ""


def tokens(tree: tree_sitter.Node, text: Text) -> list[Member]:
    """Read the names in a macro's arguments, which the grammar leaves as tokens: `x.len()`, `A::B`."""
    found: list[Member] = []
    before = ""
    """What is read so far of an expression that goes on."""
    is_joined = False
    for child in tree.children:
        if child.type in _WORDS or child.type in _OWN:
            name = text(child)
            if child.type in _WORDS and (not is_joined or before):
                receiver = before if is_joined else None
                follower = child.next_sibling
                is_called = follower is not None and text(follower)[:1] in {"(", "!"}
                found.append(Member(name, receiver, child.start_byte, is_called))
            before = f"{before}.{name}" if is_joined and before else "" if is_joined else name
            is_joined = False
        elif child.type in _JOINTS:
            is_joined = True
        elif child.type == "token_tree" and before and not is_joined:
            opening = text(child)[:1]
            before += "()" if opening in {"(", "{"} else "[0]" if opening == "[" else ""
        elif child.type != "?":
            before, is_joined = "", False
    return found
