"""An endpoint in a process of its own, so that its work does not count as the client's.

`python -m tests.bench.streaming_endpoint TOKENS PAUSE_MS` prints its address, then streams so many
tokens to each request, until its standard input ends. `endpoint` starts and ends it.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import sys
from typing import TYPE_CHECKING

import attrs

from tests.bench.told import told
from tests.scripted_endpoint import ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.scripted_endpoint import Answer

_WORDS = (
    "Here",
    " is",
    " how",
    " the",
    " function",
    " adds",
    " prices",
    ",",
    " item",
    " by",
    ".\n",
)


def tokens(count: int) -> list[str]:
    """Give so many tokens of prose."""
    return list(itertools.islice(itertools.cycle(_WORDS), count))


def streamed(count: int, pause_ms: float = 0) -> Answer:
    """Answer with so many native frames, each sent by itself."""
    answer = native_stream(*tokens(count))
    if not pause_ms:
        return answer
    parts = [part for frame in answer.parts for part in (frame, pause_ms / 1e3)]
    return attrs.evolve(answer, parts=tuple(parts))


@contextlib.asynccontextmanager
async def endpoint(count: int, pause_ms: float = 0) -> AsyncIterator[str]:
    """Run one for the time of the block; gives its base URL."""
    async with told("tests.bench.streaming_endpoint", str(count), str(pause_ms)) as line:
        yield line


async def _serve(count: int, pause_ms: float) -> None:
    async with ScriptedEndpoint(streamed(count, pause_ms)) as running:
        print(running.base_url, flush=True)  # noqa: T201 - its parent waits for this line
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2])))
