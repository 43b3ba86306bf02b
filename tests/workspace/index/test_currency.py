"""Whether a build would find anything to do."""

import os
from pathlib import Path

from tests.workspace.index.workspaces import built, write
from workers_ai_ls.workspace.index import is_current


async def test_an_index_is_current_until_a_file_changes_comes_or_goes(tmp_path: Path) -> None:
    root, cache = write(tmp_path / "work", {"a.py": "a = 1\n", "b.py": "b = 1\n"}), tmp_path / "c"
    assert not is_current(root, cache)
    (await built(root, cache)).close()
    assert is_current(root, cache)
    write(root, {"a.py": "a = 22\n"})
    assert not is_current(root, cache)
    (await built(root, cache)).close()
    write(root, {"c.py": "c = 1\n"})
    assert not is_current(root, cache)
    (root / "c.py").unlink()
    assert is_current(root, cache)
    (root / "b.py").unlink()
    assert not is_current(root, cache)


async def test_a_file_of_the_same_size_is_known_by_its_date(tmp_path: Path) -> None:
    root, cache = write(tmp_path / "work", {"a.py": "a = 1\n"}), tmp_path / "c"
    (await built(root, cache)).close()
    write(root, {"a.py": "a = 2\n"})
    os.utime(root / "a.py", (1_700_000_000, 1_700_000_000))
    assert not is_current(root, cache)


async def test_what_is_ignored_does_not_count(tmp_path: Path) -> None:
    root, cache = (
        write(tmp_path / "work", {"a.py": "a = 1\n", ".gitignore": "b.py\n"}),
        tmp_path / "c",
    )
    (await built(root, cache)).close()
    write(root, {"b.py": "b = 1\n"})
    assert is_current(root, cache)
