"""A server that is used for weeks: thousands of jobs and keystrokes must leave nothing behind."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import attrs
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from .benchmark import Benchmark, Figure, Result, Table
from .machine import rss_mib
from .measuring import median
from .soak_desk import Desk
from .soak_server import COUNTS
from .soak_sides import endpoint, served
from .soak_work import JOBS, Work

if TYPE_CHECKING:
    from pathlib import Path

    from .bare_editor import BareEditor

_JOBS, _SHORT_JOBS = 10_000, 200
_WARMING = 0.1
"""Share of the stretches that fill caches and the allocator's reserve, which is no growth."""
_LEVELS = 5
"""Times at which the server is looked at, the first one after warming up."""


@attrs.frozen
class Level:
    """What the server holds at one time."""

    jobs: int
    rss_mib: float
    descriptors: float
    tasks: float
    threads: float
    objects: float
    """Those that Python's collector of garbage knows."""
    blocks: float
    """Pieces of memory that Python has handed out, strings and numbers too."""
    heap_mib: float
    """What C's allocator has handed out; the rest of the memory it keeps for later."""
    journal_mib: float


async def measure(*, short: bool) -> Result:
    """Let one server work all day, and look at it now and then."""
    stretches = max(_LEVELS, (_SHORT_JOBS if short else _JOBS) // JOBS)
    first = max(1, int(stretches * _WARMING))
    looks = {first + (stretches - first) * at // (_LEVELS - 1) for at in range(_LEVELS)}
    levels: list[Level] = []
    largest = 0.0
    async with endpoint() as base_url, served(base_url) as (editor, root, home):
        work = Work(Desk(editor), root)
        begun = time.perf_counter()
        with _progress() as progress:
            task = progress.add_task("jobs", total=stretches * JOBS)
            for number in range(1, stretches + 1):
                await work.stretch()
                progress.update(task, completed=work.jobs)
                largest = max(largest, _journal_mib(home))
                if number in looks:
                    levels.append(await _level(work, editor, home))
        seconds = time.perf_counter() - begun
    return result(work, levels, largest, seconds)


def result(work: Work, levels: list[Level], journal_mib: float, seconds: float) -> Result:
    """Say what has grown since the first level."""
    first, last, times = levels[0], levels[-1], work.long.times
    tenth = max(1, len(times) // 10)
    early, late = median(times[:tenth]), median(times[-tenth:])
    figures = {
        "rss_growth_mib": last.rss_mib - first.rss_mib,
        "object_growth": last.objects - first.objects,
        "block_growth": last.blocks - first.blocks,
        "heap_growth_mib": last.heap_mib - first.heap_mib,
        "fd_growth": last.descriptors - first.descriptors,
        "task_growth": last.tasks - first.tasks,
        "thread_growth": last.threads - first.threads,
        "journal_mib": journal_mib,
        "jobs_per_second": work.jobs / seconds,
        "last_over_first": late / early,
        "astray": float(len(work.astray)),
    }
    rows = [(f"{each.jobs:,} jobs", [*attrs.astuple(each)[1:]]) for each in levels]
    held = ("RSS MiB", "files", "tasks", "threads", "objects", "blocks", "heap MiB", "journal MiB")
    cells = [1e3 * early, 1e3 * late]
    quiet = Table(("a job by itself, ms", "first tenth", "last tenth"), [("explain", cells)])
    total = Table(
        ("in all", "jobs", "keystrokes", "seconds"),
        [("", [work.jobs, work.desk.keystrokes, seconds])],
    )
    return Result(figures, [Table(("after", *held), rows), quiet, total], work.astray)


async def _level(work: Work, editor: BareEditor, home: Path) -> Level:
    counts = await editor.ask(COUNTS, None)
    return Level(
        jobs=work.jobs,
        rss_mib=rss_mib(editor.pid),
        journal_mib=_journal_mib(home),
        **counts,
    )


def _journal_mib(home: Path) -> float:
    """The journal with its write-ahead log."""
    return sum(file.stat().st_size for file in home.rglob("journal.sqlite3*")) / 2**20


def _progress() -> Progress:
    """Show on standard error how far it is: the long form takes minutes."""
    columns = (TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


SOAK = Benchmark(
    name="soak",
    summary="10,000 jobs and 100,000 keystrokes leave nothing behind in one server",
    figures=(
        Figure("rss_growth_mib", "memory, from the first tenth to the end, MiB"),
        Figure("object_growth", "objects that Python's collector knows, in the same time"),
        Figure("block_growth", "pieces of memory that Python has handed out"),
        Figure("heap_growth_mib", "what C's allocator has handed out: RSS without its reserve"),
        Figure("fd_growth", "open file descriptors"),
        Figure("task_growth", "asyncio tasks"),
        Figure("thread_growth", "threads"),
        Figure("journal_mib", "journal with its log at its largest; it is to keep 0.95 MiB"),
        Figure("jobs_per_second", "with the endpoint's waits", more_is_better=True),
        Figure("last_over_first", "a job's time in the last tenth over that in the first"),
        Figure("astray", "jobs that left another text, and stretches with another end"),
    ),
    measure=measure,
)
