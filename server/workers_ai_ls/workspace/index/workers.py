"""Processes that read files for the builder of an index: parsing takes all of a processor."""

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Final, cast

from workers_ai_ls.workspace.index.extracting import extract
from workers_ai_ls.workspace.index.storing import Rows, rows_of

Task = tuple[str, bytes]
"""A path, and the digest of what is known of it."""

_MOST: Final = 8
_FEW: Final = 60
"""Files that are read sooner than a process starts."""

_AHEAD: Final = 2
"""Batches that a worker has at hand, so that it never waits for the builder."""


Read = Callable[[Iterable[list[Task]], int], Iterator[list[Rows]]]
"""Reads batches of files, so many in all, and gives them in any order."""


@contextmanager
def crew(root: Path, *, early: bool) -> Iterator[Read]:
    """Give what reads files as fast as this machine can: in other processes, if they are many.

    `early` starts these processes at once, so that they get ready while files are looked for.
    """
    with ExitStack() as stack:
        members = stack.enter_context(_started(root)) if early else {}

        def read(batches: Iterable[list[Task]], count: int) -> Iterator[list[Rows]]:
            if not members and count <= _FEW:
                return (_read(root, batch) for batch in batches)
            busy = members or stack.enter_context(_started(root))
            return _shared_out(busy, deque(batches))

        yield read


@contextmanager
def _started(root: Path) -> Iterator[dict[Connection, int]]:
    """Start processes; gives how many batches each has at hand."""
    context = multiprocessing.get_context("spawn")
    members: dict[Connection, int] = {}
    processes = []
    try:
        for _ in range(min(_MOST, _processors())):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(root, theirs), daemon=True)
            process.start()
            theirs.close()
            processes.append(process)
            members[ours] = 0
        yield members
    finally:
        for connection in members:
            connection.close()
        for process in processes:
            process.join(timeout=5)


def _shared_out(busy: dict[Connection, int], waiting: deque[list[Task]]) -> Iterator[list[Rows]]:
    for connection in busy:
        _feed(connection, waiting, busy)
    while any(busy.values()):
        for ready in wait([each for each, count in busy.items() if count]):
            connection = cast("Connection", ready)
            rows = connection.recv()
            busy[connection] -= 1
            # Before the rows are written: the worker is not to wait for that.
            _feed(connection, waiting, busy)
            yield rows


def _feed(connection: Connection, waiting: deque[list[Task]], busy: dict[Connection, int]) -> None:
    while waiting and busy[connection] < _AHEAD:
        connection.send(waiting.popleft())
        busy[connection] += 1


def _work(root: Path, connection: Connection) -> None:
    """Read what comes until nobody is there any more: the builder's end ends its workers."""
    # Nothing that is made here is cyclic, and there is a lot of it to look through.
    gc.disable()
    try:
        while True:
            connection.send(_read(root, connection.recv()))
    except (EOFError, OSError):
        return


def _read(root: Path, batch: list[Task]) -> list[Rows]:
    found = (extract(root, path, digest) for path, digest in batch)
    return [rows_of(one) for one in found if one is not None]


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
