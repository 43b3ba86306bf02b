"""Run a command of the user's: without a shell, not for long, and with nothing left behind."""

import asyncio
import contextlib
import os
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from workers_ai_ls.errors import Failure
from workers_ai_ls.processes import Watched, kill

_SHOWN: Final = 20_000
"""Bytes that are kept of the start of an output, and again as many of its end."""

_ENDING_S: Final = 2.0
"""For a killed process to be gone."""

_ESCAPES: Final = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
"""What colours a terminal."""


class CannotRun(Failure):
    """A command of the user's cannot be started."""

    def __init__(self, program: str, reason: str) -> None:
        super().__init__(f"{program} cannot be run ({reason}); install it or correct the command.")


@attrs.frozen
class Ran:
    """How a command ended, and what it printed on both of its outputs."""

    code: int | None
    """The exit code, or the signal that ended it as a negative number; None: the time was up."""
    output: str
    """Head and tail of it, without escape sequences; where something is missing, a line says so."""
    seconds: float


def can_run() -> bool:
    """Whether this system lets us end a command with all that it has started."""
    return os.name == "posix"


async def run_command(
    words: Sequence[str], folder: Path, *, environment: Mapping[str, str], limit_s: float
) -> Ran:
    """Run a program with its arguments in `folder`. Raises CannotRun.

    The program has no terminal and no input, and a process group of its own, all of which is killed
    at its end, when the time is up, and with the task that waits: nothing goes on in the background
    but what has left the group by itself.
    """
    loop, begun = asyncio.get_running_loop(), time.monotonic()
    try:
        transport, output = await loop.subprocess_exec(
            _Output,
            *words,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=folder,
            env=dict(environment),
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "not a command").lower()
        raise CannotRun(Path(words[0]).name or "the command", reason) from None
    in_time = False
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(limit_s):
                await output.over.wait()
                in_time = True
        seconds = time.monotonic() - begun
    finally:
        await _end(transport, output)
    return Ran(transport.get_returncode() if in_time else None, output.text(), seconds)


class _Output(Watched):
    """What a process prints."""

    def __init__(self) -> None:
        super().__init__()
        self._head = bytearray()
        self._tail = bytearray()
        self._cut = 0

    def text(self) -> str:
        gap = f"\n[{self._cut} bytes left out]\n".encode() if self._cut else b""
        whole = bytes(self._head) + gap + bytes(self._tail)
        lines = whole.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
        return _ESCAPES.sub("", lines)

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        del fd  # Both outputs come through one pipe.
        room = _SHOWN - len(self._head)
        self._head += data[:room]
        self._tail += data[room:]
        if (extra := len(self._tail) - _SHOWN) > 0:
            del self._tail[:extra]
            self._cut += extra


async def _end(transport: asyncio.SubprocessTransport, output: _Output) -> None:
    """Kill the whole group, also where its first process has ended and left others behind."""
    try:
        await kill(transport, output, within_s=_ENDING_S)
    finally:
        transport.close()
