"""The journal: every answer on disk, so that nothing that a model said is lost."""

import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final, TypeVar, Unpack, cast

import attrs

from workers_ai_ls.journal import opening, pruning
from workers_ai_ls.journal.entry import Changes, Entry, storable
from workers_ai_ls.journal.opening import JournalUnavailable
from workers_ai_ls.journal.presence import Presence
from workers_ai_ls.journal.rows import NEWEST, SELECT, insert
from workers_ai_ls.journal.sums import Sum, summed

T = TypeVar("T")

_TAKEN_ALONG: Final = 200
"""How many of the newest entries move to memory when the disk fails."""
_PRUNED_EVERY: Final = 64
"""Answers after which an open journal is pruned again: a server may run for weeks."""


def open_journal(path: Path | None = None, *, keep_prompts: bool = False) -> "Journal":
    """Open the journal at `path`, by default the user's; several servers may do so at once.

    It always succeeds: where the disk allows none, it is kept in memory, and `take_problem` says so.
    """
    path = path or opening.journal_path()
    try:
        connection, problem = opening.open_database(path)
    except JournalUnavailable as failure:
        return Journal(path, keep_prompts, opening.in_memory(), str(failure), on_disk=False)
    return Journal(path, keep_prompts, connection, problem)


@attrs.define
class Journal:
    """An open journal. Its methods block for a moment: call them by `asyncio.to_thread`.

    A disk that fails later (full, read-only) moves the newest entries to memory and no method
    fails for it. After `close`, each raises `JournalUnavailable`.
    """

    path: Path
    keep_prompts: bool
    """False: the text of prompts is dropped, whatever an entry holds."""
    _connection: sqlite3.Connection
    _problem: str = ""
    on_disk: bool = attrs.field(default=True, kw_only=True)
    _closed: bool = attrs.field(default=False, init=False)
    _presence: Presence = attrs.field(init=False)
    _bounds: tuple[int, int] | None = attrs.field(default=None, init=False)
    """Days and megabytes, once it was pruned."""
    _recorded: int = attrs.field(default=0, init=False)
    _lock: threading.Lock = attrs.field(factory=threading.Lock, init=False, repr=False)

    @_presence.default
    def _its_presence(self) -> Presence:
        return Presence(self.path)

    def record(self, entry: Entry) -> int:
        """Add an entry; returns its id. Now and then it prunes, within the bounds of last time."""
        prompt = entry.prompt if self.keep_prompts else None
        kept = attrs.evolve(entry, prompt=prompt, server=self._presence.token)
        number = self._run(lambda connection: self._add(connection, kept))
        if self._bounds and self._recorded % _PRUNED_EVERY == 0:
            self.prune(*self._bounds)
        return number

    def update(self, entry_id: int, **changes: Unpack[Changes]) -> None:
        """Change an entry. One that was pruned meanwhile stays away."""
        unknown = changes.keys() - Changes.__annotations__.keys()
        if unknown or not changes:
            raise TypeError(f"nothing to change, or no such fields: {sorted(unknown)}")
        columns = ", ".join(f"{name} = ?" for name in changes)
        values = [storable(value) for value in changes.values()]
        sql = f"UPDATE answers SET {columns} WHERE id = ?"  # noqa: S608 - names of Changes only
        self._run(lambda connection: self._change(connection, sql, *values, entry_id))

    def append(self, entry_id: int, text: str) -> None:
        """Add a piece to an answer while it streams.

        It rewrites the row, so call it a few times a second, not for each token.
        """
        sql = "UPDATE answers SET answer = answer || ? WHERE id = ?"
        self._run(lambda connection: self._change(connection, sql, storable(text), entry_id))

    def last(self, uri: str | None = None) -> Entry | None:
        """The newest entry (of that document) that holds an answer, if only its beginning."""
        if uri is None:
            found = self._select("WHERE answer != ''", NEWEST, 1)
        else:
            found = self._select("WHERE answer != '' AND uri = ?", NEWEST, storable(uri), 1)
        return found[0] if found else None

    def entry(self, entry_id: int) -> Entry | None:
        """The entry with that id, unless it was pruned."""
        found = self._select("WHERE id = ?", "", entry_id)
        return found[0] if found else None

    def entries(self, limit: int | None = 20, uri: str | None = None) -> tuple[Entry, ...]:
        """The newest entries (of that document), or all without a limit; the newest first."""
        most = -1 if limit is None else limit
        if uri is None:
            return self._select("", NEWEST, most)
        return self._select("WHERE uri = ?", NEWEST, storable(uri), most)

    def sums(self, days: int) -> tuple[Sum, ...]:
        """What the answers of the last so many days (UTC, with today) cost, oldest day first."""
        return self._run(lambda connection: summed(connection, days))

    def prune(self, days: int, megabytes: int) -> int:
        """Delete what is older or does not fit; returns how many entries left.

        It is mere housekeeping: where the disk does not allow it, nothing leaves.
        """
        self._bounds = days, megabytes
        oldest, most_bytes = pruning.bounds(days, megabytes, time.time())
        self._presence.sweep()
        with self._lock:
            try:
                return pruning.prune(self._open(), oldest, most_bytes)
            except sqlite3.OperationalError:
                return 0

    def take_problem(self) -> str:
        """The sentence to show if something is wrong with the disk, once; then "" again."""
        with self._lock:
            problem, self._problem = self._problem, ""
            return problem

    def close(self) -> None:
        """Write everything out. Closing twice does nothing."""
        with self._lock:
            self._closed = True
            self._connection.close()
            self._presence.close()

    def _add(self, connection: sqlite3.Connection, entry: Entry) -> int:
        if entry.outcome == "running" and self.on_disk:
            self._presence.take()
        self._recorded += 1
        return insert(connection, [entry], keep_ids=False)

    def _change(self, connection: sqlite3.Connection, sql: str, *values: object) -> None:
        if not connection.execute(sql, values).rowcount and not self.on_disk:
            # The disk failed in mid-answer and gave nothing back: the rest is kept all the same.
            insert(connection, [Entry(id=cast("int", values[-1]))], keep_ids=True)
            connection.execute(sql, values)

    def _select(self, where: str, order: str, *values: object) -> tuple[Entry, ...]:
        sql = f"{SELECT} {where} {order}"
        return self._run(
            lambda connection: tuple(self._read(row) for row in connection.execute(sql, values))
        )

    def _read(self, row: Sequence[Any]) -> Entry:
        entry = Entry(*row)
        if entry.outcome == "running" and self._presence.is_gone(entry.server):
            return attrs.evolve(entry, outcome="interrupted")
        return entry

    def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with self._lock:
            connection = self._open()
            try:
                return work(connection)
            except sqlite3.DatabaseError as error:
                if not self.on_disk:
                    raise
                self._move_to_memory(str(error))
            return work(self._connection)

    def _open(self) -> sqlite3.Connection:
        if self._closed:
            raise JournalUnavailable("The journal is closed, because the server is shutting down.")
        return self._connection

    def _move_to_memory(self, reason: str) -> None:
        disk, self._connection, self.on_disk = self._connection, opening.in_memory(), False
        self._problem = opening.unavailable(self.path, reason, "free or repair that place")
        # What cannot be read stays where it is, and the sentence names that place.
        with closing(disk), suppress(sqlite3.DatabaseError):
            rows = disk.execute(f"{SELECT} {NEWEST}", (_TAKEN_ALONG,)).fetchall()
            insert(self._connection, (Entry(*row) for row in reversed(rows)), keep_ids=True)
