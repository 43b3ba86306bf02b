"""One builder at a time for an index, whichever server has started it."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from workers_ai_ls.workspace.index.opening import IndexUnavailable

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE: Final = 0.2
"""Seconds between two tries."""


@contextmanager
def alone(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Wait until nobody else builds the index at `path`, and keep others from it.

    `waiting` is called at each try that fails. The operating system lets go of a process that ends,
    however it ends. Raises IndexUnavailable.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise IndexUnavailable(path, error) from error
    try:
        while not _lock(descriptor):
            waiting()
            time.sleep(_PAUSE)
        yield
    finally:
        with suppress(OSError):
            os.close(descriptor)


def _lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
