"""Which names a piece of code uses, and what it says about the things that they stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .chains import chain, parts
from .lines import Span, trimmed
from .tree import compiled
from .use_bindings import said_of, text_of, values_of
from .use_scopes import scopes_of
from .use_tables import OWN, USE_TABLES, Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import tree_sitter

    from .language import Language
    from .tree import Tree
    from .use_scopes import Scopes
    from .use_tables import Member, UseTable

    _Found = Mapping[str, list[tree_sitter.Node]]

_LARGEST_SURROUNDINGS = 200_000
"""Bytes of a function around the code whose bindings are read."""
_LONGEST_NAME = 100
_LONGEST_ACCESS = 600
"""Characters. Of chains within chains, as in `a.b.c.d`, each is read by itself."""
_WORD = re.compile(r"(?:[^\W\d]|\$)[\w$]*(?:\.(?:[^\W\d]|\$)[\w$]*)*")

RETURNED = "return"
"""The name of a binding that says what the function around returns."""


class Use(NamedTuple):
    """A name that the code uses and does not bind itself."""

    name: str
    receiver: str | None
    """What stands before the dot, as a chain: `self.client`, `make()`.

    Empty if it is too complex, None without a dot.
    """
    call: bool
    start: int
    """The offset of its first use."""
    times: int
    scope: int = -1
    """The number of the scope that binds the receiver's first name; -1 if none around does."""


class Binding(NamedTuple):
    """What is said of a variable, a parameter or an attribute of the own object."""

    name: str
    """`client`, or `self.client`; `RETURNED` for what the function around returns."""
    type: str
    """As annotated: `list[Client]`; empty without. `Self` is the class around."""
    value: str
    """What it is set to, as a chain: `self.make().client`; or empty."""
    element: bool
    """Whether it is an element of that value, as a loop's variable is."""
    start: int
    """Its offset."""
    scope: int = -1
    """The number of the scope that it counts in, as `Use.scope`."""


class Uses(NamedTuple):
    """All of that for a range of a text."""

    uses: list[Use]
    """By first use."""
    bindings: list[Binding]
    """In the code and in the functions around it, in order."""
    around: list[int]
    """By the number of a scope, that of the one around it; -1 for the code itself, which has 0."""


def uses(tree: Tree, start: int, end: int) -> Uses:
    """Find the names that the code between two offsets uses.

    Names that it binds, or that a function around it binds, are no uses; what is asked of them
    (`client.send`) is. Empty for a language without a table.
    """
    table = USE_TABLES.get(tree.language.id)
    if table is None or end <= start:
        return Uses([], [], [-1])
    # A function ends before the line end that was selected with it.
    chosen = trimmed(tree.text, Span(start, end))
    first, last = tree.byte(chosen.start), tree.byte(chosen.end)
    found = _captured(tree, table, *_surroundings(tree, table, first, last))
    scopes = scopes_of(found, first, last)
    bindings = _bindings(tree, table, found, scopes)
    return Uses(_merged(_used(_Code(tree, table, found, scopes))), bindings, scopes.parents)


def bindings(tree: Tree) -> Uses:
    """Find what a whole text says of the names that it binds, and leave out what it uses."""
    table = USE_TABLES.get(tree.language.id)
    if table is None:
        return Uses([], [], [-1])
    first, last = tree.node.start_byte, tree.node.end_byte
    found = _captured(tree, table, first, last)
    scopes = scopes_of(found, first, last)
    return Uses([], _bindings(tree, table, found, scopes), scopes.parents)


def has_uses(language: Language) -> bool:
    """Whether `uses` reads this language."""
    return language.id in USE_TABLES


class _Code(NamedTuple):
    """What is looked through."""

    tree: Tree
    table: UseTable
    found: _Found
    scopes: Scopes


def _captured(tree: Tree, table: UseTable, first: int, last: int) -> _Found:
    import tree_sitter

    cursor = tree_sitter.QueryCursor(compiled(tree.grammar, table.query))
    cursor.set_byte_range(first, last)
    return cursor.captures(tree.node)


def _surroundings(tree: Tree, table: UseTable, first: int, last: int) -> tuple[int, int]:
    """Give the bytes of the outermost function around a range, if it is not too large."""
    scopes = _captured(tree, table, first, first + tree.width).get("scope", ())
    spans = ((node.start_byte, node.end_byte) for node in scopes)
    around = (
        span
        for span in spans
        if span[0] <= first and last <= span[1] and span[1] - span[0] <= _LARGEST_SURROUNDINGS
    )
    return min(around, default=(first, last))


