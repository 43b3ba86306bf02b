"""An index's tables as the server holds them: one connection, whatever thread asks."""

import shutil
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar, cast

import attrs

from workers_ai_ls.workspace.index.extracting import extract
from workers_ai_ls.workspace.index.opening import IndexUnavailable, delete, open_database
from workers_ai_ls.workspace.index.schema import transaction
from workers_ai_ls.workspace.index.storing import remove, rows_of, store
from workers_ai_ls.workspace.index.surveying import belongs

T = TypeVar("T")

_BUSY_MS: Final = 100
"""How long a change may wait while another process writes; reading waits for nobody."""

_MOST_RECALLED: Final = 10_000
"""Definitions and imports that are remembered: some 6 MB."""


@attrs.define(eq=False)
class Tables:
    """The tables of one workspace. Methods block for milliseconds, and may come from any thread."""

    root: Path
    path: Path | None
    """None: in memory, where nobody else can build."""
    _connection: sqlite3.Connection
    problem: str = ""
    """The sentence about what is wrong with the disk."""
    _is_kept: bool = attrs.field(default=True, kw_only=True)
    _is_closed: bool = attrs.field(default=False, init=False)
    _version: tuple[int, int] | None = attrs.field(default=None, init=False)
    """What `_recalled` is true of."""
    _recalled: OrderedDict[Hashable, Sequence[object]] = attrs.field(
        factory=OrderedDict, init=False
    )
    _size: int = attrs.field(default=0, init=False)
    lock: threading.RLock = attrs.field(factory=threading.RLock, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")

    def ask(self, question: Callable[[sqlite3.Connection], T]) -> T | None:
        """Ask the tables; None where they are closed, or damaged: then they are begun anew."""
        with self.lock:
            if self._is_closed:
                return None
            try:
                return question(self._connection)
            except UnicodeEncodeError:
                # Half of a character, which may come over JSON, is in no table.
                return None
            except sqlite3.DatabaseError:
                self._begin_anew()
                return None

    def recall(self, key: Hashable, question: Callable[[sqlite3.Connection], list[T]]) -> list[T]:
        """Ask about one file, or remember the answer: as long as nothing is written, it holds.

        Files that code draws on are asked about again and again, and to make rows of them anew takes
        longer than all else does.
        """
        with self.lock:
            version = self.ask(_version)
            if version != self._version:
                self._version = version
                self._recalled.clear()
                self._size = 0
            if key in self._recalled:
                self._recalled.move_to_end(key)
            else:
                found = self.ask(question) or []
                self._recalled[key] = found
                self._size += 1 + len(found)
                while self._size > _MOST_RECALLED and len(self._recalled) > 1:
                    self._size -= 1 + len(self._recalled.popitem(last=False)[1])
            return cast("list[T]", self._recalled[key])

    def read_again(self, name: str) -> bool:
        """Bring one file in line with the disk; False if another process is writing."""
        with self.lock:
            if self._is_closed:
                return True
            sql = "SELECT id, digest FROM files WHERE path = ?"
            row = self.ask(lambda it: it.execute(sql, (name,)).fetchone())
            known = (
                extract(self.root, name, row[1] if row else b"")
                if belongs(self.root, name)
                else None
            )
            try:
                with transaction(self._connection):
                    if known is not None:
                        store(self._connection, [rows_of(known)])
                    else:
                        self._forget(name)
            except sqlite3.OperationalError as error:
                return error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY
            except sqlite3.DatabaseError:
                self._begin_anew()
            return True

    def close(self) -> None:
        """Let go of the database; one that was not to be kept is deleted."""
        with self.lock:
            self._is_closed = True
            self._recalled.clear()
            self._connection.close()
            if not self._is_kept and self.path is not None:
                shutil.rmtree(self.path.parent, ignore_errors=True)

    def _forget(self, name: str) -> None:
        """Take out a file, or all files of a folder, that is gone."""
        rows = self._connection.execute(
            "SELECT id FROM files WHERE path = ? OR substr(path, 1, ?) = ?",
            (name, len(name) + 1, f"{name}/"),
        )
        remove(self._connection, [file for (file,) in rows.fetchall()])

    def _begin_anew(self) -> None:
        if self.path is None:
            return
        self._connection.close()
        self._version = None
        try:
            with suppress(OSError):
                delete(self.path)
            self._connection = open_database(self.path)
        except IndexUnavailable as failure:
            self.problem, self._is_closed = str(failure), True


def _version(connection: sqlite3.Connection) -> tuple[int, int]:
    """Give what is another one after each change, by this process or another."""
    (foreign,) = connection.execute("PRAGMA data_version").fetchone()
    return foreign, connection.total_changes
