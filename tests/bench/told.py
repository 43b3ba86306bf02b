"""A process of this project that says one line when it is ready, and ends with the block."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .benchmark import NotThere

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_ROOT = Path(__file__).parents[2]
_READY_S = 30


@contextlib.asynccontextmanager
async def told(module: str, *arguments: str) -> AsyncIterator[str]:
    """Run a module; gives its first line. Raises NotThere if it ends without one."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", module, *arguments),
        cwd=_ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(_READY_S):
            line = await process.stdout.readline()
        if not line:
            raise NotThere(f"{module} does not start: install the extra `local`.")
        yield line.decode().strip()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()
