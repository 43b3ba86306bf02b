"""SQLite's own errors, raised by real limits on the connection."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from workers_ai_ls.journal import Entry, Journal, open_journal


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(tmp_path / "journal.sqlite3")
    yield opened
    opened.close()


def make_read_only(journal: Journal) -> str:
    journal._connection.execute("PRAGMA query_only = 1")
    return "attempt to write a readonly database"


def fill_the_disk(journal: Journal) -> str:
    (pages,) = journal._connection.execute("PRAGMA page_count").fetchone()
    journal._connection.execute(f"PRAGMA max_page_count = {pages}").fetchone()
    return "database or disk is full"


failing = pytest.mark.parametrize("fail", [make_read_only, fill_the_disk])
LONG = "x" * 100_000


@failing
def test_a_job_goes_on_in_memory_with_the_same_id(
    journal: Journal, fail: Callable[[Journal], str]
) -> None:
    journal.record(Entry(time=0.0))
    earlier = journal.record(Entry(detail="earlier", answer="E"))
    journal.prune(1, 1)  # A gap in the ids, as in any journal of some age.
    number = journal.record(Entry(detail="running", answer="A"))
    reason = fail(journal)
    journal.append(number, LONG)
    journal.update(number, outcome="held")
    found = journal.entry(number)
    assert found is not None
    assert (found.detail, found.answer, found.outcome) == ("running", "A" + LONG, "held")
    assert [entry.id for entry in journal.entries()] == [number, earlier]
    assert journal.record(Entry()) > number
    assert journal.take_problem() == (
        f"The journal {journal.path} cannot be used ({reason}), so answers are kept only until the "
        "server ends: free or repair that place."
    )
    assert journal.take_problem() == ""


@failing
def test_what_was_on_disk_stays_there(journal: Journal, fail: Callable[[Journal], str]) -> None:
    journal.record(Entry(detail="earlier"))
    fail(journal)
    journal.record(Entry(answer=LONG))
    with closing(open_journal(journal.path)) as again:
        assert [entry.detail for entry in again.entries()] == ["earlier"]


def test_a_disk_that_gives_nothing_back_loses_only_what_it_had(journal: Journal) -> None:
    journal.record(Entry())
    number = journal.record(Entry(detail="lost", answer="A"))
    journal._connection.execute("DROP TABLE answers")
    journal.append(number, "B")
    journal.update(number, outcome="shown")
    found = journal.entry(number)
    assert found is not None
    assert (found.answer, found.outcome, found.detail) == ("B", "shown", "")


def test_reading_survives_too(journal: Journal) -> None:
    journal._connection.execute("DROP TABLE answers")
    assert journal.last() is None
    assert "no such table" in journal.take_problem()


def test_housekeeping_on_a_read_only_disk_is_left_for_later(journal: Journal) -> None:
    journal.record(Entry(time=0.0))
    make_read_only(journal)
    assert journal.prune(1, 1) == 0
    assert journal.on_disk
    assert journal.take_problem() == ""
