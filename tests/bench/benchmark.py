"""What a benchmark is: a name, the figures that it promises, and a function that measures them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping, Sequence
    from typing import Any, Protocol

    class Measure(Protocol):
        def __call__(self, *, short: bool) -> Coroutine[Any, Any, Result]:
            """Measure; the short form only shows that it can be done."""


class NotThere(Exception):  # noqa: N818 - a state of this machine, said to a person
    """What would be measured is not on this machine; str() is a sentence that says so."""


@attrs.frozen
class Figure:
    """One number that a benchmark promises, by the name that it keeps from run to run."""

    name: str
    meaning: str
    more_is_better: bool = False


@attrs.frozen
class Table:
    """What a person reads; cells are numbers in the unit that their column names."""

    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[float | None]]]
    """A name and its cells; None where there is nothing to say."""


@attrs.frozen
class Result:
    """What one run has found out."""

    figures: Mapping[str, float]
    tables: Sequence[Table]
    failures: Sequence[str] = ()
    """What went wrong, one line each, where the benchmark is made of cases that can."""


@attrs.frozen
class Benchmark:
    """One thing that must not be slow."""

    name: str
    summary: str
    figures: tuple[Figure, ...]
    measure: Measure
