"""What a server says on its standard error, and what it must never say there.

```
async with heard(process.stderr):
    ...  # the process lives and ends
```
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_LIMIT_S = 10.0

_COMPLAINT = re.compile(
    # Tasks and futures that were lost come through asyncio's log, each with its own sentence.
    r"\w+Warning: |ERROR:asyncio:|Exception ignored in|Fatal Python error"
)


def complaints(said: str) -> list[str]:
    """The lines in which Python or asyncio tell of something lost, unclosed or never awaited."""
    return [line for line in said.splitlines() if _COMPLAINT.search(line)]


@contextlib.asynccontextmanager
async def heard(stream: asyncio.StreamReader | None) -> AsyncIterator[None]:
    """Read a server's standard error to its end: a complaint there fails the test.

    Whatever was said is passed on to our own standard error, where pytest shows it with a failure.
    """
    assert stream is not None
    hearing = asyncio.create_task(stream.read())
    try:
        yield
    finally:
        async with asyncio.timeout(_LIMIT_S):
            said = (await hearing).decode(errors="replace")
        sys.stderr.write(said)
    assert complaints(said) == [], said
