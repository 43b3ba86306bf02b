"""What a keystroke costs: in the document alone, over the protocol, and in memory for good."""

from __future__ import annotations

import functools
from itertools import chain, cycle, islice
from typing import TYPE_CHECKING

from .bare_editor import code_action_params, wire
from .benchmark import Benchmark, Figure, Result, Table
from .following import (
    did_change,
    document,
    over_protocol,
    pygls_document,
    pygls_over_protocol,
)
from .machine import rss_mib
from .measuring import in_turns, median, percentile
from .sample_code import python_source
from .servers import OURS, PYGLS, started
from .typist import session

if TYPE_CHECKING:
    from .following import Times

_SIZES = (1_000, 10_000, 100_000)
_NOTIFICATIONS = 80_000
_AT_ONCE = 100
"""Notifications in the pipe before the editor looks whether it takes more."""

_Runs = dict[str, list["Times"]]
"""By side, the times of each round."""


async def measure(*, short: bool) -> Result:
    """Let both sides follow the same session, at each size."""
    rounds, places = (1, 1) if short else (3, 2)
    alone: dict[int, _Runs] = {}
    protocol: dict[int, _Runs] = {}
    for lines in _SIZES:
        text = python_source(lines)
        keys = session(text, places)
        with_both = {OURS: document, PYGLS: pygls_document}
        alone[lines] = await in_turns(
            {name: functools.partial(side, text, keys) for name, side in with_both.items()}, rounds
        )
        with_both = {OURS: over_protocol, PYGLS: pygls_over_protocol}
        protocol[lines] = await in_turns(
            {name: functools.partial(side, text, keys) for name, side in with_both.items()}, rounds
        )
    count = 2_000 if short else _NOTIFICATIONS
    growth = {name: await _growth(name, count) for name in (OURS, PYGLS)}
    small, middle, large = _SIZES
    return Result(
        figures={
            "over_pygls_100k": _typical(alone[large][OURS]) / _typical(alone[large][PYGLS]),
            "growth_1k_to_100k": _typical(alone[large][OURS]) / _typical(alone[small][OURS]),
            "rss_growth_mib": growth[OURS],
            "did_change_over_pygls_100k": (
                _typical(protocol[large][OURS]) / _typical(protocol[large][PYGLS])
            ),
            "did_change_growth_1k_to_100k": (
                _typical(protocol[large][OURS]) / _typical(protocol[small][OURS])
            ),
            "did_change_p99_ms_10k": _p99_ms(protocol[middle][OURS]),
        },
        tables=[
            _table("document alone, ms", alone),
            _table("didChange from its bytes, ms", protocol),
            Table(
                (f"after {count:,} notifications", "RSS growth MiB"),
                [(name, [mib]) for name, mib in growth.items()],
            ),
        ],
    )


async def _growth(name: str, count: int) -> float:
    """Let a server process follow so many notifications; by how many MiB has it grown then?"""
    text = python_source(_SIZES[0])
    keys = session(text)
    warming = len(keys) * max(1, count // 20 // len(keys))
    async with started(name) as (editor, root):
        uri = f"{root}/shelves.py"
        editor.open(uri, text)
        messages = (wire(did_change(uri, at, key)) for at, key in enumerate(cycle(keys), 1))
        levels = []
        # What the first ones take (caches, the allocator's reserve) is no growth.
        for amount in (warming, count):
            for _ in range(amount // _AT_ONCE + 1):
                editor.send(b"".join(islice(messages, _AT_ONCE)))
                await editor.drain()
            await editor.ask("textDocument/codeAction", code_action_params(uri, 9, 4))
            levels.append(rss_mib(editor.pid))
    return levels[1] - levels[0]


def _table(head: str, runs: dict[int, _Runs]) -> Table:
    rows = [
        (f"{name}, {lines:,} lines", [1e3 * median(_flat(side)), _p99_ms(side)])
        for lines, sides in runs.items()
        for name, side in sides.items()
    ]
    return Table((head, "p50", "p99"), rows)


def _typical(times: list[Times]) -> float:
    """Seconds for the session, of each notification the median over the rounds.

    A session takes our document less than a slice of the scheduler, so that in a plain sum the one
    notification during which somebody else ran outweighs all others.
    """
    return sum(map(median, zip(*times, strict=True)))


def _flat(times: list[Times]) -> list[float]:
    return list(chain.from_iterable(times))


def _p99_ms(times: list[Times]) -> float:
    return 1e3 * percentile(_flat(times), 0.99)


TYPING = Benchmark(
    name="typing",
    summary="recorded-like sessions at 1,000 to 100,000 lines, against pygls's document",
    figures=(
        Figure("over_pygls_100k", "a session at 100,000 lines, over pygls's document"),
        Figure("growth_1k_to_100k", "at 100,000 lines, over at 1,000"),
        Figure("rss_growth_mib", "what 80,000 notifications leave behind, MiB"),
        Figure("did_change_over_pygls_100k", "didChange from its bytes on, over pygls"),
        Figure("did_change_growth_1k_to_100k", "didChange at 100,000 lines, over at 1,000"),
        Figure("did_change_p99_ms_10k", "slowest hundredth of didChanges, ms"),
    ),
    measure=measure,
)
