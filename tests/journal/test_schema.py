import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.journal.filling import filled_file
from workers_ai_ls.journal import Entry, open_journal, schema


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal.sqlite3"


def test_servers_that_start_at_once_all_get_the_new_file(tmp_path: Path) -> None:
    # Each round is one chance to meet in the same statement; together they are enough.
    for attempt in range(5):
        file, start = tmp_path / f"{attempt}.sqlite3", threading.Barrier(6)

        def opened(file: Path = file, start: threading.Barrier = start) -> str:
            start.wait()
            with closing(open_journal(file)) as journal:
                journal.record(Entry())
                return journal.take_problem()

        with ThreadPoolExecutor(6) as pool:
            problems = [one.result() for one in [pool.submit(opened) for _ in range(6)]]
        assert problems == [""] * 6
        with closing(open_journal(file)) as journal:
            assert len(journal.entries()) == 6


class Meeting(sqlite3.Connection):
    """A connection that meets others on its way to the write-ahead log."""

    times = 0

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        if sql == "PRAGMA journal_mode = WAL" and self.times:
            self.times -= 1
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error
        return super().execute(sql, parameters)


def test_the_step_that_sqlite_does_not_wait_for_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "journal.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None, factory=Meeting)) as connection:
        connection.times = 3
        schema.prepare(connection)
        assert connection.times == 0
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        connection.times = 3
        monkeypatch.setattr(schema, "_WAL_PATIENCE", -1.0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            schema.prepare(connection)


def test_a_newer_versions_journal_is_left_alone(file: Path) -> None:
    filled_file(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    with closing(open_journal(file)) as journal:
        assert not journal.on_disk
        assert journal.take_problem().endswith(": update workers-ai-language-server.")
    assert list(file.parent.glob("*damaged*")) == []


def test_an_older_versions_journal_is_brought_up(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled_file(file)
    newer = [*schema.MIGRATIONS, ("ALTER TABLE answers ADD COLUMN mood TEXT",)]
    monkeypatch.setattr(schema, "MIGRATIONS", newer)
    with closing(open_journal(file)) as journal:
        assert journal.take_problem() == ""
        assert len(journal.entries(1000)) == 100
        journal.record(Entry())
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(newer),)
        assert connection.execute("SELECT count(*) FROM answers WHERE mood IS NULL").fetchone() == (
            101,
        )


def test_a_migration_that_fails_changes_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled_file(file)
    # The second statement fails on the entries, which are all alike.
    broken = (
        "ALTER TABLE answers ADD COLUMN mood TEXT",
        "CREATE UNIQUE INDEX one_of_a_kind ON answers (answer)",
    )
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", [*schema.MIGRATIONS, broken])
        with closing(open_journal(file)) as journal:
            assert not journal.on_disk
            assert "UNIQUE constraint failed" in journal.take_problem()
    with closing(sqlite3.connect(file)) as connection:
        assert "mood" not in str(connection.execute("PRAGMA table_info(answers)").fetchall())
    with closing(open_journal(file)) as journal:
        assert journal.on_disk
        assert len(journal.entries(1000)) == 100
