"""What an index remembers of files that were asked about is never old, and never much."""

from pathlib import Path

import pytest

from tests.workspace.index.workspaces import build, built, write
from workers_ai_ls.workspace.index import Index, tables

PROJECT = {f"m{number}.py": f"import os\n\n\ndef f{number}(): ...\n" for number in range(9)}


@pytest.fixture
async def index(tmp_path: Path) -> Index:
    return await built(write(tmp_path / "project", PROJECT), tmp_path / "cache")


def known(index: Index) -> tuple[list[str], list[str], bool]:
    """Give the names of what a file defines and imports, and whether there is another one."""
    defined = [one.name for one in index.definitions_in("m0.py")]
    imported = [one.module for one in index.imports_of("m0.py")]
    return defined, imported, index.file("new.py") is not None


async def test_a_file_that_this_process_reads_again(index: Index) -> None:
    assert known(index) == (["f0"], ["os"], False)
    write(index.root, {"m0.py": "import re\n\n\ndef g(): ...\n", "new.py": "x = 1\n"})
    index.update(index.root / "m0.py", None)
    index.update(index.root / "new.py", None)
    assert known(index) == (["g"], ["re"], True)


async def test_a_file_that_another_process_reads_again(index: Index) -> None:
    assert known(index) == (["f0"], ["os"], False)
    write(index.root, {"m0.py": "import re\n\n\ndef g(): ...\n", "new.py": "x = 1\n"})
    await build(index)
    assert known(index) == (["g"], ["re"], True)


async def test_what_is_asked_twice_is_read_once(index: Index) -> None:
    assert index.definitions_in("m0.py") is index.definitions_in("m0.py")


async def test_what_was_asked_long_ago_is_forgotten(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_MOST_RECALLED", 6)
    first = index.definitions_in("m0.py")
    last = [index.definitions_in(name) for name in PROJECT][-1]
    assert index.definitions_in("m8.py") is last
    assert index.definitions_in("m0.py") is not first
    assert index.definitions_in("m0.py") == first


async def test_nothing_is_remembered_after_the_end(index: Index) -> None:
    assert index.definitions_in("m0.py")
    index.close()
    assert index.definitions_in("m0.py") == []
