import asyncio

import pytest

from workers_ai_ls.workers_ai.patience import Patience


async def test_a_wait_that_is_over_in_time_gives_what_it_waited_for() -> None:
    patience = Patience()

    with patience.of(5):
        assert await asyncio.sleep(0, "here") == "here"
    patience.close()


async def test_a_wait_that_is_too_long_ends() -> None:
    patience = Patience()

    async with asyncio.timeout(5):
        with pytest.raises(TimeoutError), patience.of(0.01):
            await asyncio.Event().wait()

        assert asyncio.current_task().cancelling() == 0  # type: ignore[union-attr]


async def test_a_shorter_wait_does_not_wait_for_the_longer_one_before_it() -> None:
    patience = Patience()
    with patience.of(60):
        await asyncio.sleep(0)

    async with asyncio.timeout(5):
        with pytest.raises(TimeoutError), patience.of(0.01):
            await asyncio.Event().wait()


async def test_a_timer_that_rings_between_or_during_a_later_wait_ends_nothing() -> None:
    patience = Patience()
    with patience.of(0.01):
        await asyncio.sleep(0)
    await asyncio.sleep(0.03)  # It rings, and nobody waits.
    with patience.of(0.02):
        await asyncio.sleep(0)

    with patience.of(5):
        await asyncio.sleep(0.05)  # It rings, and this wait has time left.

    async with asyncio.timeout(5):
        with pytest.raises(TimeoutError), patience.of(0.01):
            await asyncio.Event().wait()


async def test_one_timer_serves_many_waits() -> None:
    patience, loop = Patience(), asyncio.get_running_loop()
    set_before = len(loop._scheduled)  # type: ignore[attr-defined]

    for _ in range(50):
        with patience.of(60):
            await asyncio.sleep(0)

    assert len(loop._scheduled) == set_before + 1  # type: ignore[attr-defined]
    patience.close()


async def test_whoever_cancels_the_task_cancels_it() -> None:
    patience = Patience()

    async def wait() -> None:
        with patience.of(60):
            await asyncio.Event().wait()

    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    patience.close()


async def test_a_cancellation_at_the_moment_of_the_limit_wins() -> None:
    patience = Patience()

    async def wait() -> None:
        with patience.of(60):
            await asyncio.Event().wait()

    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    patience._is_out = True  # The timer has rung, and the task has not run since.
    task.cancel()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    patience.close()


async def test_the_task_s_own_error_passes() -> None:
    patience = Patience()

    with pytest.raises(ValueError, match="mine"), patience.of(5):
        raise ValueError("mine")
    patience.close()
