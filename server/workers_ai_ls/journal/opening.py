"""Opens the journal's file: private from its first byte, and never in the way of a job."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Final

import platformdirs

from workers_ai_ls.errors import Failure
from workers_ai_ls.journal.schema import NewerJournalError, prepare

_BUSY_SECONDS: Final = 5.0
"""How long one server waits while another writes; a write takes well under a millisecond."""
_SIDE_FILES: Final = ("-wal", "-shm")
_DAMAGED: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class JournalUnavailable(Failure):
    """Answers cannot be kept on disk."""


def journal_path() -> Path:
    """Where the user's journal stands, whether or not it exists."""
    folder = platformdirs.user_state_path("workers-ai-language-server", appauthor=False)
    return folder / "journal.sqlite3"


def open_database(path: Path) -> tuple[sqlite3.Connection, str]:
    """The connection, and a sentence if a damaged file had to be moved aside, else "".

    `JournalUnavailable` when the disk does not allow a journal there.
    """
    problem = ""
    try:
        for _ in range(2):
            found = _identity(path)
            try:
                return _connect(path), problem
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise
                problem = _move_aside(path, found) or problem
        return _connect(path), problem
    except NewerJournalError:
        reason, remedy = "a newer version wrote it", "update workers-ai-language-server"
    except (OSError, sqlite3.Error) as error:
        reason, remedy = _reason(error), "free or repair that place"
    raise JournalUnavailable(unavailable(path, reason, remedy))


def in_memory() -> sqlite3.Connection:
    """An empty journal that lasts as long as this process."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    prepare(connection)
    return connection


def unavailable(path: Path, reason: str, remedy: str) -> str:
    """The sentence for a journal that cannot be kept."""
    return (
        f"The journal {path} cannot be used ({reason}), so answers are kept only until the server "
        f"ends: {remedy}."
    )


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _make_private(path)
    connection = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_private(path: Path) -> None:
    # SQLite gives its side files the mode of the file, so that one has to be right beforehand.
    # An existing file is not opened here: closing it would drop the locks that another connection
    # of this process holds on it.
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        for one in (path, *(path.with_name(path.name + suffix) for suffix in _SIDE_FILES)):
            if one.exists() and one.stat().st_mode & 0o077:
                one.chmod(0o600)


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    # An error without a code is our own, raised for what quick_check found.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return code & 0xFF in _DAMAGED


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _move_aside(path: Path, found: tuple[int, int] | None) -> str:
    # Another server may have moved the same damaged file already: the new one must stay.
    if _identity(path) != found:
        return ""
    moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    kept = path.with_name(f"{path.name}.damaged-{moment}-{os.getpid()}")
    path.rename(kept)
    for suffix in _SIDE_FILES:
        side = path.with_name(path.name + suffix)
        if side.exists():
            side.rename(kept.with_name(kept.name + suffix))
    return f"The journal of answers was damaged: it is kept as {kept}, and a new one was started."


def _reason(error: OSError | sqlite3.Error) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)
