"""What a run is shown as on a terminal, kept as in a file, and compared with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table as RichTable

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from .benchmark import Benchmark, Result, Table

TOLERATED = 1.1
"""What is worse by more than a tenth is a regression; less is weather."""


def show(console: Console, benchmark: Benchmark, result: Result) -> None:
    """Print the tables, and below them the figures with their meaning."""
    for each in result.tables:
        console.print(_drawn(each))
    table = _table(("figure", "", "meaning"))
    for figure in benchmark.figures:
        table.add_row(figure.name, _number(result.figures[figure.name]), figure.meaning)
    console.print(table)


def save(path: Path, benchmark: Benchmark, result: Result, machine: dict[str, object]) -> None:
    """Write the file that `--compare` reads."""
    kept = {"bench": benchmark.name, "figures": dict(result.figures), "machine": machine}
    path.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def compare(
    console: Console,
    benchmark: Benchmark,
    result: Result,
    machine: dict[str, object],
    old: dict[str, Any],
) -> None:
    """Print each figure over its old value, and mark what has become worse."""
    told = old["machine"]
    different = [key for key in machine if key != "load" and told.get(key) != machine[key]]
    if different:
        console.print(f"Not the same conditions ({', '.join(different)}): only ratios compare.")
    table = _table(("figure", "old", "new", "new / old", ""))
    for figure in benchmark.figures:
        before, now = old["figures"].get(figure.name), result.figures[figure.name]
        share = change(before, now)
        worse = is_worse(share, more_is_better=figure.more_is_better)
        cells = (_number(before), _number(now), _number(share))
        table.add_row(figure.name, *cells, "REGRESSION" if worse else "")
    console.print(table)


def change(before: float | None, now: float) -> float | None:
    """Give the new value over the old one; None where that says nothing.

    >>> change(2.0, 3.0), change(0.0, 3.0), change(None, 3.0)
    (1.5, None, None)
    """
    return None if before is None or before <= 0 or now < 0 else now / before


def is_worse(share: float | None, *, more_is_better: bool) -> bool:
    """Tell whether a figure has become worse by more than what is tolerated."""
    if share is None:
        return False
    return share < 1 / TOLERATED if more_is_better else share > TOLERATED


def _drawn(given: Table) -> RichTable:
    table = _table(given.columns)
    for name, cells in given.rows:
        table.add_row(name, *map(_number, cells))
    return table


def _table(columns: Any) -> RichTable:
    table = RichTable(box=box.SIMPLE_HEAD)
    for at, column in enumerate(columns):
        words = column in ("", "meaning") or at == 0
        table.add_column(column, justify="left" if words else "right", overflow="fold")
    return table


def _number(value: float | None) -> str:
    """Three digits that count.

    >>> _number(0.00123), _number(12.34), _number(1234.5), _number(None)
    ('0.00123', '12.3', '1,234', '')
    """
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
