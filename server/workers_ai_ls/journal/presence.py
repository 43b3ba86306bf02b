"""Which servers are still there: each holds a lock for as long as it lives.

The lock is on an empty file beside the journal, one for each server that has begun an answer. The
system lets go of it when its holder dies, however it does, so none is ever stale.
"""

import os
import secrets
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

import attrs

_SUFFIX: Final = ".lock"
_STALE_S: Final = 24 * 60 * 60.0
"""Age at which a file that nobody holds goes: a younger one may be about to be locked."""


@attrs.define
class Presence:
    """The mark of this server, and a look at those of others."""

    _journal: Path
    token: str = attrs.field(factory=lambda: secrets.token_hex(8), init=False)
    """Names this server in the entries that it is writing."""
    _held: int | None = attrs.field(default=None, init=False)
    """The open file whose lock is ours."""

    def take(self) -> None:
        """Show that this server lives. Where the disk allows no lock, it passes for gone."""
        if self._held is None:
            with suppress(OSError):
                flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
                self._held = os.open(self._file(self.token), flags, 0o600)
                _hold(self._held)

    def is_gone(self, token: str) -> bool:
        """Whether the server of that name has ended; "" is one that left no name."""
        if token == self.token:
            return False
        return not token or not _is_held(self._file(token))

    def close(self) -> None:
        """Let go, and leave nothing behind."""
        if self._held is not None:
            os.close(self._held)
            self._held = None
            with suppress(OSError):
                self._file(self.token).unlink()

    def sweep(self) -> None:
        """Remove what servers that were killed have left behind."""
        oldest = time.time() - _STALE_S
        with suppress(OSError):
            for path in self._journal.parent.glob(f"{self._journal.name}.*{_SUFFIX}"):
                if path.stat().st_mtime < oldest and not _is_held(path):
                    path.unlink()

    def _file(self, token: str) -> Path:
        return self._journal.with_name(f"{self._journal.name}.{token}{_SUFFIX}")


def _is_held(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _could_share(descriptor)
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _hold(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)

    def _could_share(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _hold(descriptor: int) -> None:
        # It waits for those who are just looking.
        fcntl.flock(descriptor, fcntl.LOCK_EX)

    def _could_share(descriptor: int) -> bool:
        try:
            # Shared, so that two who look at once do not take each other for the holder.
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
