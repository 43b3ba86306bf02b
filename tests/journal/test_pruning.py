import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from workers_ai_ls.journal import Entry, Journal, open_journal

DAY = 86_400


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(tmp_path / "journal.sqlite3", keep_prompts=True)
    yield opened
    opened.close()


def fill(journal: Journal, count: int, size: int) -> list[int]:
    return [journal.record(Entry(answer="x" * size, outcome="shown")) for _ in range(count)]


def size_on_disk(journal: Journal) -> int:
    return sum(path.stat().st_size for path in journal.path.parent.iterdir())


def test_what_is_older_leaves_and_what_is_not_stays(journal: Journal) -> None:
    now = time.time()
    ages = (40, 30.01, 29.99, 1, 0)
    for age in ages:
        journal.record(Entry(time=now - age * DAY, detail=str(age)))
    assert journal.prune(30, 50) == 2
    assert [entry.detail for entry in journal.entries()] == ["0", "1", "29.99"]
    assert journal.prune(30, 50) == 0


@pytest.mark.parametrize(("count", "size"), [(40, 100_000), (6_000, 500)])
def test_the_oldest_leave_until_the_file_fits(journal: Journal, count: int, size: int) -> None:
    numbers = fill(journal, count, size)
    deleted = journal.prune(30, 2)
    left = sorted(entry.id for entry in journal.entries(count))
    assert len(left) == count - deleted
    assert left == numbers[deleted:]
    # It makes room, but not much more than it has to.
    assert 1_500_000 < journal.path.stat().st_size <= 2_000_000
    journal.close()
    assert size_on_disk(journal) <= 2_000_000


def test_the_size_stays_bounded_for_ever(journal: Journal) -> None:
    sizes = []
    for _ in range(20):
        fill(journal, 10, 50_000)
        journal.prune(30, 1)
        sizes.append(size_on_disk(journal))
    assert max(sizes) < 4_000_000


def test_a_journal_that_stays_open_is_pruned_now_and_then(journal: Journal) -> None:
    journal.prune(30, 1)
    sizes = []
    for _ in range(200):
        fill(journal, 1, 50_000)
        sizes.append(size_on_disk(journal))
    # Between two times it may grow by 64 answers, here 3.2 MB, as may what is yet to be written back.
    assert max(sizes) < 10_000_000
    assert journal.entries(1)[0].outcome == "shown"


def test_one_that_was_never_pruned_has_no_bounds_yet(journal: Journal) -> None:
    old = journal.record(Entry(time=0.0, outcome="shown"))
    fill(journal, 130, 10)
    assert journal.entry(old) is not None


def test_an_answer_that_is_being_written_leaves_last(journal: Journal) -> None:
    running = journal.record(Entry(answer="partial", outcome="running"))
    fill(journal, 30, 100_000)
    assert journal.prune(30, 1) > 0
    assert journal.entry(running) is not None


def test_one_answer_beyond_the_bound_leaves_and_pruning_ends(journal: Journal) -> None:
    journal.record(Entry(answer="x" * 3_000_000))
    assert journal.prune(30, 1) == 1
    assert journal.prune(30, 1) == 0


def test_prompts_count_too(journal: Journal) -> None:
    for _ in range(40):
        journal.record(Entry(prompt="x" * 100_000))
    assert journal.prune(30, 2) > 15


def test_a_reader_elsewhere_is_not_waited_for(journal: Journal) -> None:
    fill(journal, 40, 100_000)
    with closing(open_journal(journal.path)) as reader:
        reading = reader._connection.execute("SELECT * FROM answers")
        reading.fetchone()
        journal._connection.execute("PRAGMA busy_timeout = 60000")
        begun = time.monotonic()
        assert journal.prune(30, 1) > 0
        # Far more than it takes on a busy machine, far less than waiting would.
        assert time.monotonic() - begun < 30
        assert len(reading.fetchall()) == 39
