"""Other servers for AI actions, as far as they are installed, asked the same as ours."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tests.bench.benchmark import Benchmark, Figure, NotThere, Result, Table
from tests.bench.measuring import in_turns, median

from .ours import MINIMAL, OUR_SERVER
from .peer import FOLDERS
from .probe import probe
from .table import ADAPTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .probe import Probed

_ROUNDS = 5
_OURS = ("initialize_ms", "first_action_ms", "rss_mib", "cold_click_ms", "warm_click_ms", "landed")
"""Figures, as the columns of our own server."""

_Cells = list[float | None]


async def measure(*, short: bool) -> Result:
    """Start every server anew in each round."""
    found = [peer for peer in (adapter.found() for adapter in ADAPTERS) if peer is not None]
    names = {peer.name for peer in found}
    missing = [adapter for adapter in ADAPTERS if adapter.name not in names]
    if not found:
        wanted = "; ".join(f"`{each.install}`" for each in missing)
        raise NotThere(
            f"No peer is on PATH or in {FOLDERS}; these commands install them: {wanted}."
        )
    sides = {peer.name: functools.partial(probe, peer) for peer in (OUR_SERVER, MINIMAL, *found)}
    runs = await in_turns(sides, 1 if short else _ROUNDS)
    cells = {name: _cells(each) for name, each in runs.items()}
    rows: list[tuple[str, Sequence[float | None]]] = [*cells.items()]
    tables = [Table(_COLUMNS, rows)]
    if missing:
        commands: list[tuple[str, Sequence[float | None]]] = [
            (f"{each.name}: {each.install}", []) for each in missing
        ]
        tables.append(Table(("not installed",), commands))
    ours = cells[OUR_SERVER.name]
    figures = dict(zip(_OURS, ours, strict=True))
    for at, name in ((0, "initialize_over_fastest"), (2, "rss_over_lightest")):
        least = min(_number(cells[peer.name][at]) for peer in found)
        figures[name] = _number(ours[at]) / least
    figures["peers"] = float(len(found))
    return Result({name: _number(value) for name, value in figures.items()}, tables)


_COLUMNS = ("", "initialize ms", "action ms", "RSS MiB", "cold click ms", "warm", "landed")
"""From the spawn to the first two; from a click to its request; the share of edits that landed."""


def _cells(runs: Sequence[Probed]) -> _Cells:
    return [
        _median([run.initialized for run in runs], 1e3),
        _median([run.listed for run in runs], 1e3),
        _median([run.rss_mib for run in runs]),
        _median([run.cold for run in runs], 1e3),
        _median([run.warm for run in runs], 1e3),
        _median([run.landed for run in runs]),
    ]


def _median(values: Sequence[float | None], factor: float = 1) -> float | None:
    there = [value for value in values if value is not None]
    return factor * median(there) if there else None


def _number(value: float | None) -> float:
    if value is None:
        raise RuntimeError("our own server was not measured")
    return value


PEERS = Benchmark(
    name="peers",
    summary="other AI servers, where they are installed: start, memory, a click",
    figures=(
        Figure("initialize_ms", "ours: spawn to initialize answered"),
        Figure("first_action_ms", "ours: spawn to the first code action list"),
        Figure("rss_mib", "ours: memory in use then, MiB"),
        Figure("cold_click_ms", "ours: first click to its request on the wire"),
        Figure("warm_click_ms", "ours: second click to its request"),
        Figure("landed", "ours: share of the edits that came as wanted", more_is_better=True),
        Figure("initialize_over_fastest", "ours, over that of the fastest peer"),
        Figure("rss_over_lightest", "ours, over that of the lightest peer"),
        Figure("peers", "peers that were there", more_is_better=True),
    ),
    measure=measure,
)
