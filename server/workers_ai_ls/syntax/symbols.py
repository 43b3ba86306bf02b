"""What a file defines, imports and uses: one parse and one query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .parsing import loaded
from .symbol import Definition, FileSymbols, Imported
from .symbol_definitions import definitions
from .symbol_references import signature_of_names, skeleton
from .symbol_tables import TABLES
from .tree import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable

    import tree_sitter

    from .language import Language
    from .symbol_tables import SymbolTable
    from .tree import Tree

_LONGEST_STATEMENT = 20_000
"""Bytes. A longer import was not written by a person."""

_LONE_RETURN = re.compile(rb"\r(?!\n)")


def symbols(language: Language, source: bytes, tree: Tree | None = None) -> FileSymbols | None:
    """List the symbols of a text in UTF-8; None for a language whose symbols are not read.

    `tree` is that of the text, where it is at hand. It costs about half as much again as parsing
    alone. Of a broken text comes what can be read.
    """
    import tree_sitter

    table = TABLES.get(language.id)
    if table is None or language.grammar is None:
        return None
    if b"\r" in source:
        # To the grammars a "\r" that stands alone is a blank, to editors it ends a line.
        source = _LONE_RETURN.sub(b"\n", source)
    readable = table.readable(source)
    if tree is not None and tree.width == 1 and readable == source:
        root = tree.node
    else:
        root = tree_sitter.Parser(loaded(language.grammar)).parse(readable).root_node
    query = compiled(language.grammar, table.query)
    found = tree_sitter.QueryCursor(query).captures(root)
    packages = found.get("package", ())
    imports, statements = _imports(table, source, found.get("import", ()))
    handed = table.handed_on(source)
    handed |= {item.name for item in imports if item.reexport and not item.module}
    listed = definitions(language, table, source, found)
    silent = [*statements, *((node.start_byte, node.end_byte) for node in found.get("silent", ()))]
    bones = skeleton(table, source, silent)
    return FileSymbols(
        _text(source, packages[0]) if packages else "",
        [_seen(item, handed) for item in listed] if handed else listed,
        [_handed_on(item, handed) for item in imports] if handed else imports,
        bones,
        signature_of_names(language.grammar, bones),
    )


def has_symbols(language: Language) -> bool:
    """Whether `symbols` reads this language."""
    return language.id in TABLES


def _imports(
    table: SymbolTable, source: bytes, nodes: Iterable[tree_sitter.Node]
) -> tuple[list[Imported], list[tuple[int, int]]]:
    """Give what is imported, and the ranges of bytes that say so."""
    listed: list[Imported] = []
    ranges: list[tuple[int, int]] = []
    for start, node in sorted({node.start_byte: node for node in nodes}.items()):
        line = node.start_point[0]
        short = node.end_byte - start <= _LONGEST_STATEMENT
        read = table.read_import(_text(source, node)) if short else []
        listed.extend(item._replace(line=line) for item in read)
        # What hands on a name of the file's own, as `export { a }` does, uses that name.
        if any(item.module for item in read):
            ranges.append((start, node.end_byte))
    return listed, ranges


def _text(source: bytes, node: tree_sitter.Node) -> str:
    return source[node.start_byte : node.end_byte].decode(errors="replace")


def _seen(item: Definition, handed: frozenset[str]) -> Definition:
    if item.parent < 0 and item.name in handed and not item.exported:
        return item._replace(exported=True)
    return item


def _handed_on(item: Imported, handed: frozenset[str]) -> Imported:
    return item if (item.alias or item.name) not in handed else item._replace(reexport=True)
