"""What the answers of a journal cost, summed by day, action and model."""

import sqlite3
import time
from typing import Final

import attrs

_DAY: Final = 24 * 60 * 60

_SUMS: Final = """
    SELECT date(time, 'unixepoch'), action, model, count(*),
        total(tokens_in), total(tokens_cached), total(tokens_out), total(neurons),
        sum(tokens_in IS NULL OR tokens_out IS NULL)
    FROM answers WHERE time >= ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


@attrs.frozen
class Sum:
    """What the answers of one action by one model came to on one day.

    `unmeasured` are those among them whose tokens are not all known: cancelled or failed ones, and
    those of an endpoint that does not tell. What is known of them is in the sums.
    """

    day: str
    """In UTC, as Cloudflare counts free neurons: `2026-11-22`."""
    action: str
    model: str
    answers: int = 0
    tokens_in: int = 0
    tokens_cached: int = 0
    """A part of `tokens_in`."""
    tokens_out: int = 0
    neurons: float = 0.0
    unmeasured: int = 0


def since(days: int, now: float) -> float:
    """When the first of so many days began in UTC, in seconds since 1970; the last one is today.

    >>> since(1, 86_400.0 * 3 + 5), since(2, 86_400.0 * 3 + 5)
    (259200.0, 172800.0)
    """
    return float((now // _DAY - days + 1) * _DAY)


def summed(connection: sqlite3.Connection, days: int) -> tuple[Sum, ...]:
    """Sum up the last so many days, oldest first."""
    rows = connection.execute(_SUMS, (since(days, time.time()),)).fetchall()
    return tuple(_sum(*row) for row in rows)


def _sum(day: str, action: str, model: str, answers: int, *figures: float) -> Sum:
    # `total` adds up numbers of any size, where `sum` fails beyond 64 bits.
    told_in, cached, out, neurons, unmeasured = figures
    return Sum(
        day, action, model, answers, int(told_in), int(cached), int(out), neurons, int(unmeasured)
    )
