"""Whether and when a failed request is sent again; only ever before its first text arrived.

All tries together take 20 s, as long as somebody watches "busy, trying again in 2 s". The first one
has the time limits of every request. Waiting leaves a later one a while of the 20 s, within which a
stream's response has to begin: refusals come at once, and so do the headers of what is accepted. Its
first token may then take as long as any. A response that is not streamed begins when the model is
through, so no sooner end is set to it.
"""

import random

from workers_ai_ls.workers_ai.errors import WireFailure

TRIES = 3
ALL_TRIES_S = 20.0
LAST_TRY_S = 2.0
"""What waiting leaves of the whole for the try that follows."""


def retry_delay(failure: WireFailure, *, sent: int, elapsed: float) -> float | None:
    """Return how many seconds to wait before sending again, `None` for giving up.

    `sent` counts the requests so far, `elapsed` the seconds since the first of them began. A
    `Retry-After` is waited for exactly, or not at all when it would pass the limit. Otherwise the
    wait is drawn from the whole of a range that doubles each time (full jitter), so that clients
    that failed together do not come back together.
    """
    if sent >= min(TRIES, failure.tries):
        return None
    left = ALL_TRIES_S - LAST_TRY_S - elapsed
    asked = failure.refusal.retry_after
    if asked is not None:
        return asked if asked <= left else None
    longest = min(failure.backoff * 2 ** (sent - 1), left)
    return random.uniform(0, longest) if longest > 0 else None  # noqa: S311 - spreads load, keeps no secret
