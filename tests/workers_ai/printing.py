"""Write programs that print credentials, as a `cmd:` runs them."""

import asyncio
import contextlib
import os
import shlex
import sys
import time
from collections.abc import Callable
from pathlib import Path


def command_of(code: str, folder: Path, name: str = "printer") -> str:
    """Return the command that runs `code` in Python."""
    file = folder / f"{name}.py"
    file.write_text(code, "utf-8")
    return shlex.join([sys.executable, "-I", str(file)])


def counting_command(folder: Path, *lines: str) -> tuple[str, Path]:
    """Return a command whose runs print `lines` one after the other, the last again and again.

    The file beside it has a line for each run.
    """
    runs = folder / "runs"
    runs.touch()
    code = (
        "import pathlib\n"
        f"runs = pathlib.Path({str(runs)!r})\n"
        "seen = runs.read_text()\n"
        "runs.write_text(seen + 'run\\n')\n"
        f"lines = {lines!r}\n"
        "print(lines[min(seen.count('run'), len(lines) - 1)])\n"
    )
    return command_of(code, folder), runs


async def until_written(file: Path) -> int:
    """Return the process id in `file`, as soon as it is there."""
    return await asyncio.to_thread(_written, file)


async def until_gone(process: int) -> None:
    """Return when the process has ended; an orphan may stay as a zombie where nobody buries it."""
    await asyncio.to_thread(_gone, process)


def _written(file: Path) -> int:
    _until(lambda: file.is_file() and file.read_text("utf-8").endswith("\n"))
    return int(file.read_text("utf-8"))


def _gone(process: int) -> None:
    _until(lambda: not _is_running(process))


def _until(condition: Callable[[], bool]) -> None:
    """Look again and again: nobody tells of a file or of a process that is not ours."""
    latest = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < latest
        time.sleep(0.01)


def _is_running(process: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat")
        return not state.is_file() or state.read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    return False
