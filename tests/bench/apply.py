"""From the end of the stream to the edit in the editor."""

from __future__ import annotations

import asyncio
import functools
import itertools
import time
from typing import TYPE_CHECKING, Any

from tests.scripted_endpoint import DONE, Answer, ScriptedEndpoint, native_stream

from .benchmark import Benchmark, Figure, Result, Table
from .clicking import click, done
from .measuring import in_turns, median, percentile
from .sample_code import line_of, python_source
from .servers import OURS, started

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .bare_editor import BareEditor

_SIZES = {"200": 200, "2k": 2_000, "10k": 10_000}
_BODIES = ("return math.floor(x / 2)", "return math.ceil(x / 2)")
"""Answers in turns, so that each one changes the code."""


async def measure(*, short: bool) -> Result:
    """Let a process for each size refactor the same function again and again."""
    rounds, jobs = (1, 2) if short else (5, 12)
    sides: dict[str, Callable[[], Awaitable[list[float]]]] = {
        label: functools.partial(_edits, lines, jobs) for label, lines in _SIZES.items()
    }
    runs = await in_turns(sides, rounds)
    figures: dict[str, float] = {}
    rows: list[tuple[str, list[float | None]]] = []
    for label, lines in _SIZES.items():
        times = [each for run in runs[label] for each in run]
        p50, p99 = 1e3 * median(times), 1e3 * percentile(times, 0.99)
        figures |= {f"p50_ms_{label}": p50, f"p99_ms_{label}": p99}
        rows.append((f"{lines:,} lines", [p50, p99]))
    return Result(figures, [Table(("end of stream to edit, ms", "p50", "p99"), rows)])


async def _edits(lines: int, count: int) -> list[float]:
    text = python_source(lines)
    line = line_of(text, "    return math.ceil")
    name = text.splitlines()[line - 2].partition("(")[0].removeprefix("def ")
    times = []
    async with (
        ScriptedEndpoint(Answer()) as endpoint,
        started(OURS, endpoint.base_url) as (editor, root),
    ):
        editor.replies["workspace/applyEdit"] = {"applied": True}
        uri = f"{root}/shelves.py"
        editor.open(uri, text)
        for version, body in enumerate(itertools.islice(itertools.cycle(_BODIES), count), 1):
            gate = asyncio.Event()
            endpoint.script(_held(_answer(name, body), gate))
            await editor.result(click(editor, "refactor", uri, line))
            await endpoint.wait_for_requests(version)
            begun = time.perf_counter()
            gate.set()
            params = await editor.called("workspace/applyEdit")
            times.append(time.perf_counter() - begun)
            _take(editor, uri, version, params["edit"])
            await done(editor)
    # The first one also imports what no other does again.
    return times[1:]


def _answer(name: str, body: str) -> Answer:
    code = f"def {name}(x: float) -> float:\n    # Nobody sells a part of a thing.\n    {body}\n"
    return native_stream("```python\n", *code.splitlines(keepends=True), "```")


def _held(answer: Answer, gate: asyncio.Event) -> Answer:
    """Hold the last frame back until the gate opens."""
    parts: list[Any] = [part for part in answer.parts if part != DONE]
    return Answer((*parts, gate, DONE))


def _take(editor: BareEditor, uri: str, version: int, edit: dict[str, Any]) -> None:
    """Tell of an edit as taken: in one notification, its changes from the last to the first."""
    (document,) = edit["documentChanges"]
    changes = [
        {"range": each["range"], "text": each["newText"]} for each in reversed(document["edits"])
    ]
    params = {"textDocument": {"uri": uri, "version": version}, "contentChanges": changes}
    editor.notify("textDocument/didChange", params)


APPLY = Benchmark(
    name="apply",
    summary="end of the stream to the edit in the editor, by file size",
    figures=tuple(
        Figure(f"{kind}_ms_{label}", meaning)
        for label in _SIZES
        for kind, meaning in (("p50", "median, ms"), ("p99", "slowest hundredth, ms"))
    ),
    measure=measure,
)
