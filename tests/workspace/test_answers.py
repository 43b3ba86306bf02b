"""The files that show explanations."""

import os
import stat
from pathlib import Path

import pytest

from workers_ai_ls.workspace import CannotWrite, answer_file, answers_dir, write_answer


def test_one_file_per_symbol_and_document(tmp_path: Path) -> None:
    path = answer_file(tmp_path, "URL.join", "file:///a.py")
    assert path == answer_file(tmp_path, "URL.join", "file:///a.py")
    assert path.parent == tmp_path
    assert path.name.startswith("URL-join-")
    assert path.suffix == ".md"
    others = {
        answer_file(tmp_path, "URL-join", "file:///a.py"),
        answer_file(tmp_path, "URL.join", "file:///b.py"),
    }
    assert len(others | {path}) == 3


@pytest.mark.parametrize(
    "title",
    ["", "../../etc/passwd", "operator<<", "a" * 500, "\U00020000" * 99, "CON", "x\ud83d", "a\0b"],
)
def test_any_title_gives_a_safe_name(tmp_path: Path, title: str) -> None:
    path = answer_file(tmp_path / "answers", title, "file:///a.py")
    write_answer(path, "x")
    assert [path] == list((tmp_path / "answers").iterdir())


def test_only_the_user_may_read_and_the_text_is_exact(tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    folder.mkdir(mode=0o755)
    path = folder / "a.md"
    write_answer(path, "# é\r\n\ud83d")
    assert path.read_bytes() == "# é\r\n?".encode()
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_new_answer_replaces_the_old_one_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    write_answer(path, "a long first answer")
    with path.open() as reader:
        write_answer(path, "second")
        if os.name != "nt":
            assert reader.read() == "a long first answer"
    assert path.read_text() == "second"


def test_the_oldest_of_more_than_100_are_removed(tmp_path: Path) -> None:
    for number in range(103):
        write_answer(tmp_path / f"{number}.md", "x")
        os.utime(tmp_path / f"{number}.md", (number, number))
    (tmp_path / "notes.txt").write_text("mine")
    write_answer(tmp_path / "new.md", "x")
    kept = {path.name for path in tmp_path.glob("*.md")}
    assert len(kept) == 100
    assert {"new.md", "102.md", "4.md"} <= kept
    assert "3.md" not in kept
    assert (tmp_path / "notes.txt").exists()


def test_a_folder_that_is_a_file_is_one_failure(tmp_path: Path) -> None:
    (tmp_path / "answers").write_text("x")
    with pytest.raises(CannotWrite, match="cannot be written"):
        write_answer(tmp_path / "answers" / "a.md", "x")


def test_a_failed_replacement_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    with pytest.raises(CannotWrite):
        write_answer(tmp_path / "a.md", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_the_folder_is_in_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if os.name == "posix":
        assert answers_dir().parts[-2:] == ("workers-ai-language-server", "answers")
