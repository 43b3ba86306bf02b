import pytest

from workers_ai_ls import workers_ai as w
from workers_ai_ls.workers_ai.retry import retry_delay


def failure(kind: type[w.WireFailure], retry_after: float | None = None) -> w.WireFailure:
    return kind(w.Refusal(model="@cf/a/b", host="h", status=429, retry_after=retry_after))


@pytest.mark.parametrize("kind", [w.NoCapacity, w.RateLimited, w.ServerError, w.Unreachable])
def test_what_may_pass_is_sent_three_times_at_most(kind: type[w.WireFailure]) -> None:
    assert retry_delay(failure(kind), sent=1, elapsed=0) is not None
    assert retry_delay(failure(kind), sent=2, elapsed=1) is not None
    assert retry_delay(failure(kind), sent=3, elapsed=2) is None


@pytest.mark.parametrize(
    "kind", [w.OutOfNeurons, w.ModelTimeout, w.BadToken, w.ModelWithdrawn, w.Stalled, w.Untrusted]
)
def test_what_stays_is_sent_once(kind: type[w.WireFailure]) -> None:
    assert retry_delay(failure(kind), sent=1, elapsed=0) is None


def test_an_abort_is_worth_one_more_try() -> None:
    assert retry_delay(failure(w.Aborted), sent=1, elapsed=0) is not None
    assert retry_delay(failure(w.Aborted), sent=2, elapsed=0) is None


def test_retry_after_is_waited_for_exactly_or_not_at_all() -> None:
    assert retry_delay(failure(w.NoCapacity, 7.0), sent=1, elapsed=0) == 7.0
    assert retry_delay(failure(w.NoCapacity, 18.0), sent=1, elapsed=0) == 18.0
    assert retry_delay(failure(w.NoCapacity, 18.1), sent=1, elapsed=0) is None
    assert retry_delay(failure(w.NoCapacity, 7.0), sent=2, elapsed=12) is None
    assert retry_delay(failure(w.NoCapacity, 60.0), sent=1, elapsed=0) is None
    assert retry_delay(failure(w.OutOfNeurons, 1.0), sent=1, elapsed=0) is None


def test_waits_are_drawn_from_a_range_that_doubles() -> None:
    def longest(sent: int, elapsed: float = 0) -> float:
        draws = [
            retry_delay(failure(w.ServerError), sent=sent, elapsed=elapsed) for _ in range(500)
        ]
        found = [draw for draw in draws if draw is not None]
        assert min(found) >= 0
        return max(found)

    assert 0.9 < longest(1) <= 1
    assert 1.8 < longest(2) <= 2
    assert longest(2, elapsed=17.5) <= 0.5


def test_after_twenty_seconds_nothing_is_sent_again() -> None:
    # The last two are for the try itself.
    assert retry_delay(failure(w.ServerError), sent=1, elapsed=18) is None
    assert retry_delay(failure(w.ServerError), sent=1, elapsed=20) is None
    assert retry_delay(failure(w.ServerError), sent=1, elapsed=90) is None
