"""Put files into an index, and take them out."""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from workers_ai_ls.syntax.symbol_references import marks_of
from workers_ai_ls.workspace.index.extracting import Extract
from workers_ai_ls.workspace.index.surveying import Stamp

_DOTTED: Final = frozenset({"python", "java", "csharp", "lua"})
"""Languages in which dots divide the parts of a module's name."""

_SCRIPT: Final = re.compile(r"\.(?:[cm]?[jt]sx?|json)$")
_PARTS: Final = re.compile(r"/|\\|::")

_DEFINITION: Final = f"INSERT INTO definitions VALUES ({', '.join('?' * 14)})"  # noqa: S608 - only marks
_IMPORT: Final = f"INSERT INTO imports VALUES ({', '.join('?' * 9)})"  # noqa: S608 - only marks


class Known(NamedTuple):
    """What an index holds of a file before it is looked at again."""

    id: int
    stamp: Stamp
    digest: bytes


class Rows(NamedTuple):
    """Files as they go into the tables, but for their ids: they travel from process to process."""

    file: tuple[str, str, str, str, int, int, int, bytes]
    definitions: Sequence[tuple[object, ...]]
    imports: Sequence[tuple[object, ...]]
    defined: bytes
    """The marks of the names that it defines."""
    used: bytes
    """And of those that it uses."""
    bones: bytes
    changed: bool
    """Whether more than the stamp is new."""


def rows_of(extract: Extract) -> Rows:
    """Lay a file out for the tables."""
    path, stamp, digest, language, lines, found = extract
    name = path.rpartition("/")[2]
    package = found.package if found else ""
    file = (path, name, language, package, lines, stamp.size, stamp.mtime, digest)
    if found is None:
        return Rows(file, [], [], b"", b"", b"", changed=False)
    imports = [(*item, tail_of(language, item.module) or item.name) for item in found.imports]
    # A plain tuple travels in half the time of a named one.
    definitions = [tuple(item) for item in found.definitions]
    names = {item.name for item in found.definitions}
    defined = marks_of(name.encode(errors="replace") for name in names)
    return Rows(file, definitions, imports, defined, found.marks, found.bones, changed=True)


def store(connection: sqlite3.Connection, files: Iterable[Rows]) -> None:
    """Put files in, within a transaction of the caller's; what is newer already stays."""
    definitions: list[tuple[object, ...]] = []
    imports: list[tuple[object, ...]] = []
    for rows in files:
        path, *_, size, mtime, digest = rows.file
        known = connection.execute("SELECT id, mtime FROM files WHERE path = ?", (path,)).fetchone()
        if known and known[1] > mtime:
            continue
        if known and not rows.changed:
            values = (size, mtime, known[0], digest)
            connection.execute(
                "UPDATE files SET size = ?, mtime = ? WHERE id = ? AND digest = ?", values
            )
            continue
        if known:
            remove(connection, [known[0]])
        sql = "INSERT INTO files VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)"
        file = connection.execute(sql, rows.file).lastrowid
        definitions += [(file, at, *row) for at, row in enumerate(rows.definitions)]
        imports += [(file, at, *row) for at, row in enumerate(rows.imports)]
        connection.execute("INSERT INTO marks VALUES (?, ?, ?)", (file, rows.defined, rows.used))
        connection.execute("INSERT INTO bones VALUES (?, ?)", (file, rows.bones))
    connection.executemany(_DEFINITION, definitions)
    connection.executemany(_IMPORT, imports)


def remove(connection: sqlite3.Connection, files: Iterable[int]) -> None:
    """Take files out."""
    ids = [(file,) for file in files]
    for table in ("definitions", "imports", "marks", "bones"):
        connection.executemany(f"DELETE FROM {table} WHERE file = ?", ids)  # noqa: S608 - the names are ours
    connection.executemany("DELETE FROM files WHERE id = ?", ids)


def is_empty(connection: sqlite3.Connection) -> bool:
    """Tell whether nothing was ever put in."""
    return connection.execute("SELECT 1 FROM files LIMIT 1").fetchone() is None


def known_files(connection: sqlite3.Connection) -> dict[str, Known]:
    """Give all that the index holds, by path."""
    rows = connection.execute("SELECT path, id, size, mtime, digest FROM files")
    return {path: Known(one, Stamp(size, mtime), digest) for path, one, size, mtime, digest in rows}


def tail_of(language: str, module: str) -> str:
    """Give the last part of a module's name, by which its importers are found.

    >>> tail_of("python", "a.b"), tail_of("typescript", "./x/y.js"), tail_of("c", "sys/types.h")
    ('b', 'y', 'types.h')
    """
    last = _PARTS.split(module.rstrip("/"))[-1]
    if language in _DOTTED:
        return last.rpartition(".")[2]
    return _SCRIPT.sub("", last)
