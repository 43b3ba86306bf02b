"""One process at a time may write a file."""

import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_PAUSE = 0.1


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait for the lock on `path`, a file that exists only for that, and hold it.

    The system lets go of the lock when its holder dies, so none is ever stale.
    """
    with path.open("ab") as file:
        while not _taken(file):
            time.sleep(_PAUSE)
        yield


if sys.platform == "win32":
    import msvcrt

    def _taken(file: IO[bytes]) -> bool:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
