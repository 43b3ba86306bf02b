"""The tables of an index."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

VERSION: Final = 3
"""Rises with the tables and with what is extracted; an index of another version is built anew."""

_TABLES: Final = (
    """
    CREATE TABLE files (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        language TEXT NOT NULL,
        package TEXT NOT NULL,
        lines INTEGER NOT NULL,
        size INTEGER NOT NULL,
        mtime INTEGER NOT NULL,
        digest BLOB NOT NULL
    )
    """,
    """
    CREATE TABLE definitions (
        file INTEGER NOT NULL,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        qualified TEXT NOT NULL,
        start INTEGER NOT NULL,
        line INTEGER NOT NULL,
        header_end INTEGER NOT NULL,
        end INTEGER NOT NULL,
        signature TEXT NOT NULL,
        doc TEXT NOT NULL,
        parent INTEGER NOT NULL,
        exported INTEGER NOT NULL,
        bases TEXT NOT NULL,
        PRIMARY KEY (file, at)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE imports (
        file INTEGER NOT NULL,
        at INTEGER NOT NULL,
        module TEXT NOT NULL,
        name TEXT NOT NULL,
        alias TEXT NOT NULL,
        level INTEGER NOT NULL,
        reexport INTEGER NOT NULL,
        line INTEGER NOT NULL,
        tail TEXT NOT NULL,
        PRIMARY KEY (file, at)
    ) WITHOUT ROWID
    """,
    # All marks together are small enough to be looked through for each name.
    "CREATE TABLE marks (file INTEGER PRIMARY KEY, defined BLOB NOT NULL, used BLOB NOT NULL)",
    "CREATE TABLE bones (file INTEGER PRIMARY KEY, bones BLOB NOT NULL)",
)

_INDEXES: Final = (
    "CREATE INDEX IF NOT EXISTS files_by_name ON files (name)",
    "CREATE INDEX IF NOT EXISTS definitions_by_name ON definitions (name)",
    "CREATE INDEX IF NOT EXISTS imports_by_tail ON imports (tail)",
    "CREATE INDEX IF NOT EXISTS imports_by_name ON imports (name)",
)


def create(connection: sqlite3.Connection) -> None:
    """Create the tables, unless another process has."""
    with transaction(connection):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != VERSION:
            for table in ("files", "definitions", "imports", "marks", "bones"):
                connection.execute(f"DROP TABLE IF EXISTS {table}")
            for statement in _TABLES:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")


def create_indexes(connection: sqlite3.Connection) -> None:
    """Let names be found without a look at all files.

    It is done when a first build ends: to sort names once takes a third of the time that it takes
    to put each in its place. Until then the marks tell which files to look at, in 2 ms for a
    million lines.
    """
    with transaction(connection):
        for statement in _INDEXES:
            connection.execute(statement)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything within, or nothing; it waits its turn for the right to write."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
