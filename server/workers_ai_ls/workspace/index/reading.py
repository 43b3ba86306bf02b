"""Questions to the tables of an index."""

import sqlite3
from itertools import takewhile
from typing import Final

from workers_ai_ls.syntax.symbol import Definition, Imported
from workers_ai_ls.syntax.symbol_references import mark_of
from workers_ai_ls.workspace.index.found import Defined, File, Importing, User

_DEFINITION: Final = (
    "kind, d.name, qualified, start, line, header_end, end, signature, doc, parent, exported, bases"
)
_IMPORT: Final = "module, i.name, alias, level, reexport, line"
_DEFINED: Final = f"SELECT path, {_DEFINITION} FROM definitions d JOIN files f ON f.id = d.file"  # noqa: S608 - the names are ours
_IMPORTING: Final = f"SELECT path, {_IMPORT} FROM imports i JOIN files f ON f.id = i.file"  # noqa: S608 - the names are ours
_HAS_INDEX: Final = "SELECT 1 FROM sqlite_master WHERE name = 'definitions_by_name'"
_FILE: Final = "SELECT path, language, package FROM files"


def defined(connection: sqlite3.Connection, name: str) -> list[Defined]:
    """Find the definitions of a name."""
    where = "d.name = ?"
    values: tuple[object, ...] = (name,)
    if not connection.execute(_HAS_INDEX).fetchone():
        where = f"d.file IN (SELECT file FROM marks WHERE instr(defined, ?)) AND {where}"  # noqa: S608 - the names are ours
        values = (mark_of(name), name)
    rows = connection.execute(f"{_DEFINED} WHERE {where} ORDER BY path, at", values)
    return [Defined(path, _definition(row)) for path, *row in rows]


def defined_in(connection: sqlite3.Connection, path: str) -> list[Definition]:
    """List the definitions of a file, in order."""
    rows = connection.execute(f"{_DEFINED} WHERE path = ? ORDER BY at", (path,))
    return [_definition(row) for _, *row in rows]


def imports_in(connection: sqlite3.Connection, path: str) -> list[Imported]:
    """List the imports of a file, in order."""
    rows = connection.execute(f"{_IMPORTING} WHERE path = ? ORDER BY at", (path,))
    return [_imported(row) for _, *row in rows]


def importing(connection: sqlite3.Connection, column: str, value: str) -> list[Importing]:
    """Find the imports by the last part of their module (`tail`), or by the `name` in it."""
    rows = connection.execute(f"{_IMPORTING} WHERE i.{column} = ? ORDER BY path, at", (value,))
    return [Importing(path, _imported(row)) for path, *row in rows]


def users(
    connection: sqlite3.Connection, name: str, most: int, but: set[str], near: str
) -> list[User]:
    """Find which files use a name: at most so many, and none of `but`.

    Files that share more folders with `near` come first.
    """
    rows = connection.execute(
        "SELECT f.id, path FROM marks m JOIN files f ON f.id = m.file WHERE instr(used, ?)",
        (mark_of(name),),
    ).fetchall()
    listed: list[User] = []
    for file, path in sorted(rows, key=lambda row: (-_shared(row[1], near), row[1])):
        if len(listed) >= most:
            break
        if path in but:
            continue
        (bones,) = connection.execute("SELECT bones FROM bones WHERE file = ?", (file,)).fetchone()
        own = connection.execute(
            "SELECT line FROM definitions WHERE file = ? AND name = ?", (file, name)
        )
        user = User(path, name, bones, frozenset(line for (line,) in own))
        if next(user.places(), None) is not None:
            listed.append(user)
    return listed


def _shared(path: str, near: str) -> int:
    """Count the folders in which both paths lie.

    >>> _shared("a/b/c.py", "a/b/d/e.py"), _shared("a/b.py", "")
    (2, 0)
    """
    folders = zip(path.split("/")[:-1], near.split("/")[:-1], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], folders))


def files_at(connection: sqlite3.Connection, path: str) -> list[File]:
    """Give what is known of the file at a path: one, or none."""
    rows = connection.execute(f"{_FILE} WHERE path = ? AND language != ''", (path,))
    return [File(*row) for row in rows]


def file_with(connection: sqlite3.Connection, path: str, digest: bytes) -> File | None:
    """Give what is known of the file at a path if its content has that digest."""
    sql = f"{_FILE} WHERE path = ? AND digest = ? AND language != ''"
    row = connection.execute(sql, (path, digest)).fetchone()
    return row and File(*row)


def files_named(connection: sqlite3.Connection, name: str) -> list[File]:
    """Find the files with that last part of their path."""
    rows = connection.execute(f"{_FILE} WHERE name = ? AND language != '' ORDER BY path", (name,))
    return [File(*row) for row in rows]


def files_in(connection: sqlite3.Connection, folder: str) -> list[File]:
    """Find the files that lie in a folder itself."""
    prefix = f"{folder}/" if folder else ""
    # "0" is what comes after a slash.
    between = "path >= ? AND path < ?" if folder else "? = ?"
    rows = connection.execute(
        f"{_FILE} WHERE {between} AND length(path) = ? + length(name) AND language != '' ORDER BY path",
        (prefix, f"{folder}0" if folder else prefix, len(prefix)),
    )
    return [File(*row) for row in rows]


def files_of(connection: sqlite3.Connection, package: str) -> list[File]:
    """Find the files that say that they belong to a package."""
    rows = connection.execute(
        f"{_FILE} WHERE package = ? AND language != '' ORDER BY path", (package,)
    )
    return [File(*row) for row in rows]


def is_complete(connection: sqlite3.Connection) -> bool:
    """Whether a first build has ended: that is when its indexes are made."""
    return connection.execute(_HAS_INDEX).fetchone() is not None


def _definition(row: list[object]) -> Definition:
    *before, exported, bases = row
    return Definition._make([*before, bool(exported), bases])


def _imported(row: list[object]) -> Imported:
    *before, reexport, line = row
    return Imported._make([*before, bool(reexport), line])
