"""Entries as rows of the journal's table."""

import sqlite3
from collections.abc import Iterable
from typing import Final

import attrs

from workers_ai_ls.journal.entry import COLUMNS, Entry, storable

_NAMES: Final = ", ".join(COLUMNS)
_INSERT: Final = f"INSERT INTO answers ({_NAMES}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - the names are ours
SELECT: Final = f"SELECT {_NAMES} FROM answers"  # noqa: S608 - the names are ours
NEWEST: Final = "ORDER BY id DESC LIMIT ?"


def insert(connection: sqlite3.Connection, entries: Iterable[Entry], *, keep_ids: bool) -> int:
    """Insert entries; returns the id of the last."""
    last = 0
    for entry in entries:
        values = [storable(value) for value in attrs.astuple(entry)]
        values[0] = entry.id if keep_ids else None
        last = connection.execute(_INSERT, values).lastrowid or 0
    return last
