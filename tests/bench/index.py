"""What a first index costs beside bare parsing, and what the server pays for having one."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.index_corpus import collect
from workers_ai_ls.syntax.parsing import loaded
from workers_ai_ls.workspace.index import Index, open_index
from workers_ai_ls.workspace.index.choosing import language_of
from workers_ai_ls.workspace.index.surveying import survey

from .benchmark import Benchmark, Figure, Result, Table
from .measuring import in_turns, median, percentile, ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINES = 1_000_000
_SHORT_LINES = 10_000
_ROUNDS = 3
_UPDATES = 100
_CHUNK = 20
"""Files that a process parses at a time."""

_PAUSE_S = 0.01
_ASK_EVERY = 10
"""Pauses: ten questions a second are more than an action asks, and leave the cores to the builder."""
_NAMES = ("get", "parse", "open", "Client", "main", "__init__")

_HOLDER = """
import os, sys
from pathlib import Path
from tests.bench.machine import rss_mib
from workers_ai_ls.workspace.index import open_index

index = open_index(Path(sys.argv[1]), cache=Path(sys.argv[2]))
for name in sys.argv[3].split():
    index.definitions(name), index.references(name), index.importers(name)
for path in sys.argv[4:]:
    text = (index.root / path).read_text(errors="replace")
    index.update(index.root / path, text)
    index.definitions_in(path)
print(rss_mib(os.getpid()))
"""


async def measure(*, short: bool) -> Result:
    """Index a workspace of real code in turns with parsing it, then change files of it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        root = Path(folder) / "workspace"
        collect(root, _SHORT_LINES if short else _LINES)
        found = [name for name, _ in survey(root.resolve())]
        lags: list[float] = []
        asked: list[float] = []
        caches = iter(Path(folder) / f"cache{turn}" for turn in range(_ROUNDS))
        with ProcessPoolExecutor(_cores(), get_context("spawn"), _lower) as pool:
            await asyncio.get_running_loop().run_in_executor(None, _warm, pool, root, found)

            async def ours() -> float:
                return await _index_anew(root, next(caches), lags, asked)

            async def bare() -> float:
                return await asyncio.to_thread(_parse_all, pool, root, found)

            runs = await in_turns({"index": ours, "bare": bare}, 1 if short else _ROUNDS)
        index = open_index(root, cache=Path(folder) / "cache0")
        chosen = [name for name in found if index.file(name)]
        lines = sum((root / name).read_bytes().count(b"\n") for name in chosen)
        some = chosen[:: max(1, len(chosen) // (5 if short else _UPDATES))]
        buffers, disk = _updates(index, some)
        index.close()
        resident = _resident(root, Path(folder) / "cache0", some[:20])
    seconds = median(runs["index"])
    figures = {
        "over_bare_parsing": ratio(runs["index"], runs["bare"]),
        "files_per_second": len(chosen) / seconds,
        "lines_per_second": lines / seconds,
        "buffer_ms": 1_000 * percentile(buffers, 0.95),
        "update_ms": 1_000 * percentile(disk, 0.95),
        "resident_mib": resident,
        "lag_ms": 1_000 * percentile(lags, 0.99),
        "question_ms": 1_000 * percentile(asked, 0.99),
    }
    table = Table(
        ("side", "files", "lines", "seconds"),
        [
            ("index", (len(chosen), lines, seconds)),
            ("bare parsing", (len(chosen), lines, median(runs["bare"]))),
        ],
    )
    return Result(figures, [table])


async def _index_anew(root: Path, cache: Path, lags: list[float], asked: list[float]) -> float:
    """Build, from the start of a process to its end, while questions are asked as by an action."""
    index = open_index(root, cache=cache)

    async def watch() -> None:
        while True:
            start = time.perf_counter()
            await asyncio.sleep(_PAUSE_S)
            lags.append(time.perf_counter() - start - _PAUSE_S)
            if len(lags) % _ASK_EVERY:
                continue
            start = time.perf_counter()
            index.definitions(_NAMES[len(asked) % len(_NAMES)])
            asked.append(time.perf_counter() - start)

    watching = asyncio.create_task(watch())
    start = time.perf_counter()
    await index.build()
    spent = time.perf_counter() - start
    watching.cancel()
    problem = index.take_problem()
    index.close()
    if problem:
        raise RuntimeError(problem)
    return spent


def _parse_all(pool: ProcessPoolExecutor, root: Path, names: Sequence[str]) -> float:
    """Parse what the index reads, and nothing else, in as many processes of the same priority."""
    chunks = [(root, names[at : at + _CHUNK]) for at in range(0, len(names), _CHUNK)]
    start = time.perf_counter()
    for _ in pool.map(_parse, chunks):
        pass
    return time.perf_counter() - start


def _parse(chunk: tuple[Path, Sequence[str]]) -> None:
    import tree_sitter

    root, names = chunk
    for name in names:
        content = (root / name).read_bytes()
        language = language_of(name, content)
        if language is not None and language.grammar is not None:
            tree_sitter.Parser(loaded(language.grammar)).parse(content)


def _warm(pool: ProcessPoolExecutor, root: Path, names: Sequence[str]) -> None:
    """Let all processes of the bare side start and load their grammars before time is taken."""
    few = names[:: max(1, len(names) // 50)]
    list(pool.map(_parse, [(root, few)] * (4 * _cores())))


def _updates(index: Index, names: Sequence[str]) -> tuple[list[float], list[float]]:
    """Time an open buffer that changed with the next question, and a file that was saved."""
    buffers: list[float] = []
    disk: list[float] = []
    for name in names:
        path = index.root / name
        text = path.read_bytes().decode(errors="replace")
        start = time.perf_counter()
        index.update(path, f"{text}\n")
        index.definitions_in(name)
        buffers.append(time.perf_counter() - start)
        path.write_bytes(path.read_bytes() + b"\n")
        start = time.perf_counter()
        index.update(path, None)
        disk.append(time.perf_counter() - start)
    return buffers, disk


def _resident(root: Path, cache: Path, names: Sequence[str]) -> float:
    """Give the memory of a process that does nothing but hold the index, and some open buffers."""
    command = [sys.executable, "-c", _HOLDER, str(root), str(cache), " ".join(_NAMES), *names]
    told = subprocess.run(command, capture_output=True, check=True, text=True, timeout=60)
    return float(told.stdout)


def _lower() -> None:
    """Take the priority that the builder of an index has."""
    with suppress(AttributeError):
        os.nice(10)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


INDEX = Benchmark(
    name="index",
    summary="a first index of real code beside bare parsing, and what it costs the server",
    figures=(
        Figure("over_bare_parsing", "time of a first index over that of parsing the same files"),
        Figure("files_per_second", "of a first index", more_is_better=True),
        Figure("lines_per_second", "of a first index", more_is_better=True),
        Figure("buffer_ms", "an open buffer changes and is asked about, 95th percentile"),
        Figure("update_ms", "a saved file is read again and written, 95th percentile"),
        Figure("resident_mib", "memory of a process that holds the index and 20 open buffers"),
        Figure("lag_ms", "how long the event loop is held up during a build, 99th percentile"),
        Figure("question_ms", "definitions of a name, asked during a build, 99th percentile"),
    ),
    measure=measure,
)
