"""An entry that is being written, and one whose server has gone."""

import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from workers_ai_ls.journal import Entry, open_journal, presence

SERVER = """
import sys
from pathlib import Path
from workers_ai_ls.journal import Entry, open_journal

journal = open_journal(Path(sys.argv[1]))
print(journal.record(Entry(uri="file:///x.py", answer="def ")), flush=True)
sys.stdin.readline()
journal.close()
"""
DAY = 86_400.0


def begun(file: Path) -> subprocess.Popen[str]:
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout
    assert server.stdout.readline() == "1\n"
    return server


def locks(file: Path) -> list[Path]:
    return list(file.parent.glob("*.lock"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


@pytest.mark.parametrize("ends", ["killed", "in order"])
def test_an_answer_runs_as_long_as_its_server_lives(file: Path, ends: str) -> None:
    with begun(file) as server, closing(open_journal(file)) as journal:
        (entry,) = journal.entries()
        assert (entry.outcome, entry.answer) == ("running", "def ")
        if ends == "killed":
            server.kill()
        server.communicate("end\n", timeout=60)

        for found in (journal.entry(1), journal.last(), journal.last("file:///x.py")):
            assert found is not None
            assert (found.outcome, found.answer) == ("interrupted", "def ")
        assert len(locks(file)) == (ends == "killed")


def test_the_journal_itself_goes_on_saying_running(file: Path) -> None:
    """So a server that was wrongly taken for gone still has the last word."""
    with closing(open_journal(file)) as first:
        number = first.record(Entry(answer="def "))
    with closing(open_journal(file)) as second:
        assert second.entries()[0].outcome == "interrupted"
        ((outcome,),) = second._connection.execute("SELECT outcome FROM answers").fetchall()
        assert outcome == "running"
        second.update(number, outcome="applied")
        assert second.entries()[0].outcome == "applied"


def test_two_journals_of_one_process_know_of_each_other(file: Path) -> None:
    with closing(open_journal(file)) as first, closing(open_journal(file)) as second:
        first.record(Entry())
        assert [each.entries()[0].outcome for each in (first, second)] == ["running"] * 2


def test_only_who_writes_answers_shows_that_it_lives(file: Path) -> None:
    with closing(open_journal(file)) as journal:
        journal.entries()
        journal.record(Entry(outcome="shown"))
        assert locks(file) == []


def test_without_a_disk_an_answer_is_one_of_this_server(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    with closing(open_journal(tmp_path / "state" / "journal.sqlite3")) as journal:
        journal.record(Entry())
        assert journal.entries()[0].outcome == "running"


def test_an_entry_of_a_version_without_names_is_of_a_server_that_has_gone(file: Path) -> None:
    with closing(open_journal(file)) as journal:
        journal.record(Entry())
        journal._connection.execute("UPDATE answers SET server = ''")
        assert journal.entries()[0].outcome == "interrupted"


def test_what_killed_servers_leave_behind_goes_after_a_day(file: Path) -> None:
    with begun(file) as killed:
        killed.kill()
        killed.communicate(timeout=60)
    (left,) = locks(file)
    with closing(open_journal(file)) as journal:
        journal.record(Entry())
        (own,) = set(locks(file)) - {left}
        journal.prune(30, 50)
        assert set(locks(file)) == {left, own}
        for path in (left, own):
            os.utime(path, (time.time() - 2 * DAY,) * 2)
        journal.prune(30, 50)
        assert locks(file) == [own]
        assert presence._is_held(own)


def test_a_lock_that_cannot_be_had_spoils_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError("no locks available")

    monkeypatch.setattr(presence, "_hold", full)
    with closing(open_journal(file)) as journal:
        number = journal.record(Entry(answer="def "))
        assert journal.entry(number) is not None
        assert journal.take_problem() == ""
