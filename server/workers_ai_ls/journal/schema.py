"""The journal's one table, and the way there from every earlier version of it."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MIGRATIONS: list[tuple[str, ...]] = [
    (
        """
        CREATE TABLE answers (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            time REAL NOT NULL,
            uri TEXT NOT NULL,
            action TEXT NOT NULL,
            model TEXT NOT NULL,
            prompt_hash TEXT NOT NULL,
            prompt TEXT,
            answer TEXT NOT NULL,
            outcome TEXT NOT NULL,
            detail TEXT NOT NULL,
            first_line INTEGER NOT NULL,
            last_line INTEGER NOT NULL,
            original_hash TEXT NOT NULL,
            tokens_in INTEGER,
            tokens_out INTEGER,
            tokens_cached INTEGER,
            neurons REAL,
            finish_reason TEXT NOT NULL
        )
        """,
        "CREATE INDEX answers_by_uri ON answers (uri)",
    ),
    (
        "ALTER TABLE answers ADD COLUMN gateway_cache TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE answers ADD COLUMN gateway_log TEXT NOT NULL DEFAULT ''",
    ),
    ("ALTER TABLE answers ADD COLUMN server TEXT NOT NULL DEFAULT ''",),
]
"""Item n leads from version n to n + 1. A published item never changes; a new one is appended."""

_WAL_BYTES: Final = 1024 * 1024
_WAL_PATIENCE: Final = 5.0
"""Seconds."""


class NewerJournalError(Exception):
    """A newer version of this program wrote the journal."""


def prepare(connection: sqlite3.Connection) -> None:
    """Make an opened database the journal. sqlite3.DatabaseError when it is damaged."""
    # First, and before anything is written: a damaged file is kept as it was found. It takes 13 ms
    # for 50 MB; without it damage would show only when its page is needed.
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)
    if connection.execute("PRAGMA page_count").fetchone() == (0,):
        # What pruning frees goes back to the file system; only an empty file takes this setting.
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    _write_ahead(connection)
    # In WAL mode this loses the last answers in a power cut, and none when a process is killed.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}")
    _migrate(connection)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything within, or nothing.

    It takes the write lock at once and waits its turn for it; a reader that turns writer does not
    wait, but fails where another one writes.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _write_ahead(connection: sqlite3.Connection) -> None:
    # SQLite fails this step at once, without its usual waiting, when another server does the same:
    # seen in 1 of 25 rounds of six that start together.
    give_up = time.monotonic() + _WAL_PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
        else:
            return


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _migrate(connection: sqlite3.Connection) -> None:
    if _version(connection) == len(MIGRATIONS):
        return
    with transaction(connection):
        # Another server may have migrated while this one waited for the lock.
        version = _version(connection)
        if version > len(MIGRATIONS):
            raise NewerJournalError
        for statement in [one for step in MIGRATIONS[version:] for one in step]:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
