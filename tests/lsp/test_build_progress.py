"""The display of an index that is built: for builds that take long, and it gives way to a job's."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from workers_ai_ls.lsp.build_progress import BuildProgress
from workers_ai_ls.workspace.index import Progress as Building

if TYPE_CHECKING:
    from collections.abc import Sequence


@attrs.define
class Desk:
    """A server as far as a display needs one; the editor takes every token."""

    running: bool = False
    work_done_progress: bool = True
    sent: list[Any] = attrs.field(factory=list)

    @property
    def protocol(self) -> Desk:
        return self

    @property
    def client(self) -> Desk:
        return self

    @property
    def board(self) -> Desk:
        return self

    def newest(self, states: Sequence[str]) -> bool:
        return self.running and list(states) == ["running"]

    def send_request_async(self, *_: object) -> asyncio.Future[None]:
        taken = asyncio.get_running_loop().create_future()
        taken.set_result(None)
        return taken

    def notify(self, _: str, params: Any) -> None:
        self.sent.append(params.value)

    @property
    def kinds(self) -> list[str]:
        return [each.kind for each in self.sent]


def build_on(desk: Desk) -> BuildProgress:
    return BuildProgress(desk, Path("shop"))  # type: ignore[arg-type] # it is asked no more


async def reported(progress: BuildProgress, done: int, seconds: float) -> None:
    progress.report(Building("building", done, 90, 90, seconds))
    for _ in range(10):
        await asyncio.sleep(0)


async def test_a_build_that_takes_long_is_shown() -> None:
    desk = Desk()
    progress = build_on(desk)
    await reported(progress, 10, 0.9)
    await reported(progress, 0, 1.1)
    await reported(progress, 90, 1.1)
    assert not desk.sent
    await reported(progress, 20, 1.1)
    assert [each.message for each in desk.sent] == ["20 of 90 files"]
    await progress.end()
    assert desk.kinds == ["begin", "end"]


async def test_a_job_ends_the_display_and_nothing_of_the_build_follows_the_jobs_end() -> None:
    desk = Desk()
    progress = build_on(desk)
    await reported(progress, 20, 1.1)
    desk.running = True
    await reported(progress, 30, 1.2)
    assert desk.kinds == ["begin", "end"]
    desk.running = False
    await reported(progress, 40, 1.3)
    await progress.end()
    assert desk.kinds == ["begin", "end"]


async def test_a_build_that_began_beside_a_job_is_never_shown() -> None:
    desk = Desk(running=True)
    progress = build_on(desk)
    await reported(progress, 10, 0.5)
    desk.running = False
    await reported(progress, 20, 1.5)
    await progress.end()
    assert not desk.sent
