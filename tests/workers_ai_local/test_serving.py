import asyncio

from starlette.types import Receive, Scope, Send

from workers_ai_local.serving import IdleWatch

SHORT = 0.02


async def receive() -> dict[str, object]:
    return {}


async def send(_: object) -> None:
    pass


async def test_time_counts_from_the_start_and_from_the_end_of_the_last_request() -> None:
    idle, proceed = asyncio.Event(), asyncio.Event()

    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        await proceed.wait()

    watch = IdleWatch(app, SHORT, idle.set)
    watch.start()
    requests = [asyncio.create_task(watch({}, receive, send)) for _ in range(2)]
    await asyncio.sleep(5 * SHORT)
    assert not idle.is_set()
    requests[0].cancel()
    await asyncio.sleep(5 * SHORT)
    assert not idle.is_set()
    proceed.set()
    await asyncio.wait_for(idle.wait(), 10)


async def test_without_any_request_it_is_idle_after_that_time() -> None:
    idle = asyncio.Event()
    IdleWatch(lambda *_: asyncio.sleep(0), SHORT, idle.set).start()
    await asyncio.wait_for(idle.wait(), 10)
