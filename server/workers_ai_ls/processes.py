"""A command of the user's beside the server: when it is over, and how it is ended with all it started."""

import asyncio
import contextlib
import os
import signal
from typing import Final

_PIPE_S: Final = 0.2
"""For what is still in the pipe of a command that has ended."""


class Watched(asyncio.SubprocessProtocol):
    """Tells when a process is over. What it prints is for those who derive from this.

    It is started with one pipe, and with `start_new_session` where the system knows sessions.
    """

    def __init__(self) -> None:
        self.over = asyncio.Event()
        """It has exited, and its pipe is closed or has had the time to be read."""
        self.exited = asyncio.Event()
        self._pipe_closed = False

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """Note the end of what it prints."""
        del fd, exc
        self._pipe_closed = True
        if self.exited.is_set():
            self.over.set()

    def process_exited(self) -> None:
        """Note the end of the process."""
        self.exited.set()
        if self._pipe_closed:
            self.over.set()
        else:
            # What it has started may hold the pipe open for ever.
            asyncio.get_running_loop().call_later(_PIPE_S, self.over.set)


async def kill(
    transport: asyncio.SubprocessTransport, watched: Watched, *, within_s: float
) -> None:
    """Kill the process with all that it has started, and wait until it is gone, but not for long."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if os.name == "posix":
            os.killpg(transport.get_pid(), signal.SIGKILL)
        else:
            transport.kill()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within_s):
            await watched.exited.wait()
