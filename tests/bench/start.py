"""From the start of the process to the first code action list, and the memory in use then."""

from __future__ import annotations

import functools
import time

import attrs

from .bare_editor import code_action_params, initialize_params, spawned
from .benchmark import Benchmark, Figure, Result, Table
from .machine import cpu_seconds, rss_mib
from .measuring import in_turns, median, ratio
from .sample_code import line_of, python_source
from .servers import COMMANDS, OURS, PYGLS, RAW, scene

_LINES = 200


@attrs.frozen
class Started:
    """One start; seconds since the process was asked for."""

    initialized_s: float
    listed_s: float
    cpu_s: float
    """Processor time up to the list, to 10 ms: on a busy machine it tells more than the clock."""
    rss_mib: float


async def measure(*, short: bool) -> Result:
    """Start every server anew in each round."""
    sides = {name: functools.partial(_start, name) for name in (OURS, PYGLS, RAW)}
    runs = await in_turns(sides, 2 if short else 15)
    initialized = {name: [run.initialized_s for run in side] for name, side in runs.items()}
    listed = {name: [run.listed_s for run in side] for name, side in runs.items()}
    cpu = {name: [run.cpu_s for run in side] for name, side in runs.items()}
    memory = {name: median([run.rss_mib for run in side]) for name, side in runs.items()}
    rows = [
        (
            name,
            [*(1e3 * median(each[name]) for each in (initialized, listed, cpu)), memory[name]],
        )
        for name in runs
    ]
    return Result(
        figures={
            "initialize_over_pygls": ratio(initialized[OURS], initialized[PYGLS]),
            "first_action_over_pygls": ratio(listed[OURS], listed[PYGLS]),
            "cpu_over_pygls": ratio(cpu[OURS], cpu[PYGLS]),
            "rss_mib": memory[OURS],
        },
        tables=[Table(["", "initialize ms", "first actions ms", "CPU ms", "RSS MiB"], rows)],
    )


async def _start(name: str) -> Started:
    text = python_source(_LINES)
    line = line_of(text, "total = total")
    with scene() as (environment, root):
        uri = f"{root}/shelves.py"
        async with spawned(COMMANDS[name], environment) as editor:
            editor.replies["workspace/configuration"] = [None]
            await editor.ask("initialize", initialize_params(root))
            initialized = time.perf_counter()
            editor.notify("initialized", {})
            editor.open(uri, text)
            actions = await editor.ask("textDocument/codeAction", code_action_params(uri, line, 8))
            listed = time.perf_counter()
            if not actions:
                raise RuntimeError(f"{name} offers nothing, so its time means nothing")
            cpu, memory = cpu_seconds(editor.pid), rss_mib(editor.pid)
    return Started(initialized - editor.spawned, listed - editor.spawned, cpu, memory)


START = Benchmark(
    name="start",
    summary="spawn, initialize, first code action list; against pygls and raw Python",
    figures=(
        Figure("initialize_over_pygls", "spawn to initialize answered"),
        Figure("first_action_over_pygls", "spawn to the first code action list"),
        Figure("cpu_over_pygls", "processor time up to that list"),
        Figure("rss_mib", "memory in use then, MiB"),
    ),
    measure=measure,
)
