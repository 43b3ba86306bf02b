"""How long an editor waits for the code action list: at rest, and right after a keystroke."""

from __future__ import annotations

import functools
import time
from typing import TYPE_CHECKING

from .bare_editor import code_action_params, wire
from .benchmark import Benchmark, Figure, Result, Table
from .following import did_change
from .measuring import in_turns, percentile, ratio
from .sample_code import line_of, python_source
from .servers import OURS, PYGLS, started
from .typist import session

if TYPE_CHECKING:
    from .bare_editor import BareEditor

_SIZES = {"2k": 2_000, "20k": 20_000}
_ROUNDS = 5

_Times = dict[str, list[float]]
"""Seconds for each list, by situation."""


async def measure(*, short: bool) -> Result:
    """Ask for many lists in each round, in both situations in turns."""
    rounds, lists = (1, 20) if short else (_ROUNDS, 200)
    figures: dict[str, float] = {}
    rows: list[tuple[str, list[float | None]]] = []
    for label, lines in _SIZES.items():
        sides = {name: functools.partial(_lists, name, lines, lists) for name in (OURS, PYGLS)}
        runs = await in_turns(sides, rounds)
        for situation in ("rest", "typing"):
            times = {name: [run[situation] for run in side] for name, side in runs.items()}
            flat = {name: [each for run in side for each in run] for name, side in times.items()}
            for name, samples in flat.items():
                cells = [1e3 * percentile(samples, share) for share in (0.5, 0.99)]
                rows.append((f"{name}, {lines:,} lines, {situation}", [*cells]))
            medians = [[percentile(run, 0.5) for run in times[name]] for name in (OURS, PYGLS)]
            figures |= {
                f"{situation}_p50_ms_{label}": 1e3 * percentile(flat[OURS], 0.5),
                f"{situation}_p99_ms_{label}": 1e3 * percentile(flat[OURS], 0.99),
                f"{situation}_over_pygls_{label}": ratio(*medians),
            }
    return Result(figures, [Table(("round trip, ms", "p50", "p99"), rows)])


async def _lists(name: str, lines: int, count: int) -> _Times:
    text = python_source(lines)
    line = line_of(text, "total = total")
    async with started(name) as (editor, root):
        uri = f"{root}/shelves.py"
        editor.open(uri, text)
        asked = code_action_params(uri, line, 8)
        await editor.ask("textDocument/codeAction", asked)
        times: _Times = {"rest": [], "typing": []}
        keys = session(text, places=1 + count // 60)
        for version, key in enumerate(keys[:count], 1):
            # One write, so that the server finds the request right behind the change.
            typed = wire(did_change(uri, version, key))
            times["typing"].append(await _list(editor, asked, after=typed))
            times["rest"].append(await _list(editor, asked))
    return times


async def _list(editor: BareEditor, asked: dict[str, object], after: bytes = b"") -> float:
    begun = time.perf_counter()
    if after:
        editor.send(after)
    actions = await editor.ask("textDocument/codeAction", asked)
    took = time.perf_counter() - begun
    if not actions:
        raise RuntimeError("nothing is offered, so the time means nothing")
    return took


_MEANINGS = {
    "p50_ms": "median, ms",
    "p99_ms": "slowest hundredth, ms",
    "over_pygls": "median, over minimal pygls",
}

LIST = Benchmark(
    name="list",
    summary="code action list at 2,000 and 20,000 lines, at rest and after a keystroke",
    figures=tuple(
        Figure(f"{situation}_{kind}_{label}", meaning)
        for label in _SIZES
        for situation in ("rest", "typing")
        for kind, meaning in _MEANINGS.items()
    ),
    measure=measure,
)
