"""What the workspace knows about the code of a job, and what of it may not be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

from tests.workspace.index.workspaces import built, write
from workers_ai_ls.context import Material, TestPlace, gather
from workers_ai_ls.jobs.knowing import check_may_be_sent, knowledge_for
from workers_ai_ls.jobs.preparing import root_of, selection_at
from workers_ai_ls.settings import Context, Settings
from workers_ai_ls.text import snapshot_of
from workers_ai_ls.workspace import uri_of
from workers_ai_ls.workspace.keeping_out import KeptOut

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "AGENTS.md": "Be brief.\n",
    "src/half.py": "def half(x):\n    return x / 2\n",
    "src/quarter.py": "from half import half\n\n\ndef quarter(x):\n    return half(half(x))\n",
    "src/eighth.py": "from quarter import quarter\n\n\ndef eighth(x):\n    return quarter(x) / 2\n",
}


def material_of(path: Path, root: Path) -> Material:
    """What is known of the last definition of a file by itself."""
    text = path.read_text("utf-8")
    snapshot = snapshot_of(uri_of(path), "python", 1, text)
    at = text.index("return")
    return gather(selection_at(snapshot, at, at, [root]))


def without(*exclude: str, conventions: tuple[str, ...] = ("AGENTS.md",)) -> Settings:
    return Settings(context=Context(exclude=exclude, conventions=conventions))


async def test_the_index_and_the_projects_words_are_asked(tmp_path: Path) -> None:
    root = write(tmp_path / "work", FILES)
    index, path = await built(root, tmp_path / "cache"), root / "src" / "quarter.py"
    known = knowledge_for(material_of(path, root), index, path, root, Settings()).knowledge
    assert [one.path for one in known.used] == ["src/half.py"]
    assert [one.path for one in known.callers] == ["src/eighth.py"]
    assert known.words is not None
    assert known.words.text == "Be brief.\n"
    index.close()


async def test_what_is_kept_out_by_now_is_left_out_of_what_the_index_has(tmp_path: Path) -> None:
    root = write(tmp_path / "work", FILES)
    index, path = await built(root, tmp_path / "cache"), root / "src" / "quarter.py"
    for settings in (without("half.py", "eighth.py", "*.md"), without("/src", "AGENTS.md")):
        known = knowledge_for(material_of(path, root), index, path, root, settings).knowledge
        assert (known.used, known.callers, known.words) == ((), (), None)
    known = knowledge_for(
        material_of(path, root), index, path, root, without(conventions=())
    ).knowledge
    assert known.words is None
    index.close()


async def test_a_linked_workspace_is_the_same_one(tmp_path: Path) -> None:
    real = write(tmp_path / "real", FILES)
    root = tmp_path / "linked"
    root.symlink_to(real, target_is_directory=True)
    index, path = await built(root, tmp_path / "cache"), root / "src" / "quarter.py"
    known = knowledge_for(material_of(path, root), index, path, root, Settings()).knowledge
    assert [one.path for one in known.used] == ["src/half.py"]
    index.close()


def test_without_an_index_the_document_is_all(tmp_path: Path) -> None:
    text = "def half(x):\n    return x / 2\n\n\ndef quarter(x):\n    Return = half(half(x))\n"
    snapshot = snapshot_of("untitled:1", "python", 1, text)
    at = text.index("Return")
    about = gather(selection_at(snapshot, at, at, []))
    known = knowledge_for(about, None, None, None, Settings()).knowledge
    assert [one.definition.name for one in known.used] == ["half"]
    assert known.words is None
    path = write(tmp_path, {"half.py": text}) / "half.py"
    known = knowledge_for(about, None, path, None, Settings()).knowledge
    assert [one.path for one in known.used] == ["half.py"]


def test_a_document_of_megabytes_is_not_looked_through() -> None:
    text = "def half(x):\n    return x / 2\n\n\ndef quarter(x):\n    Return = half(half(x))\n"
    snapshot = snapshot_of("untitled:1", "python", 1, text + "# more\n" * 150_000)
    at = text.index("Return")
    about = Material(selection_at(snapshot, at, at, []), at, at, "")
    assert knowledge_for(about, None, None, None, Settings()).knowledge.used == ()


def test_a_neighbouring_test_that_is_kept_out_is_no_example(tmp_path: Path) -> None:
    root = write(tmp_path / "work", FILES)
    path = root / "src" / "half.py"
    place = TestPlace(
        str(root / "tests/test_half.py"), "tests/test_half.py", "pytest",
        sample="def test_x(): ...", sample_name="tests/test_x.py",
    )  # fmt: skip
    about = attrs.evolve(material_of(path, root), tests=place)
    kept = knowledge_for(about, None, path, root, without("test_x.py")).tests
    assert kept == attrs.evolve(place, sample="", sample_name="")
    assert knowledge_for(about, None, path, root, without("test_y.py")).tests == place
    write(root, {".gitignore": "test_x.py\n"})
    assert knowledge_for(about, None, path, root, Settings()).tests == kept


def test_the_file_and_that_of_its_tests_must_not_be_kept_out(tmp_path: Path) -> None:
    root = write(tmp_path / "work", FILES)
    about = material_of(root / "src" / "half.py", root)
    check_may_be_sent(about, without("*.sql"), [root])
    with pytest.raises(KeptOut, match=r"^half\.py is kept out by the setting"):
        check_may_be_sent(about, without("half.py"), [root])
    place = TestPlace(str(root / "tests/test_half.py"), "tests/test_half.py", "pytest")
    with pytest.raises(KeptOut, match=r"^test_half\.py is kept out by the setting"):
        check_may_be_sent(attrs.evolve(about, tests=place), without("/tests"), [root])
    check_may_be_sent(attrs.evolve(about, tests=place), Settings(), [root])


def test_the_innermost_folder_counts(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    assert root_of(inner / "c.py", [tmp_path, inner, tmp_path / "a"]) == inner
    assert root_of(tmp_path.parent / "c.py", [tmp_path]) is None


async def test_what_the_index_calls_a_file_may_differ_from_what_people_do(tmp_path: Path) -> None:
    root = write(tmp_path / "work", FILES)
    index, path = await built(root, tmp_path / "cache"), root / "src" / "quarter.py"
    about = material_of(path, root / "src")
    known = knowledge_for(about, index, path, root, Settings())
    assert (known.selection.path, known.path) == ("quarter.py", "src/quarter.py")
    index.close()
