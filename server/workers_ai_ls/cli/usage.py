"""`workers-ai-ls usage`: what the answers in the journal cost."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from workers_ai_ls.journal import Sum

_DAYS = 30

_USD_PER_1000_NEURONS = 0.011
"""On the Workers Paid plan; of 2026-08-28, from Cloudflare's pricing page."""

_FIGURES = ("answers", "tokens_in", "tokens_cached", "tokens_out", "neurons", "unmeasured")
_TITLES = ("answers", "tokens in", "cached", "out", "neurons")


def usage(
    days: Annotated[
        int, typer.Option("--days", min=1, max=3650, help="How many days, with today.")
    ] = _DAYS,
    as_json: Annotated[bool, typer.Option("--json", help="Print the sums as JSON.")] = False,
) -> None:
    """Sum up tokens, neurons and dollars by day, action and model.

    From this machine's journal, which holds answers of all editors for 30 days unless the settings
    say otherwise. Days are UTC days, for so Cloudflare counts: 10,000 neurons a day are free, and
    dollars are what the neurons above that cost on the Workers Paid plan. What other machines use
    of the same account counts too, but is not known here; the dashboard shows it all.
    """
    from contextlib import closing

    from workers_ai_ls.journal import open_journal

    with closing(open_journal()) as journal:
        if problem := journal.take_problem():
            typer.echo(problem, err=True)
        sums = journal.sums(days)
    if as_json:
        _print_json(sums, days)
    else:
        _print_tables(sums, days)


def _print_tables(sums: Sequence[Sum], days: int) -> None:
    from .tables import console, table

    if not sums:
        when = "today" if days == 1 else f"the last {days} days"
        typer.echo(f"The journal has no answers of {when} (UTC).")
        return
    out = console()
    by_day = _by(sums, lambda one: one.day)
    rows = [[*_cells(each), _in_dollars(_dollars(each))] for each in by_day]
    whole = _total(sums)
    rows.append([*_cells({"name": "all", **whole}), _in_dollars(sum(map(_dollars, by_day)))])
    out.print(table(("day (UTC)", *_TITLES, "$ above the free ones"), rows, numbers=range(1, 7)))
    for title, key in _KEYS.items():
        out.print()
        rows = [_cells(each) for each in _by(sums, key)]
        out.print(table((title, *_TITLES), rows, numbers=range(1, 6)))
    if whole["unmeasured"]:
        out.print(
            f"\nOf {whole['unmeasured']:,} of these answers the cost is not known or not all of "
            "it: they were cancelled or failed, or their endpoint does not tell."
        )


def _print_json(sums: Sequence[Sum], days: int) -> None:
    import json

    from workers_ai_ls.workers_ai import FREE_NEURONS_PER_DAY

    by_day = [{**each, "usd_above_free": _dollars(each)} for each in _by(sums, lambda one: one.day)]
    data = {
        "days": days,
        "free_neurons_per_day": FREE_NEURONS_PER_DAY,
        "usd_per_1000_neurons": _USD_PER_1000_NEURONS,
        "total": {**_total(sums), "usd_above_free": sum(each["usd_above_free"] for each in by_day)},
        "by_day": _named(by_day, "day"),
        **{f"by_{title}": _named(_by(sums, key), title) for title, key in _KEYS.items()},
    }
    typer.echo(json.dumps(data, indent=2))


_KEYS: dict[str, Callable[[Sum], str]] = {
    "action": lambda one: one.action,
    "model": lambda one: one.model,
}


def _by(sums: Iterable[Sum], key: Callable[[Sum], str]) -> list[dict[str, Any]]:
    """The figures of all sums that have the same key, which is their `name`."""
    groups = itertools.groupby(sorted(sums, key=key), key)
    return [{"name": name, **_total(group)} for name, group in groups]


def _total(sums: Iterable[Sum]) -> dict[str, Any]:
    listed = list(sums)
    return {figure: sum(getattr(one, figure) for one in listed) for figure in _FIGURES}


def _named(rows: Iterable[dict[str, Any]], title: str) -> list[dict[str, Any]]:
    return [{title if key == "name" else key: value for key, value in row.items()} for row in rows]


def _dollars(day: dict[str, Any]) -> float:
    """What a day's neurons cost beyond the free ones, on the Workers Paid plan."""
    from workers_ai_ls.workers_ai import FREE_NEURONS_PER_DAY

    above = max(0.0, day["neurons"] - FREE_NEURONS_PER_DAY)
    return float(above / 1000 * _USD_PER_1000_NEURONS)


def _cells(row: dict[str, Any]) -> list[str]:
    counts = (row[figure] for figure in _FIGURES[:4])
    return [row["name"], *(f"{count:,}" for count in counts), f"{row['neurons']:,.1f}"]


def _in_dollars(dollars: float) -> str:
    return f"{dollars:,.2f}" if dollars else "0"
