"""Fair timing: sides take turns within one run, each turn begins without garbage, medians count."""

from __future__ import annotations

import gc
import statistics
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

T = TypeVar("T")


async def in_turns(
    sides: Mapping[str, Callable[[], Awaitable[T]]], rounds: int
) -> dict[str, list[T]]:
    """Run every side once in each round, and each round begin with another side.

    A machine that becomes slower (it warms up, somebody else works on it) then does so for all. What
    exists beforehand is hidden from the garbage collector, which stays on as in real life: each
    side pays for the garbage that it makes itself, and for nothing else.
    """
    names = list(sides)
    results: dict[str, list[T]] = {name: [] for name in names}
    gc.collect()
    gc.freeze()
    try:
        for turn in range(rounds):
            first = turn % len(names)
            for name in names[first:] + names[:first]:
                gc.collect()
                results[name].append(await sides[name]())
    finally:
        gc.unfreeze()
    return results


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Give the median of the ratios within each round.

    >>> ratio([1.0, 2.0, 9.0], [2.0, 4.0, 3.0])
    0.5
    """
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def percentile(samples: Sequence[float], share: float) -> float:
    """Give the sample below which `share` of all lie, without interpolation.

    >>> percentile([5.0, 1.0, 3.0], 0.5), percentile([5.0, 1.0, 3.0], 0.99)
    (3.0, 5.0)
    """
    ordered = sorted(samples)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def median(samples: Sequence[float]) -> float:
    """Give the median."""
    return statistics.median(samples)
