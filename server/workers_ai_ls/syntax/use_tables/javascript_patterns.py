"""What JavaScript and TypeScript bind by patterns, and which members a pattern names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .table import Member, Said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import tree_sitter

    Text = Callable[[tree_sitter.Node], str]

_WRAPPERS = frozenset({"parenthesized_expression", "non_null_expression", "await_expression"})
_CASTS = frozenset({"as_expression", "satisfies_expression"})
_EITHER = {
    "ternary_expression": ("consequence", "alternative"),
    "||": ("left", "right"),
    "??": ("left", "right"),
    "&&": ("right",),
    "assignment_expression": ("right",),
}
"""Which parts of an expression, by its kind or operator, may be what it gives."""

_DOTTED = re.compile(r"[\w$]+(?:\.[\w$]+)*$")
_LINKS = {
    "member_expression": "object",
    "subscript_expression": "object",
    "call_expression": "function",
}
"""What the links of a chain ask, by their kind."""
_DEEPEST = 3
_TAKEN = frozenset({"lookup_type", "type_query"})
_LOOKUP = ("object", "index")
_DEFAULTED = frozenset({"assignment_pattern", "object_assignment_pattern"})
_NAMES = frozenset({"identifier", "shorthand_property_identifier_pattern", "this"})


class Given(NamedTuple):
    """What a pattern is given: a type as written, or an expression, or an element of either."""

    type: str = ""
    value: str = ""
    element: bool = False
    shape: tree_sitter.Node | None = None
    """The type where it is written as an object's: `{ a: A }`."""

    def member(self, key: str, text: Text) -> Given:
        """Give what is known of a member of it."""
        if self.shape is not None:
            return _member_of(self.shape, key, text)
        receiver = self.receiver
        return Given(value=f"{receiver}.{key}") if receiver else Given()

    @property
    def is_known(self) -> bool:
        """Whether anything is known of it."""
        return bool(self.type or self.value)

    @property
    def receiver(self) -> str:
        """An expression that stands for it; empty if nothing is known."""
        if self.type:
            name = self.type.partition("<")[0].strip()
            return f"new {name}()" if _DOTTED.match(name) else ""
        return f"{self.value}[0]" if self.element and self.value else self.value


def typed(annotation: tree_sitter.Node | None, text: Text) -> Given:
    """Read an annotation such as `: Foo`."""
    written = annotation
    if annotation is not None and annotation.type == "type_annotation":
        written = next(iter(annotation.named_children), None)
    if written is None:
        return Given()
    if written.type in _TAKEN:
        return Given(value=_taken(written, text))
    shape = written if written.type == "object_type" else None
    return Given(text(written), shape=shape)


def _taken(written: tree_sitter.Node, text: Text) -> str:
    """Make an expression of a type that is taken from another or from a value: `A["b"]`, `typeof c`."""
    inner = written.named_children
    if written.type == "type_query":
        return text(inner[0]) if inner else ""
    if written.type != "lookup_type" or len(inner) != len(_LOOKUP):
        return Given(text(written)).receiver
    key, whole = text(inner[1]).strip("\"'"), _taken(inner[0], text)
    # `A[number]` is an element.
    return f"{whole}.{key}" if inner[1].type == "literal_type" else f"{whole}[0]"


def valued(value: tree_sitter.Node | None, text: Text) -> list[Given]:
    """Read an expression: all that it may give."""
    if value is None:
        return []
    inner = value.named_children
    if value.type in _CASTS and len(inner) > 1:
        return [typed(inner[1], text)]
    # `x as const` has no second child that is a type.
    if value.type in _WRAPPERS | _CASTS and inner:
        return valued(inner[0], text)
    operator = value.child_by_field_name("operator")
    kind = operator.type if operator and value.type == "binary_expression" else value.type
    if kind in _EITHER:
        sides = map(value.child_by_field_name, _EITHER[kind])
        return [one for side in sides for one in valued(side, text)]
    return [Given(value=_without_cast(value, text))]


