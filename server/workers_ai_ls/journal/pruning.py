"""Keeps the journal within its bounds of age and size."""

import sqlite3
from typing import Final

from workers_ai_ls.journal.schema import transaction

_DAY: Final = 24 * 60 * 60
_MEGABYTE: Final = 1_000_000


def prune(connection: sqlite3.Connection, oldest: float, most_bytes: int) -> int:
    """Delete what began before `oldest` (seconds since 1970), then the oldest until it fits.

    Answers that are still being written leave last. Returns how many entries left. It does not wait
    for readers; the file shrinks with the last of them.
    """
    with transaction(connection):
        deleted = connection.execute("DELETE FROM answers WHERE time < ?", (oldest,)).rowcount
    while _used_bytes(connection) > most_bytes:
        gone = _delete_oldest_eighth(connection)
        if not gone:
            break
        deleted += gone
    # Each step of this statement gives one page back, and `execute` would take the first step only.
    connection.executescript("PRAGMA incremental_vacuum")
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    return deleted


def bounds(days: int, megabytes: int, now: float) -> tuple[float, int]:
    """The arguments of `prune` for settings in days and megabytes.

    >>> bounds(1, 2, 86_500.0)
    (100.0, 2000000)
    """
    return now - days * _DAY, megabytes * _MEGABYTE


def _delete_oldest_eighth(connection: sqlite3.Connection) -> int:
    # More than needed, so that not every answer of a full journal has to make room for itself.
    with transaction(connection):
        (count,) = connection.execute("SELECT count(*) FROM answers").fetchone()
        return connection.execute(
            "DELETE FROM answers WHERE id IN "
            "(SELECT id FROM answers ORDER BY outcome = 'running', id LIMIT ?)",
            (-(-count // 8),),
        ).rowcount


def _used_bytes(connection: sqlite3.Connection) -> int:
    values = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    pages, free, size = values
    return int((pages - free) * size)
