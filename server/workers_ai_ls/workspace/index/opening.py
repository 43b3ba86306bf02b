"""Where an index stands on disk, and how it is opened."""

import hashlib
import os
import sqlite3
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

import platformdirs

from workers_ai_ls.errors import Failure
from workers_ai_ls.workspace.index.schema import VERSION, create

_BUSY_SECONDS: Final = 5.0
_WAL_PATIENCE: Final = 5.0
_SIDE_FILES: Final = ("", "-wal", "-shm")
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class IndexUnavailable(Failure):
    """The index can't be kept in the user's cache."""

    def __init__(self, path: Path, error: OSError | sqlite3.Error) -> None:
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        super().__init__(
            f"The index of the workspace cannot be kept in {path.parent} ({reason}), so it is built"
            " anew in each session: free or repair that place."
        )


def index_path(root: Path, cache: Path | None = None) -> Path:
    """Give the file for the index of a workspace, in the user's cache unless told otherwise."""
    if cache is None:
        cache = platformdirs.user_cache_path("workers-ai-language-server", appauthor=False)
    digest = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()
    return cache / "index" / f"{digest[:24]}-{VERSION}.sqlite3"


def open_database(path: Path) -> sqlite3.Connection:
    """Open an index for reading and writing; a damaged one is begun anew.

    Raises IndexUnavailable.
    """
    try:
        try:
            return _connect(path)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGED:
                raise
            delete(path)
            return _connect(path)
    except (OSError, sqlite3.Error) as error:
        raise IndexUnavailable(path, error) from error


def open_elsewhere() -> tuple[sqlite3.Connection, Path | None]:
    """Open an index that lasts as long as this process: in a private folder, else in memory."""
    with suppress(OSError, IndexUnavailable):
        path = Path(tempfile.mkdtemp(prefix="workers-ai-ls-index-")) / "index.sqlite3"
        return open_database(path), path
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    create(connection)
    return connection, None


def delete(path: Path) -> None:
    """Delete an index."""
    for suffix in _SIDE_FILES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def delete_old(path: Path, days: int = 90) -> None:
    """Delete the indexes beside `path` that nobody has written to for a long time."""
    oldest = time.time() - days * 24 * 60 * 60
    with suppress(OSError):
        for other in path.parent.glob("*.sqlite3"):
            if other != path and other.stat().st_mtime < oldest:
                delete(other)
                other.with_suffix(".lock").unlink(missing_ok=True)


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite gives its side files the mode of the file, so that one has to be right beforehand.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    connection = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        _write_ahead(connection)
        # A power cut may lose the last files, which are then read again.
        connection.execute("PRAGMA synchronous = NORMAL")
        create(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    # SQLite fails this step at once, without its usual waiting, when another process does the same.
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
