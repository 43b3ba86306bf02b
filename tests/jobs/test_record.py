"""The journal's writes of one job come in their order, and none is lost to a cancellation."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import attrs

from tests.jobs.bare_editor import opened
from workers_ai_ls.actions.refactor import REFACTOR
from workers_ai_ls.context import Prompt, Turn
from workers_ai_ls.jobs import Job
from workers_ai_ls.jobs.answer import Answer
from workers_ai_ls.jobs.record import Record
from workers_ai_ls.journal import open_journal
from workers_ai_ls.workers_ai import model

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from workers_ai_ls.journal import Entry, Journal


@attrs.define
class SlowJournal:
    """A journal whose next write waits for the test; those after it do not."""

    journal: Journal
    gate: threading.Event = attrs.field(factory=threading.Event)
    entered: threading.Event = attrs.field(factory=threading.Event)
    left: threading.Event = attrs.field(factory=threading.Event)

    def record(self, entry: Entry) -> int:
        self._wait()
        return self.journal.record(entry)

    def update(self, number: int, **changes: Any) -> None:
        first = self._wait()
        self.journal.update(number, **changes)
        if first:
            self.left.set()

    def _wait(self) -> bool:
        first = not self.entered.is_set()
        self.entered.set()
        if first:
            assert self.gate.wait(5)
        return first


def begun(journal: object) -> tuple[Job, Record, Answer]:
    document = opened("def half(x):\n    return x / 2\n")
    job = Job(REFACTOR, document, document.track(0, 10), original="def half(x")
    answer = Answer(Prompt((Turn("user", "?"),), 100), model("@cf/qwen/qwen2.5-coder-32b-instruct"))

    async def opening() -> Any:
        return journal

    return job, Record(job, opening), answer


async def cancelled_during(
    journal: SlowJournal, job: Job, record: Record, work: Callable[[], Awaitable[None]]
) -> None:
    """Cancel a job while `work` writes, then end it as `running` does."""

    async def course() -> None:
        try:
            await work()
        except asyncio.CancelledError:
            await record.end("cancelled")

    task = asyncio.create_task(course())
    assert await asyncio.to_thread(journal.entered.wait, 5)
    task.cancel()
    # Time in which a second write would overtake the one that waits.
    await asyncio.sleep(0.1)
    journal.gate.set()
    async with asyncio.timeout(5):
        await task
    assert job.entry is not None


async def test_a_row_that_was_being_made_is_ended_all_the_same(tmp_path: Path) -> None:
    disk = open_journal(tmp_path / "journal.sqlite3")
    slow = SlowJournal(disk)
    job, record, answer = begun(slow)
    answer.text = job.answer = "```"
    await cancelled_during(slow, job, record, lambda: record.grow(answer))

    (row,) = disk.entries()
    assert (row.outcome, row.answer) == ("cancelled", "```")
    disk.close()


async def test_an_earlier_write_does_not_overtake_the_last(tmp_path: Path) -> None:
    disk = open_journal(tmp_path / "journal.sqlite3")
    slow = SlowJournal(disk)
    job, record, answer = begun(slow)
    slow.gate.set()
    answer.text = job.answer = "one"
    await record.grow(answer)
    record._stop()
    slow.gate.clear()
    slow.entered.clear()
    answer.text = "one two"
    job.answer = "one two three"
    await cancelled_during(slow, job, record, lambda: record.complete(answer))

    (row,) = disk.entries()
    assert (row.outcome, row.answer) == ("cancelled", "one two three")
    disk.close()


async def test_the_beginning_that_is_being_saved_does_not_overtake_the_whole(
    tmp_path: Path,
) -> None:
    disk = open_journal(tmp_path / "journal.sqlite3")
    slow = SlowJournal(disk)
    _, record, answer = begun(slow)
    slow.gate.set()
    answer.text = "one"
    await record.grow(answer)
    slow.gate.clear()
    slow.entered.clear()
    assert await asyncio.to_thread(slow.entered.wait, 5)
    answer.text = "one two"
    ending = asyncio.create_task(record.complete(answer))
    await asyncio.sleep(0.1)
    slow.gate.set()
    async with asyncio.timeout(5):
        await ending
    assert await asyncio.to_thread(slow.left.wait, 5)

    assert [row.answer for row in disk.entries()] == ["one two"]
    disk.close()


async def test_the_rest_is_saved_though_nothing_more_comes(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "journal.sqlite3")
    _, record, answer = begun(journal)
    for text in ("one", "one two"):
        answer.text = text
        await record.grow(answer)
    async with asyncio.timeout(5):
        while journal.entries()[0].answer != "one two":  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.05)
    record._stop()
    journal.close()


async def test_what_comes_during_a_write_is_saved_though_nothing_more_comes(
    tmp_path: Path,
) -> None:
    disk = open_journal(tmp_path / "journal.sqlite3")
    slow = SlowJournal(disk)
    _, record, answer = begun(slow)
    slow.gate.set()
    answer.text = "one"
    await record.grow(answer)
    slow.gate.clear()
    slow.entered.clear()
    assert await asyncio.to_thread(slow.entered.wait, 5)
    answer.text = "one two"
    await record.grow(answer)
    slow.gate.set()
    async with asyncio.timeout(5):
        while disk.entries()[0].answer != "one two":  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.05)
    record._stop()
    disk.close()


async def test_an_answer_without_text_has_a_row_only_once_it_is_complete(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "journal.sqlite3")
    _, record, answer = begun(journal)
    await record.grow(answer)
    await record.end("failed")
    assert not journal.entries()
    await record.complete(answer)
    await record.end("refused", "empty")
    assert [row.outcome for row in journal.entries()] == ["refused"]
    journal.close()
