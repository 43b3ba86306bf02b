import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.journal.filling import filled_file
from workers_ai_ls.journal import Entry, open_journal, schema

posix = pytest.mark.skipif(os.name == "nt", reason="Windows guards the profile folder instead")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal.sqlite3"


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
@pytest.mark.usefixtures("open_umask")
def test_the_file_its_side_files_and_its_folder_are_private(file: Path) -> None:
    with closing(open_journal(file)) as journal:
        journal.record(Entry(answer="text"))
        found = {path.name: mode(path) for path in file.parent.iterdir()}
        (lock,) = file.parent.glob("*.lock")
        assert found == {
            lock.name: 0o600,
            "journal.sqlite3": 0o600,
            "journal.sqlite3-wal": 0o600,
            "journal.sqlite3-shm": 0o600,
        }
        assert mode(file.parent) == 0o700
    assert {path.name for path in file.parent.iterdir()} == {"journal.sqlite3"}


@posix
def test_a_file_that_was_public_becomes_private(file: Path) -> None:
    with closing(open_journal(file)) as first:
        first.record(Entry(outcome="shown"))
        for path in file.parent.iterdir():
            path.chmod(0o644)
        with closing(open_journal(file)) as second:
            assert {mode(path) for path in file.parent.iterdir()} == {0o600}
            assert len(second.entries()) == 1


@posix
def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    open_journal(tmp_path / "j.sqlite3").close()
    assert mode(tmp_path) == 0o755


@pytest.mark.parametrize("damage", ["garbage", "header", "middle", "cut off"])
def test_a_damaged_file_is_kept_aside_and_told_and_a_new_one_started(
    file: Path, damage: str
) -> None:
    filled_file(file)
    content = bytearray(file.read_bytes())
    if damage == "garbage":
        content = bytearray(b"not a database at all" * 100)
    elif damage == "header":
        content[:16] = b"SQLite format 4\0"
    elif damage == "middle":
        content[4096 * 2 : 4096 * 40] = b"\xa5" * (4096 * 38)
    else:
        del content[4096 * 20 + 100 :]
    file.write_bytes(content)
    with closing(open_journal(file)) as journal:
        assert journal.on_disk
        (kept,) = file.parent.glob("journal.sqlite3.damaged-*[0-9]")
        assert kept.read_bytes() == content
        assert journal.take_problem() == (
            f"The journal of answers was damaged: it is kept as {kept}, and a new one was started."
        )
        assert journal.take_problem() == ""
        assert journal.entries() == ()
        journal.record(Entry())
    with closing(open_journal(file)) as again:
        assert again.take_problem() == ""
        assert len(again.entries()) == 1


def test_a_new_journal_of_another_server_is_not_moved_aside(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled_file(file)
    real = schema.prepare
    raced: list[Path] = []

    def slow(connection: sqlite3.Connection) -> None:
        if not raced:
            # In the meantime another server has found the same damage and repaired it.
            raced.append(file.rename(file.with_name("moved-by-the-other")))
            with closing(open_journal(file)) as other:
                other.record(Entry(detail="the other's"))
            raise sqlite3.DatabaseError("damaged")
        real(connection)

    monkeypatch.setattr("workers_ai_ls.journal.opening.prepare", slow)
    with closing(open_journal(file)) as journal:
        assert [entry.detail for entry in journal.entries()] == ["the other's"]
        assert journal.take_problem() == ""


@pytest.mark.parametrize("obstacle", ["file in place of the folder", "folder in place of the file"])
def test_where_there_can_be_none_it_is_kept_in_memory(file: Path, obstacle: str) -> None:
    if obstacle.startswith("file"):
        file.parent.write_text("in the way")
    else:
        file.mkdir(parents=True)
    with closing(open_journal(file)) as journal:
        problem = journal.take_problem()
        assert problem.startswith(f"The journal {file} cannot be used (")
        assert problem.endswith("so answers are kept only until the server ends: "
                                "free or repair that place.")  # fmt: skip
        number = journal.record(Entry(answer="A"))
        journal.append(number, "B")
        found = journal.last()
        assert found is not None
        assert found.answer == "AB"
        assert not journal.on_disk


def test_somebody_elses_database_is_left_alone(file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE answers (question TEXT)")
    with closing(open_journal(file)) as journal:
        assert not journal.on_disk
        assert "already exists" in journal.take_problem()
    with closing(sqlite3.connect(file)) as other:
        assert len(other.execute("PRAGMA table_info(answers)").fetchall()) == 1
