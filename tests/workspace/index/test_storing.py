"""What gets into the tables when two processes have read the same file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.workspace.index.workspaces import write
from workers_ai_ls.workspace.index import reading
from workers_ai_ls.workspace.index.extracting import extract
from workers_ai_ls.workspace.index.opening import open_database
from workers_ai_ls.workspace.index.schema import create_indexes
from workers_ai_ls.workspace.index.storing import Rows, known_files, rows_of, store
from workers_ai_ls.workspace.index.surveying import Stamp


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(tmp_path / "i.sqlite3")) as opened:
        yield opened


def rows(root: Path, text: str, mtime: int, known: bytes = b"") -> Rows:
    found = extract(write(root, {"a.py": text}), "a.py", known)
    assert found is not None
    return rows_of(found._replace(stamp=Stamp(len(text), mtime)))


def names(connection: sqlite3.Connection) -> list[str]:
    return [one.name for one in reading.defined_in(connection, "a.py")]


def test_what_was_read_earlier_does_not_replace_what_is_newer(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    older, newer = rows(tmp_path, "def f(): ...\n", 1), rows(tmp_path, "def g(): ...\n", 2)
    store(connection, [newer])
    store(connection, [older])
    assert names(connection) == ["g"]
    store(connection, [rows(tmp_path, "def h(): ...\n", 3)])
    assert names(connection) == ["h"]
    assert connection.execute("SELECT count(*) FROM bones").fetchone() == (1,)


def test_the_same_content_with_another_stamp_is_not_read_again(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    store(connection, [rows(tmp_path, "def f(): ...\n", 1)])
    known = known_files(connection)["a.py"]
    touched = rows(tmp_path, "def f(): ...\n", 2, known.digest)
    assert not touched.changed
    store(connection, [touched])
    assert names(connection) == ["f"]
    assert known_files(connection)["a.py"] == known._replace(stamp=Stamp(13, 2))


def test_names_are_found_before_and_after_there_is_an_index_of_them(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    store(connection, [rows(tmp_path, "def f(): ...\ndef g(): ...\n", 1)])
    before = reading.defined(connection, "g")
    create_indexes(connection)
    assert [one.definition.line for one in before] == [1]
    assert reading.defined(connection, "g") == before
    assert reading.defined(connection, "h") == []
