"""The definitions of a file, from the nodes that a query has found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .scopes import CALLABLES, CLASSES
from .symbol import Definition
from .symbol_naming import Name, bases_of, body_of, kind_of, names_of, receiver_of
from .symbol_wording import doc_above, docstring, signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import tree_sitter

    from .language import Language
    from .symbol_tables import SymbolTable

_KINDS = (
    *("impl", "class", "struct", "enum", "interface", "trait", "module", "namespace", "type"),
    *("function", "method", "property", "attribute", "field", "member", "constant", "variable"),
    "macro",
)
"""In the order in which a node is taken that was captured twice."""

_VALUES = frozenset({"variable", "constant", "field"})
_PREFIXED = frozenset({"function", "method", "class", "struct", "namespace"})
_HOUSES = CLASSES | {"type"}


_NONE: set[str] = set()
_UNSAID = frozenset({"field", "member", "macro", "variable", "constant"})
"""What is read by its own line; what a comment above says is not worth its time."""

_LEAVES = frozenset({"attribute", "member", "macro"})
"""Kinds that nothing stands in."""

_LINES = frozenset({"member", "macro", "constant"})
"""Kinds without a body."""

_PLAIN = frozenset({"member", "macro", "constant", "interface", "enum", "trait", "impl", "class"})
"""Kinds that stand for themselves."""

_OPEN = frozenset({"enum", "trait", "interface"})


class _File(NamedTuple):
    """What all definitions of a file share."""

    language: Language
    table: SymbolTable
    source: bytes
    lines: Sequence[bytes]
    wrapped: Mapping[int, tree_sitter.Node]
    """What stands around a node, by its id."""
    attached: Mapping[int, int]
    """The rows where attributes start, by those where they end."""


class _Open(NamedTuple):
    """A definition that what follows may stand in."""

    end: int
    at: int
    definition: Definition
    fields: set[str]
    """What a class has by name; of other definitions it is not kept."""


def definitions(
    language: Language,
    table: SymbolTable,
    source: bytes,
    found: Mapping[str, list[tree_sitter.Node]],
) -> list[Definition]:
    """List the definitions in order."""
    # Of two attributes on a line the first counts.
    attributes = sorted(found.get("attached", ()), key=lambda node: -node.start_byte)
    attached = {node.end_point[0]: node.start_point[0] for node in attributes}
    wrapped = _wrapped(found.get("wrapper", ()))
    file = _File(language, table, source, source.split(b"\n"), wrapped, attached)
    imports = {node.id for node in found.get("import", ())}
    listed: list[Definition] = []
    around: list[_Open] = []
    for kind, node in _in_order(found):
        while around and around[-1].end <= node.start_byte:
            around.pop()
        if node.id in imports or (
            # A local variable is nobody else's.
            kind in _VALUES and around and around[-1].definition.kind in CALLABLES
        ):
            continue
        outside = _house(around) if kind == "attribute" else around[-1] if around else None
        for name in names_of(source, node, kind):
            if outside and _is_known(kind, name, node, outside):
                continue
            definition = _definition(file, kind, node, name, outside)
            if outside and outside.fields is not _NONE:
                outside.fields.add(name.text)
            if kind not in _LEAVES:
                fields = set() if definition.kind in CLASSES else _NONE
                around.append(_Open(node.end_byte, len(listed), definition, fields))
            listed.append(definition)
    return listed


def _in_order(found: Mapping[str, list[tree_sitter.Node]]) -> list[tuple[str, tree_sitter.Node]]:
    """Sort the nodes so that each comes after what it stands in; none comes twice."""
    nodes: dict[tuple[int, int], tuple[str, tree_sitter.Node]] = {}
    for kind in _KINDS:
        for node in found.get(kind, ()):
            nodes.setdefault((node.start_byte, -node.end_byte), (kind, node))
    return [nodes[key] for key in sorted(nodes)]


def _wrapped(wrappers: Iterable[tree_sitter.Node]) -> dict[int, tree_sitter.Node]:
    return {
        child.id: wrapper
        for wrapper in wrappers
        for child in wrapper.named_children
        # In a group, what stands on a line of its own stands alone.
        if "declaration" not in wrapper.type
        or child.start_point[0] == wrapper.start_point[0]
        or wrapper.type == "template_declaration"
    }


def _house(around: Sequence[_Open]) -> _Open | None:
    return next((one for one in reversed(around) if one.definition.kind in CLASSES), None)


def _is_known(kind: str, name: Name, node: tree_sitter.Node, outside: _Open) -> bool:
    """Whether it only says again what stands outside: `self.x = …`, `typedef struct X {…} X`."""
    if kind == "attribute":
        return name.text in outside.fields
    parent = node.parent if name.text == outside.definition.name else None
    return parent is not None and parent.type == "type_definition"


def _comes_with(inside: Definition | None) -> bool:
    """Whether all that stands inside is as visible as what it stands in."""
    if inside is None:
        return False
    return (inside.kind in _OPEN and inside.exported) or (
        inside.kind == "impl" and bool(inside.bases)
    )


def _definition(
    file: _File, kind: str, node: tree_sitter.Node, name: Name, outside: _Open | None
) -> Definition:
    outer = node
    while (wrapper := file.wrapped.get(outer.id)) is not None:
        outer = wrapper
    start = outer.start_point[0]
    body = None if kind in _LINES else body_of(node)
    worded = node if outer.type in file.table.decorating else outer
    text, last = signature(file.source, worded, body, name)
    while start - 1 in file.attached:
        start = file.attached[start - 1]
    # A line of the preprocessor ends where the next one begins.
    row, column = outer.end_point
    end = row + (column > 0)
    inside = outside.definition if outside else None
    real = kind if kind in _PLAIN else kind_of(kind, node, name, inside.kind if inside else None)
    prefix = ""
    if kind in _PREFIXED:
        prefix = name.prefix or receiver_of(file.source, node)
    qualified = f"{prefix}.{name.text}" if prefix else name.text
    return Definition(
        real,
        name.text,
        f"{inside.qualified}.{qualified}" if inside else qualified,
        start,
        name.line,
        min(end, max(last, name.line) + 1),
        end,
        text,
        "" if real in _UNSAID else _doc(file, body, start, inside),
        outside.at if outside else -1,
        file.table.is_exported(name.text, text, outside is None) or _comes_with(inside),
        bases_of(file.source, node, file.table) if real in _HOUSES else "",
    )


def _doc(file: _File, body: tree_sitter.Node | None, start: int, inside: Definition | None) -> str:
    if file.language.id == "python" and (said := docstring(file.source, body)):
        return said
    if inside and inside.start == start:
        return ""
    return doc_above(file.lines, start, file.language)
