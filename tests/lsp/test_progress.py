"""The display of one job: begun when the token is taken, at most ten reports a second, one end."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import attrs

from workers_ai_ls.lsp.progress import WorkDoneProgress


@attrs.define
class Line:
    """The other end: takes the token when the test says so."""

    taken: asyncio.Future[None] = attrs.field(
        factory=lambda: asyncio.get_running_loop().create_future()
    )
    sent: list[Any] = attrs.field(factory=list)

    def send_request_async(self, method: str, params: Any) -> asyncio.Future[None]:
        assert method == "window/workDoneProgress/create"
        assert params.token == "t"
        return self.taken

    def notify(self, method: str, params: Any) -> None:
        assert method == "$/progress"
        self.sent.append(params.value)

    @property
    def kinds(self) -> list[str]:
        return [each.kind for each in self.sent]


def shown(line: Line) -> WorkDoneProgress:
    return WorkDoneProgress(line, "t", "AI: Explain")  # type: ignore[arg-type] # it is asked no more


async def begun(line: Line) -> WorkDoneProgress:
    progress = shown(line)
    line.taken.set_result(None)
    for _ in range(10):
        await asyncio.sleep(0)
    assert line.sent
    return progress


async def test_it_can_be_cancelled_and_has_no_percentage() -> None:
    line = Line()
    await begun(line)
    (begin,) = line.sent
    assert (begin.kind, begin.cancellable, begin.percentage) == ("begin", True, None)


async def test_of_many_reports_the_last_one_is_shown_within_a_tenth_of_a_second() -> None:
    line = Line()
    progress = await begun(line)
    started = time.monotonic()
    while time.monotonic() - started < 0.35:
        progress.report(f"{time.monotonic()}")
        await asyncio.sleep(0.001)
    progress.report("last")
    async with asyncio.timeout(5):
        while line.sent[-1].message != "last":  # noqa: ASYNC110 - it is a mere list
            await asyncio.sleep(0.01)
    assert 2 <= line.kinds.count("report") <= 6
    await progress.end("done")
    assert line.kinds[-1] == "end"


async def test_a_display_where_nothing_happens_says_every_second_for_how_long() -> None:
    line = Line()
    progress = await begun(line)
    progress.report("waiting")
    async with asyncio.timeout(5):
        while len(line.sent) < 4:  # noqa: ASYNC110 - it is a mere list
            await asyncio.sleep(0.01)
    assert [each.message for each in line.sent] == [
        None,
        "waiting",
        "waiting (1 s)",
        "waiting (2 s)",
    ]
    await progress.end("")
    assert (line.sent[-1].kind, line.sent[-1].message) == ("end", None)
    await asyncio.sleep(1.1)
    assert line.kinds.count("report") == 3


async def test_nothing_follows_the_end() -> None:
    line = Line()
    progress = await begun(line)
    progress.report("one")
    await asyncio.sleep(0)
    progress.report("two")
    await progress.end("done")
    progress.report("three")
    await asyncio.sleep(0.15)
    assert line.kinds[-1] == "end"
    assert line.kinds.count("end") == 1


async def test_a_job_that_ends_before_the_token_is_taken_is_shown_and_ended() -> None:
    line = Line()
    progress = shown(line)
    ending = asyncio.create_task(progress.end("failed"))
    await asyncio.sleep(0)
    assert not line.sent
    line.taken.set_result(None)
    await ending
    assert line.kinds == ["begin", "end"]


async def test_a_token_that_is_refused_is_never_used() -> None:
    line = Line()
    progress = shown(line)
    line.taken.set_exception(ValueError("no"))
    await asyncio.sleep(0)
    progress.report("one")
    await progress.end("done")
    assert not line.sent
