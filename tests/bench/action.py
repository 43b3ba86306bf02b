"""From the click to the request on the wire: the first job of a process, and later ones."""

from __future__ import annotations

import functools
import time
from typing import TYPE_CHECKING

import attrs

from tests.scripted_endpoint import ScriptedEndpoint, native_stream

from .asking import with_bare_httpx
from .bare_editor import code_action_params, wire
from .benchmark import Benchmark, Figure, Result, Table
from .clicking import click, done
from .following import did_change
from .measuring import in_turns, median
from .sample_code import line_of, python_source
from .servers import OURS, started
from .typist import session

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_SIZES = {"200": 200, "2k": 2_000, "10k": 10_000}
_EXPLANATION = native_stream("It adds the prices.")


def _over_bare(label: str) -> str:
    """Name the figure; the one without a size is that of the largest file."""
    return "over_bare_request_ms" if label == "10k" else f"over_bare_request_ms_{label}"


@attrs.frozen
class Clicks:
    """Seconds from a click to its request. Before each warm one there was a keystroke."""

    cold: float
    warm: tuple[float, ...]
    bare: tuple[float, ...]
    """The same endpoint, asked by httpx from this process with a fixed prompt."""


async def measure(*, short: bool) -> Result:
    """Start a process for each size in each round, and click."""
    rounds, clicks = (1, 2) if short else (7, 10)
    sides: dict[str, Callable[[], Awaitable[Clicks]]] = {
        label: functools.partial(_clicks, lines, clicks) for label, lines in _SIZES.items()
    }
    runs = await in_turns(sides, rounds)
    rows: list[tuple[str, list[float | None]]] = []
    figures: dict[str, float] = {}
    for label, lines in _SIZES.items():
        cold = 1e3 * median([run.cold for run in runs[label]])
        warm = 1e3 * median([each for run in runs[label] for each in run.warm])
        bare = 1e3 * median([each for run in runs[label] for each in run.bare])
        figures |= {f"warm_ms_{label}": warm, f"cold_ms_{label}": cold}
        figures[_over_bare(label)] = warm - bare
        rows.append((f"{lines:,} lines", [cold, warm, bare]))
    table = Table(("click to request, ms", "cold", "warm", "bare httpx"), rows)
    return Result(figures, [table])


async def _clicks(lines: int, count: int) -> Clicks:
    text = python_source(lines)
    line = line_of(text, "total = total", 0.9)
    async with (
        ScriptedEndpoint(_EXPLANATION) as endpoint,
        started(OURS, endpoint.base_url) as (editor, root),
    ):
        uri = f"{root}/shelves.py"
        editor.open(uri, text)
        times = []
        for version, key in enumerate(session(text, places=1)[: count + 1], 1):
            # As editors do: the list is asked for after the keystroke, the click comes later.
            await editor.ask("textDocument/codeAction", code_action_params(uri, line, 8))
            begun = time.monotonic()  # The clock of the endpoint's event loop.
            await editor.result(click(editor, "explain", uri, line))
            await done(editor)
            times.append(endpoint.requests[-1].at - begun)
            editor.send(wire(did_change(uri, version, key)))
        bare = []
        async with with_bare_httpx(endpoint.base_url) as ask:
            for _ in range(count + 1):
                begun = time.monotonic()
                await ask()
                bare.append(endpoint.requests[-1].at - begun)
    return Clicks(times[0], tuple(times[1:]), tuple(bare[1:]))


ACTION = Benchmark(
    name="action",
    summary="click to request on the wire, first job and later ones, by file size",
    figures=tuple(
        Figure(name, meaning)
        for label in _SIZES
        for name, meaning in (
            (f"warm_ms_{label}", "click to request, ms; a keystroke before each"),
            (f"cold_ms_{label}", "the same, first job of the process"),
            (_over_bare(label), "warm, less what a bare httpx request takes"),
        )
    ),
    measure=measure,
)
