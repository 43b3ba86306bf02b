"""What an answer costs on its way: processor time, throughput, delay; against a bare httpx loop."""

from __future__ import annotations

import functools
import time
from typing import TYPE_CHECKING

import attrs

from .asking import with_bare_httpx, with_our_client
from .at_once import at_once
from .benchmark import Benchmark, Figure, Result, Table
from .measuring import in_turns, median, percentile, ratio
from .relaying import delays, job_cpu
from .streaming_endpoint import endpoint, tokens

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractAsyncContextManager

    from .asking import Ask

    Way = Callable[[str], AbstractAsyncContextManager[Ask]]

_PAUSE_MS = 1
"""Between two tokens: so each comes by itself, as from a real model, only faster."""

_CLIENT, _BARE, _SERVER = "workers_ai.Client", "bare httpx loop", "whole server"
_WAYS: dict[str, Way] = {_CLIENT: with_our_client, _BARE: with_bare_httpx}


@attrs.frozen
class Read:
    """One answer read to its end; `cpu_s` is the processor time of this process."""

    cpu_s: float
    took_s: float


async def measure(*, short: bool) -> Result:
    """Read the same streams both ways, in turns; then follow tokens to the editor one by one."""
    rounds = 1 if short else 7
    count, many = (100, 200) if short else (500, 5_000)
    async with endpoint(count, _PAUSE_MS) as paced_url, endpoint(many) as dense_url:
        paced = await in_turns(_readers(paced_url, count), rounds)
        dense = await in_turns(_readers(dense_url, many), rounds)
        jobs = [await job_cpu(paced_url) for _ in range(1 if short else 3)]
    added = await delays(30 if short else 500)
    crowd = await at_once(*((5, 20) if short else (100, 150)))
    cpu = {name: [run.cpu_s for run in side] for name, side in paced.items()}
    took = {name: [run.took_s for run in side] for name, side in dense.items()}
    server = median(jobs)
    p50, p99 = (1e3 * percentile(added, share) for share in (0.5, 0.99))
    rows: list[tuple[str, list[float | None]]] = [
        (name, [1e6 * median(cpu[name]) / count, many / median(took[name])]) for name in _WAYS
    ]
    rows.append((_SERVER, [1e6 * server / count, None]))
    return Result(
        figures={
            "cpu_over_bare": ratio(cpu[_CLIENT], cpu[_BARE]),
            "throughput_over_bare": ratio(took[_BARE], took[_CLIENT]),
            "server_cpu_over_bare": server / median(cpu[_BARE]),
            "typing_under_100_streams_over_idle": median(crowd.busy) / median(crowd.idle),
            "kb_per_stream": crowd.kb_per_stream,
            "added_delay_p50_ms": p50,
            "added_delay_p99_ms": p99,
        },
        tables=[
            Table(("answer", "CPU µs per token", "tokens/s at full speed"), rows),
            Table(
                ("key to list of actions, ms", "p50", "p99"),
                [("nothing runs", _typed(crowd.idle)), ("100 answers", _typed(crowd.busy))],
            ),
            Table(("byte to notification, ms", "p50", "p99"), [(_SERVER, [p50, p99])]),
        ],
    )


def _typed(times: list[float]) -> list[float | None]:
    return [1e3 * percentile(times, share) for share in (0.5, 0.99)]


def _readers(base_url: str, count: int) -> dict[str, Callable[[], Awaitable[Read]]]:
    return {name: functools.partial(_read, way, base_url, count) for name, way in _WAYS.items()}


async def _read(way: Way, base_url: str, count: int) -> Read:
    """Read one answer to warm up (imports, connection), then one that counts."""
    async with way(base_url) as ask:
        await ask()
        cpu, begun = time.process_time(), time.perf_counter()
        text = await ask()
        read = Read(time.process_time() - cpu, time.perf_counter() - begun)
    if text != "".join(tokens(count)):
        raise RuntimeError("the answer has not come whole")
    return read


STREAM = Benchmark(
    name="stream",
    summary="an answer's way through client and server, against a bare httpx loop",
    figures=(
        Figure("cpu_over_bare", "our client's CPU per token, one at a time"),
        Figure("throughput_over_bare", "our client's tokens/s at full speed", more_is_better=True),
        Figure("server_cpu_over_bare", "the whole server's CPU per token"),
        Figure(
            "typing_under_100_streams_over_idle", "key to list while 100 answers come, over idle"
        ),
        Figure("kb_per_stream", "memory that each of them takes, kB"),
        Figure("added_delay_p50_ms", "endpoint's byte to editor's notification"),
        Figure("added_delay_p99_ms", "the same, slowest hundredth"),
    ),
    measure=measure,
)
