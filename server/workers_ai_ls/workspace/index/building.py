"""Build an index, or bring it up to date: the work of a process of its own."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import attrs

from workers_ai_ls.workspace.index.locking import alone
from workers_ai_ls.workspace.index.opening import delete_old, open_database
from workers_ai_ls.workspace.index.schema import create_indexes, transaction
from workers_ai_ls.workspace.index.storing import is_empty, known_files, remove, store
from workers_ai_ls.workspace.index.surveying import Stamp, survey
from workers_ai_ls.workspace.index.workers import Task, crew

_BATCH_BYTES: Final = 400_000
"""Of source. A batch is written at once, in some tens of milliseconds, and then to be seen."""

_PAGES_AHEAD: Final = 8_000
"""Of the write-ahead log, until they go into the file: moving them seldom is faster."""

_CACHE_KIB: Final = 64_000
"""Names come in any order, so what is written is spread over the whole file."""


@attrs.frozen
class Progress:
    """How far a build has come."""

    state: str
    """`waiting` for another process that builds the same, `building` or `ready`."""
    done: int
    """Files read so far, of those that are to be read."""
    total: int
    files: int
    """All files of the workspace that the index is about."""
    seconds: float


def build(root: Path, path: Path, report: Callable[[Progress], None]) -> None:
    """Bring the index at `path` in line with the files below `root`.

    What was written before an end by force stays, so the next build goes on from there. Raises
    IndexUnavailable, or sqlite3.Error when the disk fails meanwhile.
    """
    began = time.monotonic()
    # Nothing that is made here is cyclic, and there is a lot of it to look through.
    gc.disable()
    delete_old(path)
    with (
        alone(path, lambda: report(Progress("waiting", 0, 0, 0, 0.0))),
        closing(open_database(path)) as connection,
        crew(root, early=is_empty(connection)) as read,
    ):
        connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_AHEAD}")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        found = dict(survey(root))
        known = known_files(connection)
        tasks = [
            (name, known[name].digest if name in known else b"")
            for name, stamp in found.items()
            if name not in known or known[name].stamp != stamp
        ]
        gone = [one.id for name, one in known.items() if name not in found]

        def tell(state: str, done: int) -> None:
            spent = round(time.monotonic() - began, 3)
            report(Progress(state, done, len(tasks), len(found), spent))

        tell("building", 0)
        done = 0
        for rows in read(_batches(tasks, found), len(tasks)):
            with transaction(connection):
                store(connection, rows)
            done += len(rows)
            tell("building", done)
        with transaction(connection):
            remove(connection, gone)
        create_indexes(connection)
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        tell("ready", len(tasks))


def _batches(tasks: list[Task], found: dict[str, Stamp]) -> Iterator[list[Task]]:
    batch: list[Task] = []
    size = 0
    for task in tasks:
        batch.append(task)
        size += found[task[0]].size
        if size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
