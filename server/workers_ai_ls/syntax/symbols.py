"""What a file defines, imports and uses: one parse and one query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .parsing import loaded
from .symbol import Definition, FileSymbols, Imported
from .symbol_definitions import definitions
from .symbol_references import signature_of_names, skeleton
from .symbol_tables import TABLES
from .tree import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable

    import tree_sitter

    from .language import Grammar, Language
    from .symbol_tables import SymbolTable
    from .tree import Tree

_LONGEST_STATEMENT = 20_000
"""Bytes. A longer import was not written by a person."""

_LONE_RETURN = re.compile(rb"\r(?!\n)")


class SymbolLanguage(NamedTuple):
    """A language whose symbols are read."""

    language: Language
    grammar: Grammar
    table: SymbolTable


class Part(NamedTuple):
    """What stands in a stretch of a text, without what the rest of it says of that."""

    package: str
    package_line: int
    """Where that is said; -1 where it is not."""
    definitions: list[Definition]
    """`Definition.parent` counts in this list, lines count in the whole text."""
    imports: list[Imported]
    bones: bytes


def symbols(language: Language, source: bytes, tree: Tree | None = None) -> FileSymbols | None:
    """List the symbols of a text in UTF-8; None for a language whose symbols are not read.

    `tree` is that of the text, where it is at hand. It costs about half as much again as parsing
    alone. Of a broken text comes what can be read.
    """
    import tree_sitter

    read = symbol_language(language)
    if read is None:
        return None
    source = with_line_feeds(source)
    readable = read.table.readable(source)
    if tree is not None and is_tree_of(tree, readable):
        root = tree.node
    else:
        root = tree_sitter.Parser(loaded(read.grammar)).parse(readable).root_node
    found = told(read, source, part(read, source, root))
    return found._replace(marks=signature_of_names(read.grammar, found.bones))


def has_symbols(language: Language) -> bool:
    """Whether `symbols` reads this language."""
    return language.id in TABLES


def symbol_language(language: Language) -> SymbolLanguage | None:
    """Give how the symbols of a language are read; None if they are not."""
    table = TABLES.get(language.id)
    if table is None or language.grammar is None:
        return None
    return SymbolLanguage(language, language.grammar, table)


def with_line_feeds(source: bytes) -> bytes:
    r"""Replace each `\r` that stands alone: to the grammars it is a blank, to editors it ends a line."""
    return _LONE_RETURN.sub(b"\n", source) if b"\r" in source else source


def is_tree_of(tree: Tree, readable: bytes) -> bool:
    """Whether a tree counts in the bytes of a text in UTF-8 which its table has made readable."""
    return tree.width == 1 and tree.source.encode() == readable


def part(
    read: SymbolLanguage,
    source: bytes,
    root: tree_sitter.Node,
    start: int = 0,
    end: int | None = None,
) -> Part:
    """Read what stands between two bytes where lines begin, between top-level nodes."""
    import tree_sitter

    cursor = tree_sitter.QueryCursor(compiled(read.grammar, read.table.query))
    if end is None:
        found = cursor.captures(root)
    else:
        cursor.set_byte_range(start, end + 1)
        # A node that holds a whole stretch, or is at its end, comes along.
        last = end if end < len(source) else end + 1
        found = {
            capture: [node for node in nodes if start <= node.start_byte < last]
            for capture, nodes in cursor.captures(root).items()
        }
    package = min(found.get("package", ()), key=lambda node: node.start_byte, default=None)
    imports, statements = _imports(read.table, source, found.get("import", ()))
    silent = [*statements, *((node.start_byte, node.end_byte) for node in found.get("silent", ()))]
    return Part(
        _text(source, package) if package else "",
        package.start_point[0] if package else -1,
        definitions(read.language, read.table, source, found),
        imports,
        skeleton(
            read.table, source[start:end], [(one - start, other - start) for one, other in silent]
        ),
    )


def told(read: SymbolLanguage, source: bytes, found: Part) -> FileSymbols:
    """Add to what stands in a whole text what lists of names say of it; marks are left out."""
    imports = found.imports
    handed = read.table.handed_on(source)
    handed |= {item.name for item in imports if item.reexport and not item.module}
    return FileSymbols(
        found.package,
        [_seen(item, handed) for item in found.definitions] if handed else found.definitions,
        [_handed_on(item, handed) for item in imports] if handed else imports,
        found.bones,
        b"",
    )


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
