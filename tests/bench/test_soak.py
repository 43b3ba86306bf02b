"""The soak sees what a server holds on to, and jobs that end otherwise than they were to."""

from __future__ import annotations

import asyncio
import ctypes
import platform
from typing import TYPE_CHECKING

import attrs
import pytest

from tests.bench.soak import Level, result
from tests.bench.soak_desk import Desk
from tests.bench.soak_errands import ERRANDS, replay_script, text_of
from tests.bench.soak_server import counts, heap_mib
from tests.bench.soak_work import Work

if TYPE_CHECKING:
    from tests.bench.bare_editor import BareEditor

LEVEL = Level(
    jobs=100,
    rss_mib=70,
    descriptors=16,
    tasks=2,
    threads=8,
    objects=1_000,
    blocks=9_000,
    heap_mib=20,
    journal_mib=1,
)


@attrs.define
class Listener:
    """An editor's pipe that nobody reads."""

    opened: list[str] = attrs.field(factory=list)

    def open(self, uri: str, _: str) -> None:
        self.opened.append(uri)


def worked() -> Work:
    editor: BareEditor = Listener()  # type: ignore[assignment] # all that it is asked for
    work = Work(Desk(editor), "file:///w")
    work.jobs, work.long.times = 200, [0.1] * 5 + [0.2] * 15
    return work


def test_growth_is_what_came_after_the_warming_up() -> None:
    last = attrs.evolve(
        LEVEL,
        rss_mib=75,
        descriptors=19,
        tasks=6,
        threads=9,
        objects=1_500,
        blocks=9_007,
        heap_mib=20.5,
    )
    figures = result(worked(), [LEVEL, attrs.evolve(LEVEL, rss_mib=90), last], 1.9, 10).figures
    assert figures == {
        "rss_growth_mib": 5,
        "object_growth": 500,
        "block_growth": 7,
        "heap_growth_mib": 0.5,
        "fd_growth": 3,
        "task_growth": 4,
        "thread_growth": 1,
        "journal_mib": 1.9,
        "jobs_per_second": 20,
        "last_over_first": 2,
        "astray": 0,
    }


def test_a_job_that_ends_otherwise_is_told_of() -> None:
    work = worked()
    work.check(["done", "failed"], ["failed", "done in 0.2 s, 9 tokens in"])
    assert work.astray == []
    work.check(["done", "cancelled"], ["failed", "done in 0.2 s"])
    assert result(work, [LEVEL, LEVEL], 1, 10).failures == work.astray
    assert "['done', 'failed'], not ['cancelled', 'done']" in work.astray[0]


async def test_counts_tell_of_tasks_and_descriptors_that_stay(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    before = counts()
    task = asyncio.create_task(asyncio.Event().wait())
    with (tmp_path_factory.mktemp("open") / "file").open("w"):
        after = counts()
    task.cancel()
    assert after["tasks"] - before["tasks"] == 1
    assert after["descriptors"] - before["descriptors"] == 1


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="Only the GNU C library tells")
def test_the_heap_is_what_is_held_without_the_allocators_reserve() -> None:
    before = heap_mib()
    held = ctypes.create_string_buffer(3 << 20)
    assert 3 <= heap_mib() - before < 4
    del held
    assert heap_mib() - before < 1


@pytest.mark.parametrize("errand", ERRANDS, ids=lambda each: each.name)
def test_each_errand_has_an_answer_of_its_own(errand: object) -> None:
    assert isinstance(errand, type(ERRANDS[0]))
    replies = replay_script("token")["replies"]
    fitting = [each for each in replies if each.get("when", "") in text_of(errand)]
    assert errand.reply.items() <= fitting[0].items()