def _without_cast(value: tree_sitter.Node, text: Text) -> str:
    """Give an expression with a cast at its start made an object of that type: `(a as A).b`."""
    inner: tree_sitter.Node | None = value
    while inner is not None and inner.type in _LINKS:
        inner = inner.child_by_field_name(_LINKS[inner.type])
    if inner is not None and inner.id != value.id and inner.type == "parenthesized_expression":
        given = valued(inner, text)
        if given and given[0].type and given[0].receiver:
            return given[0].receiver + text(value)[len(text(inner)) :]
    return text(value)


def said(pattern: tree_sitter.Node, given: Given, text: Text) -> list[Said]:
    """Name all that a pattern binds, with what is known of it."""
    return [
        one
        for name, what in _leaves(pattern, given, text)
        for one in _shaped(text(name), what, text)
    ]


def _shaped(name: str, given: Given, text: Text, depth: int = 0) -> Iterator[Said]:
    """Name a thing and, if its type is written as an object's, the members that it has."""
    yield Said(name, given.type, given.value, given.element)
    if given.shape is None or given.element or depth > _DEEPEST:
        return
    for child in given.shape.named_children:
        key = child.child_by_field_name("name")
        if child.type == "property_signature" and key is not None:
            inner = typed(child.child_by_field_name("type"), text)
            if key.type == "property_identifier" and inner.is_known:
                yield from _shaped(f"{name}.{text(key)}", inner, text, depth + 1)


def members(pattern: tree_sitter.Node, given: Given, text: Text) -> list[Member]:
    """Name the members that an object's pattern takes out of what it is given."""
    if pattern.type in _DEFAULTED and (left := pattern.child_by_field_name("left")):
        return members(left, given, text)
    if pattern.type == "array_pattern":
        inner = Given(given.type, given.value, element=True)
        return [one for child in pattern.named_children for one in members(child, inner, text)]
    found: list[Member] = []
    for key, below in _parts(pattern):
        if given.receiver:
            found.append(Member(text(key), given.receiver, key.start_byte))
        found += members(below, given.member(text(key), text), text)
    return found


def _leaves(
    pattern: tree_sitter.Node, given: Given, text: Text
) -> Iterator[tuple[tree_sitter.Node, Given]]:
    if pattern.type in _NAMES:
        yield pattern, given
    elif pattern.type in _DEFAULTED:
        left, right = map(pattern.child_by_field_name, ("left", "right"))
        first = next(iter(valued(right, text)), Given())
        if left is not None:
            yield from _leaves(left, given if given.is_known else first, text)
    elif pattern.type == "array_pattern":
        inner = Given(given.type, given.value, element=True)
        for child in pattern.named_children:
            yield from _leaves(child, inner, text)
    elif pattern.type == "rest_pattern":
        for child in pattern.named_children:
            yield from _leaves(child, given, text)
    elif pattern.type == "object_pattern":
        rest = [child for child in pattern.named_children if child.type == "rest_pattern"]
        below = [(part, given.member(text(key), text)) for key, part in _parts(pattern)]
        for part, what in [*below, *((child, given) for child in rest)]:
            yield from _leaves(part, what, text)


def _parts(pattern: tree_sitter.Node) -> Iterator[tuple[tree_sitter.Node, tree_sitter.Node]]:
    """Give key and pattern of each part of an object's pattern."""
    for child in pattern.named_children if pattern.type == "object_pattern" else ():
        if child.type in _NAMES:
            yield child, child
        elif child.type == "object_assignment_pattern" and (
            left := child.child_by_field_name("left")
        ):
            yield left, child
        elif child.type == "pair_pattern":
            key, value = map(child.child_by_field_name, ("key", "value"))
            if key is not None and value is not None and key.type == "property_identifier":
                yield key, value


def _member_of(shape: tree_sitter.Node, key: str, text: Text) -> Given:
    for child in shape.named_children:
        name = child.child_by_field_name("name")
        if child.type == "property_signature" and name is not None and text(name) == key:
            return typed(child.child_by_field_name("type"), text)
    return Given()
