"""Whether and when a failed request is sent again; only ever before its first text arrived."""

import random

from workers_ai_ls.workers_ai.errors import WireFailure

TRIES = 3
ALL_TRIES_S = 20.0


def retry_delay(failure: WireFailure, *, sent: int, elapsed: float) -> float | None:
    """Return how many seconds to wait before sending again, `None` for giving up.

    `sent` counts the requests so far, `elapsed` the seconds since the first of them began. A
    `Retry-After` is waited for exactly, or not at all when it would pass the limit. Otherwise the
    wait is drawn from the whole of a range that doubles each time (full jitter), so that clients
    that failed together do not come back together.
    """
    if sent >= min(TRIES, failure.tries):
        return None
    left = ALL_TRIES_S - elapsed
    asked = failure.refusal.retry_after
    if asked is not None:
        return asked if asked <= left else None
    longest = min(failure.backoff * 2 ** (sent - 1), left)
    return random.uniform(0, longest) if longest > 0 else None  # noqa: S311 - spreads load, keeps no secret
