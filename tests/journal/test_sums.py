import math
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from workers_ai_ls.journal import Entry, Journal, Sum, open_journal

DAY = 86_400.0
NOW = time.time()
TODAY, YESTERDAY = (time.strftime("%Y-%m-%d", time.gmtime(NOW - ago)) for ago in (0, DAY))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(tmp_path / "journal.sqlite3")
    yield opened
    opened.close()


def test_answers_are_summed_by_day_action_and_model(journal: Journal) -> None:
    for ago, action, tokens, neurons in (
        (0, "explain", 10, 1.5),
        (0, "explain", 20, 2.5),
        (0, "refactor", 30, 3.0),
        (DAY, "explain", 40, 4.0),
    ):
        journal.record(
            Entry(
                time=NOW - ago, action=action, model="m", tokens_in=tokens, tokens_cached=tokens // 2,
                tokens_out=1, neurons=neurons,
            )
        )  # fmt: skip
    assert journal.sums(2) == (
        Sum(YESTERDAY, "explain", "m", 1, 40, 20, 1, 4.0),
        Sum(TODAY, "explain", "m", 2, 30, 15, 2, 4.0),
        Sum(TODAY, "refactor", "m", 1, 30, 15, 1, 3.0),
    )
    assert [one.day for one in journal.sums(1)] == [TODAY, TODAY]


def test_what_is_known_of_a_broken_answer_counts(journal: Journal) -> None:
    journal.record(Entry(time=NOW, outcome="cancelled", tokens_out=7))
    journal.record(Entry(time=NOW, outcome="failed"))
    journal.record(Entry(time=NOW, outcome="shown", tokens_in=5, tokens_out=3))
    (one,) = journal.sums(1)
    assert (one.answers, one.tokens_in, one.tokens_out, one.unmeasured) == (3, 5, 10, 2)


def test_figures_beyond_all_bounds_do_no_harm(journal: Journal) -> None:
    for _ in range(2):
        journal.record(Entry(time=NOW, tokens_in=2**63 - 1, tokens_out=0, neurons=math.nan))
    (one,) = journal.sums(1)
    assert one.tokens_in == 2**64
    assert one.neurons == 0.0


def test_a_journal_of_the_first_version_has_sums_too(tmp_path: Path) -> None:
    # Written by the migrations, so that it stays what the first version wrote.
    import sqlite3
    from contextlib import closing

    from workers_ai_ls.journal import schema

    file = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        for statement in schema.MIGRATIONS[0]:
            connection.execute(statement)
        connection.execute(
            "INSERT INTO answers (time, uri, action, model, prompt_hash, answer, outcome, detail,"
            " first_line, last_line, original_hash, tokens_in, tokens_out, finish_reason)"
            " VALUES (?, 'u', 'explain', 'm', '', 'a', 'shown', '', 1, 1, '', 9, 4, 'stop')",
            (NOW,),
        )
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    with closing(open_journal(file)) as journal:
        assert journal.take_problem() == ""
        assert [(one.tokens_in, one.tokens_out) for one in journal.sums(1)] == [(9, 4)]
        (entry,) = journal.entries()
        assert (entry.gateway_cache, entry.gateway_log) == ("", "")
        journal.update(entry.id, gateway_cache="HIT", gateway_log="01J")
        (entry,) = journal.entries()
        assert (entry.gateway_cache, entry.gateway_log) == ("HIT", "01J")
