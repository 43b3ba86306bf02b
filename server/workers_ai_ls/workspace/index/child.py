"""The process that builds an index, as the server sees it."""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workers_ai_ls.workspace.index.building import Progress

if TYPE_CHECKING:
    from asyncio.subprocess import Process

_BELOW_NORMAL: Final = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
"""Only Windows has to be told when a process starts; elsewhere it lowers its own priority."""

_LONGEST_LINE: Final = 1_000_000
_PATIENCE: Final = 5.0
"""Seconds that a process may take to end once its input has ended."""


async def build_apart(
    root: Path, path: Path, on_progress: Callable[[Progress], None] | None
) -> str:
    """Build the index at `path` in another process; gives a sentence if it failed, else "".

    When this is cancelled, or this process ends, so does the other one; what it has written stays.
    """
    # Not above: the process that builds imports this room too, and has no use for it.
    import asyncio

    process = await asyncio.create_subprocess_exec(
        sys.executable,
        # Nothing of the folder that the server happens to run in is imported.
        *("-P", "-m", "workers_ai_ls.workspace.index", str(root), str(path)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        creationflags=_BELOW_NORMAL,
        limit=_LONGEST_LINE,
    )
    try:
        sentence = ""
        while process.stdout and (line := await process.stdout.readline()):
            told = _told(line)
            if isinstance(told, Progress) and on_progress is not None:
                on_progress(told)
            elif isinstance(told, str):
                sentence = told
        status = await process.wait()
    finally:
        await _end(process)
    if status and not sentence:
        return f"The index of {root.name} was not finished (exit status {status}); open a file to try again."
    return sentence


def _told(line: bytes) -> Progress | str | None:
    with suppress(ValueError, TypeError):
        told = json.loads(line)
        if told.get("state") == "failed":
            return str(told.get("sentence"))
        return Progress(**told)
    return None


async def _end(process: "Process") -> None:
    """End the process, which goes when its input ends; its pipes are closed by then.

    Its exit alone does not close them: asyncio may hear of that before it hears of the output's end.
    """
    import asyncio

    if process.stdin is not None:
        process.stdin.close()
    try:
        async with asyncio.timeout(_PATIENCE):
            await process.communicate()
    except (TimeoutError, asyncio.CancelledError):
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()
