"""What the node of a definition is called, what kind it is of, where its body is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .scopes import CLASSES

if TYPE_CHECKING:
    import tree_sitter

    from .symbol_tables import SymbolTable

_FIELDS = ("name", "declarator", "left", "property", "key", "pattern")
_INNER = ("declarator", "name", "attribute", "property", "field", "method")
_LISTS = frozenset({"pattern_list", "tuple_pattern", "variable_list"})
_BODILESS = re.compile(r"^(?:struct|union|enum)_specifier$")
_DIVIDED = re.compile(r"::|[.\\:]")
_GENERIC = re.compile(r"<[^<>]*>|\[[^\[\]]*\]")
_WORDS = re.compile(r"[\w$]+(?:(?:\.|::|\\)[\w$]+)*")
_SILENT = frozenset({"exports", "module", "prototype", "this", "self", "window", "global"})
_NO_BASES = frozenset(
    {"extends", "implements", "public", "private", "protected", "virtual", "with"}
)
_OBJECTS = frozenset({b"self", b"cls"})
_SIMPLE = frozenset({"identifier", "type_identifier", "property_identifier", "field_identifier"})
_FIRST = frozenset({"const_element", "type_alias_statement", "assignment_statement"})
"""Nodes whose first child names them, though no field says so."""
_ACCESSORS = frozenset({"get", "set"})
_LONGEST = 200
_LONGEST_BASES = 2_000
"""Bytes of a list of bases that are read."""
_FUNCTIONS = frozenset(
    {"arrow_function", "function_expression", "generator_function", "func_literal", "lambda"}
)


class Name(NamedTuple):
    """What a definition is called: the last part, and those before it, joined by dots."""

    text: str
    prefix: str
    start: int
    """In bytes."""
    line: int


def names_of(source: bytes, node: tree_sitter.Node, kind: str) -> list[Name]:
    """Give the names that a node defines; none for an anonymous one."""
    held = node.children_by_field_name("name")
    if len(held) == 1 and held[0].type in _SIMPLE:
        name = held[0]
        text = source[name.start_byte : name.end_byte].decode(errors="replace")
        return [Name(text, "", name.start_byte, name.start_point[0])] if text else []
    if kind == "attribute" and node.type == "assignment":
        left = node.child_by_field_name("left")
        whose = left.child_by_field_name("object") if left else None
        named = left.child_by_field_name("attribute") if left else None
        if whose is None or named is None:
            return []
        is_own = source[whose.start_byte : whose.end_byte] in _OBJECTS
        name_of_it = _named(source, named) if is_own else None
        return [name_of_it] if name_of_it else []
    if node.type == "export_statement":
        return [Name("default", "", node.start_byte, node.start_point[0])]
    found = [_named(source, one) for holder in _holders(node) for one in _innermost(holder)]
    return [name for name in found if name is not None]


def kind_of(kind: str, node: tree_sitter.Node, name: Name, outside: str | None) -> str:
    """Give the `SymbolKind` that a captured node stands for."""
    if kind == "attribute":
        return "field"
    if kind == "method" and node.type == "method_definition":
        # The word before a name of JavaScript: `get`, `set`, `static`, `async`.
        return "property" if any(child.type in _ACCESSORS for child in node.children[:5]) else kind
    if kind in {"variable", "field"}:
        kind = _kind_of_value(node) or kind
    elif kind == "type" and (inner := node.child_by_field_name("type")) is not None:
        plain = inner.type.removesuffix("_specifier")
        if plain in {"struct", "enum"} and inner.child_by_field_name("body") is not None:
            return plain
    if kind == "function" and (name.prefix or outside in CLASSES):
        return "method"
    if kind == "variable":
        return "field" if outside in CLASSES else "constant" if name.text.isupper() else kind
    return kind


def _kind_of_value(node: tree_sitter.Node) -> str | None:
    value = node.child_by_field_name("value")
    if value is not None:
        return "function" if value.type in _FUNCTIONS else None
    declarator = node.child_by_field_name("declarator")
    return "function" if declarator is not None and _declares_function(declarator) else None


def body_of(node: tree_sitter.Node) -> tree_sitter.Node | None:
    """Give the node where the signature ends, if there is a body."""
    body = node.child_by_field_name("body")
    for field in () if body else ("value", "type"):
        held = node.child_by_field_name(field)
        if held is not None and body is None:
            body = held.child_by_field_name("body")
            if body is None and held.type == "struct_type":
                body = next(iter(held.named_children), None)
            elif held.type == "interface_type":
                body = held
    return body


def receiver_of(source: bytes, node: tree_sitter.Node) -> str:
    """Give the type that a method of Go belongs to."""
    receiver = node.child_by_field_name("receiver") if node.type == "method_declaration" else None
    if receiver is None:
        return ""
    text = source[receiver.start_byte : receiver.end_byte].decode(errors="replace")
    words = _WORDS.findall(_GENERIC.sub("", text))
    return words[-1] if words else ""


def bases_of(source: bytes, node: tree_sitter.Node, table: SymbolTable) -> str:
    """List what a class names as its bases, divided by blanks, without arguments of types."""
    nodes = table.embedded(node) if table.embedded else []
    for part in table.bases:
        held = node.child_by_field_name(part)
        nodes += [held] if held else [child for child in node.named_children if child.type == part]
    listed: list[str] = []
    for one in nodes:
        end = min(one.end_byte, one.start_byte + _LONGEST_BASES)
        text = source[one.start_byte : end].decode(errors="replace")
        previous = ""
        while previous != text:
            previous, text = text, _GENERIC.sub("", text)
        items = (item for item in text.split(",") if "=" not in item)
        words = (word for item in items for word in _WORDS.findall(item))
        listed += [word for word in words if word not in _NO_BASES]
    return " ".join(dict.fromkeys(listed))


def _holders(node: tree_sitter.Node) -> list[tree_sitter.Node]:
    for field in _FIELDS:
        if held := node.children_by_field_name(field):
            return held
    if node.type in {"impl_item", "field_declaration", "type_alias_statement"}:
        # What a block implements, or a struct of Go embeds.
        held = node.children_by_field_name("type")
        return [one for one in held if not _BODILESS.match(one.type)]
    if not node.named_child_count or node.type == "string":
        return [node]
    return node.named_children[:1] if node.type in _FIRST else []


def _innermost(node: tree_sitter.Node) -> list[tree_sitter.Node]:
    """Go down to what names: through declarators of C, and to all items of a list."""
    if node.type in _LISTS:
        return [one for child in node.named_children for one in _innermost(child)]
    while "declarator" in node.type:
        inner = node.child_by_field_name("declarator") or node.child_by_field_name("name")
        # `T &f()` and `(*f())()` nest a declarator without naming the field.
        inner = inner or next(iter(node.named_children), None)
        if inner is None:
            break
        node = inner
    return [node]


def _named(source: bytes, node: tree_sitter.Node) -> Name | None:
    start = node.start_byte
    text = source[start : min(node.end_byte, start + 2 * _LONGEST)].decode(errors="replace")
    if text.isidentifier():
        return Name(text, "", start, node.start_point[0])
    inner = node
    while (below := _last_part(inner)) is not None:
        inner = below
    if "operator" in text:
        return Name(text, "", start, node.start_point[0])
    words = [word for word in _DIVIDED.split(_GENERIC.sub("", text).strip("\"'`*&$#() ")) if word]
    if not words or len(text) > _LONGEST or any(char in words[-1] for char in " \n{}()[]"):
        return None
    prefix = ".".join(word for word in words[:-1] if word not in _SILENT)
    return Name(words[-1], prefix, inner.start_byte, inner.start_point[0])


def _last_part(node: tree_sitter.Node) -> tree_sitter.Node | None:
    return next((held for field in _INNER if (held := node.child_by_field_name(field))), None)


def _declares_function(node: tree_sitter.Node) -> bool:
    """Whether a declarator of C is that of a function, not of a pointer to one."""
    seen: tree_sitter.Node | None = node
    while seen is not None and "declarator" in seen.type:
        if seen.type == "function_declarator":
            inner = seen.child_by_field_name("declarator")
            return inner is not None and inner.type != "parenthesized_declarator"
        seen = seen.child_by_field_name("declarator") or next(iter(seen.named_children), None)
    return False