def _bindings(tree: Tree, table: UseTable, found: _Found, scopes: Scopes) -> list[Binding]:
    _bind(tree, found, scopes)
    said = [
        (node.start_byte, one)
        for node in found.get("binding", ())
        for one in said_of(tree, table, node)
    ]
    for at, one in said:
        if "." not in one.name:
            scopes.bind(one.name, at)
    for node in found.get("narrowing", ()):
        said += [(node.start_byte, one) for one in said_of(tree, table, node)]
    for node in found.get("own", ()):
        said.append((node.start_byte, Said(text_of(tree, node), OWN)))
    listed = [
        Binding(
            one.name,
            one.type,
            one.value,
            one.element,
            tree.offset(at),
            scopes.binder(parts(one.name)[0], at),
        )
        for at, one in said
    ]
    for node in found.get("returned", ()):
        at = node.start_byte
        for one in values_of(tree, table, node):
            place = (tree.offset(at), scopes.innermost(at))
            listed.append(Binding(RETURNED, one.type, one.value, False, *place))  # noqa: FBT003 - a field
    return sorted(listed, key=lambda one: one.start)


def _bind(tree: Tree, found: _Found, scopes: Scopes) -> None:
    """Note the names of which nothing is said but that they are bound."""
    for node in found.get("outer", ()):
        scopes.outer[scopes.innermost(node.start_byte)].add(text_of(tree, node))
    for kind in ("bound", "own", "defined"):
        for node in found.get(kind, ()):
            # A function beside the code, in the one around both, is no variable of the code's.
            if kind != "defined" or scopes.first <= node.start_byte < scopes.last:
                scopes.bind(text_of(tree, node), node.start_byte, around=kind == "defined")


def _used(code: _Code) -> Iterator[Use]:
    """Give all uses, in no order, each by itself."""
    tree, table, found, scopes = code
    members = [
        one
        for node in found.get("members", ())
        for one in table.members[node.type](node, lambda inner: text_of(tree, inner))
    ]
    taken = {node.start_byte for kind in ("silent", "defined") for node in found.get(kind, ())}
    taken.update(one.start for one in members)
    called = {node.end_byte for node in found.get("called", ())}
    imports = [(node.start_byte, node.end_byte) for node in found.get("import", ())]
    chains: dict[str, str] = {}
    width = tree.width
    replaced = {one.start + width * len(one.name) for one in members if one.receiver}
    for text, start, end in _written(code, taken, replaced):
        if scopes.first <= start < scopes.last and not _is_in(imports, start):
            if text not in chains:
                chains[text] = chain(text, table)
            yield from _use(code, text, chains[text], start, is_call=end in called)
    for one in members:
        if scopes.first <= one.start < scopes.last:
            yield from _of_member(code, one)


def _written(code: _Code, taken: set[int], replaced: set[int]) -> Iterator[tuple[str, int, int]]:
    """Give the text of each name and of each access, with its bytes.

    `taken` is where names begin, and `replaced` where accesses end, of which a reader has told.
    """
    tree, _, found, _ = code
    ends: set[int] = set()
    for node in found.get("access", ()):
        ends.add(node.end_byte)
        if node.end_byte in replaced:
            continue
        text = text_of(tree, node, _LONGEST_ACCESS) or _last(tree, node)
        yield text, node.start_byte, node.end_byte
    for node in found.get("name", ()):
        if node.end_byte not in ends and node.start_byte not in taken:
            yield text_of(tree, node), node.start_byte, node.end_byte
    for node in found.get("quoted", ()):
        for word in _WORD.findall(text_of(tree, node)):
            yield word, node.start_byte, node.end_byte
            if "." in word:
                yield word.partition(".")[0], node.start_byte, node.end_byte


def _use(code: _Code, text: str, known: str, start: int, *, is_call: bool) -> Iterator[Use]:
    """Give the use of the last name of a chain, if it is not a variable of the code's own."""
    place = code.tree.offset(start)
    receiver, _, name = known.rpartition(".")
    if not known:
        words = _WORD.findall(text[-_LONGEST_NAME:])
        if words:
            yield Use(words[-1].rpartition(".")[2], "", is_call, place, 1)
    elif receiver and name:
        scope = code.scopes.binder(parts(receiver)[0], start)
        yield Use(name, receiver, is_call, place, 1, scope)
    elif known.replace("$", "_").isidentifier() and code.scopes.binder(known, start) < 0:
        yield Use(known, None, is_call, place, 1)


def _of_member(code: _Code, one: Member) -> Iterator[Use]:
    whose = chain(one.receiver, code.table) if one.receiver else one.receiver
    first = parts(whose)[0] if whose else one.name if whose is None else ""
    scope = code.scopes.binder(first, one.start) if first else -1
    if whose is not None or scope < 0 or one.free:
        yield Use(one.name, whose, one.call, code.tree.offset(one.start), 1, scope)


def _last(tree: Tree, node: tree_sitter.Node) -> str:
    """Give the end of an expression that is too long to be read."""
    end = tree.offset(node.end_byte)
    return f"… {tree.text[max(0, end - _LONGEST_NAME) : end]}"


def _is_in(spans: list[tuple[int, int]], byte: int) -> bool:
    return any(start <= byte < end for start, end in spans)


def _merged(found: Iterable[Use]) -> list[Use]:
    """Count what is used more than once."""
    known: dict[tuple[str, str | None, int], Use] = {}
    for one in sorted(found, key=lambda one: one.start):
        key = (one.name, one.receiver, one.scope)
        before = known.get(key)
        known[key] = (
            before._replace(times=before.times + 1, call=before.call or one.call) if before else one
        )
    return list(known.values())
