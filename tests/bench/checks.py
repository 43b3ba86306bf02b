"""Runs the checks of many edited files, each in a process of its own and for a limited time."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_AT_ONCE = 2
_LIMIT_S = 30.0


async def passing(files: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Give those of some pairs of a Python file and a source of `check()` whose check passes."""
    free = asyncio.Semaphore(_AT_ONCE)
    pairs = list(files)

    async def passes(text: str, check: str) -> bool:
        async with free:
            return await _passes(text, check)

    results = await asyncio.gather(*(passes(*pair) for pair in pairs))
    return {pair for pair, passed in zip(pairs, results, strict=True) if passed}


async def _passes(text: str, check: str) -> bool:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "sample.py"
        path.write_text(f"{text}\n\n{check}\n\ncheck()\n", encoding="utf-8", newline="")
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            str(path),
            cwd=folder,
            env={"PATH": os.defpath},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(_LIMIT_S):
                return await process.wait() == 0
        except TimeoutError:
            return False
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
