"""Which names a piece of code uses."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from .chains import chain, parts
from .use import Use
from .use_said import read, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import tree_sitter

    from .tree import Tree
    from .use_captures import Captured
    from .use_scopes import Scopes
    from .use_tables import Member, UseTable

_LONGEST_NAME = 100
_LONGEST_ACCESS = 600
"""Characters. Of chains within chains, as in `a.b.c.d`, each is read by itself."""
_WORD = re.compile(r"(?:[^\W\d]|\$)[\w$]*(?:\.(?:[^\W\d]|\$)[\w$]*)*")


class Code(NamedTuple):
    """What is looked through."""

    tree: Tree
    table: UseTable
    found: Captured
    scopes: Scopes


def uses_of(code: Code) -> list[Use]:
    """List the uses by the first of each, and count what is used more than once."""
    known: dict[tuple[str, str | None, int], Use] = {}
    for one in sorted(_used(code), key=lambda one: one.start):
        key = (one.name, one.receiver, one.scope)
        before = known.get(key)
        known[key] = (
            before._replace(times=before.times + 1, call=before.call or one.call) if before else one
        )
    return list(known.values())


def _used(code: Code) -> Iterator[Use]:
    """Give all uses, in no order, each by itself."""
    tree, table, found, scopes = code
    members = [
        one
        for node in found.get("members", ())
        for one in read(table.members[node.type], node, lambda inner: text_of(tree, inner))
    ]
    taken = {node.start_byte for kind in ("silent", "defined") for node in found.get(kind, ())}
    taken.update(one.start for one in members)
    called = {node.end_byte for node in found.get("called", ())}
    is_imported = _within(found.get("import", ()))
    chains: dict[str, str] = {}
    width = tree.width
    replaced = {one.start + width * len(one.name) for one in members if one.receiver}
    for text, start, end in _written(code, taken, replaced):
        if scopes.first <= start < scopes.last and not is_imported(start):
            if text not in chains:
                chains[text] = chain(text, table)
            yield from _use(code, text, chains[text], start, is_call=end in called)
    for one in members:
        if scopes.first <= one.start < scopes.last:
            yield from _of_member(code, one)


def _written(code: Code, taken: set[int], replaced: set[int]) -> Iterator[tuple[str, int, int]]:
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
        yield text, *node.byte_range
    for node in found.get("name", ()):
        if node.end_byte not in ends and node.start_byte not in taken:
            yield text_of(tree, node), *node.byte_range
    for node in found.get("quoted", ()):
        for word in _WORD.findall(text_of(tree, node)):
            yield word, node.start_byte, node.end_byte
            if "." in word:
                yield word.partition(".")[0], node.start_byte, node.end_byte


def _use(code: Code, text: str, known: str, start: int, *, is_call: bool) -> Iterator[Use]:
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


def _of_member(code: Code, one: Member) -> Iterator[Use]:
    whose = chain(one.receiver, code.table) if one.receiver else one.receiver
    first = parts(whose)[0] if whose else one.name if whose is None else ""
    scope = code.scopes.binder(first, one.start) if first else -1
    if whose is not None or scope < 0 or one.free:
        yield Use(one.name, whose, one.call, code.tree.offset(one.start), 1, scope)


def _last(tree: Tree, node: tree_sitter.Node) -> str:
    """Give the end of an expression that is too long to be read."""
    end = tree.offset(node.end_byte)
    return f"… {tree.text[max(0, end - _LONGEST_NAME) : end]}"


def _within(nodes: Iterable[tree_sitter.Node]) -> Callable[[int], bool]:
    """Give what tells whether a byte is in one of these nodes."""
    spans = sorted((node.start_byte, node.end_byte) for node in nodes)
    starts = [start for start, _ in spans]
    ends = [-1, *accumulate((end for _, end in spans), max)]
    return lambda byte: byte < ends[bisect_right(starts, byte)]
