"""Reading, creating and removing files."""

import os
from pathlib import Path

import pytest

from workers_ai_ls.errors import Failure
from workers_ai_ls.workspace import (
    AlreadyExists,
    CannotRead,
    CannotWrite,
    NotEncodable,
    NotText,
    TooLarge,
    create_file,
    read_for_context,
    read_for_edit,
    remove_file_if,
)

needs_permissions = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="root and Windows ignore file modes"
)


@pytest.mark.parametrize("read", [read_for_edit, read_for_context])
@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", ""),
        (b"a\r\nb\nc\rd", "a\r\nb\nc\rd"),
        (b"a\x0cb\n", "a\x0cb\n"),
        ("é😋\u2028x".encode(), "é😋\u2028x"),
        (b"\xef\xbb\xbfa\n", "a\n"),
        (b"a\0b", "a\0b"),
    ],
)
def test_text_is_read_exactly(tmp_path: Path, read: object, content: bytes, text: str) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(content)
    assert callable(read)
    assert read(path) == text


def test_latin_1_is_read_for_context_and_refused_for_editing(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes("x = 'é'\r\n".encode("latin-1"))
    assert read_for_context(path) == "x = '\ufffd'\r\n"
    with pytest.raises(
        NotText, match=r"^a.py is not valid UTF-8, .*; save it as UTF-8 and try again\.$"
    ):
        read_for_edit(path)


def test_5_mb_are_read_and_more_than_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.py"
    path.write_bytes(b"x = 1\r\n" * 750_000)
    assert len(read_for_edit(path)) == 5_250_000
    assert len(read_for_edit(path, limit=5_250_000)) == 5_250_000
    with pytest.raises(TooLarge, match="larger than 5 MB"):
        read_for_context(path, limit=5_249_999)


def test_what_is_no_file_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.py", tmp_path):
        with pytest.raises(CannotRead, match="cannot be read"):
            read_for_edit(path)


def test_a_created_file_holds_exactly_the_text(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "test_a.py"
    create_file(path, "a\r\nb\né😋\u2028")
    assert path.read_bytes() == "a\r\nb\né😋\u2028".encode()


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "test_a.py"
    path.write_text("mine")
    with pytest.raises(AlreadyExists, match="exists already"):
        create_file(path, "theirs")
    assert path.read_text() == "mine"


def test_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    path = tmp_path / "test_a.py"
    path.symlink_to(tmp_path / "elsewhere.py")
    with pytest.raises(AlreadyExists):
        create_file(path, "x")
    assert not (tmp_path / "elsewhere.py").exists()


def test_half_a_character_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotEncodable):
        create_file(tmp_path / "a.py", "x\ud83d")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write

    def write(descriptor: int, content: bytes) -> int:
        if len(content) < 6:
            raise OSError(28, "No space left on device")
        return real(descriptor, content[:4])

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(CannotWrite, match=r"no space left on device"):
        create_file(tmp_path / "a.py", "0123456789")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    with pytest.raises(Failure, match=r"cannot be written|exists already"):
        create_file(tmp_path / "a" / "b" / "c.py", "x")


@needs_permissions
def test_a_folder_without_permission_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CannotWrite, match="permission"):
        create_file(tmp_path / "a.py", "x")


@pytest.mark.parametrize(
    ("content", "removed"), [("a\r\nb", True), ("", True), ("a\nb", False), ("a\r\nb ", False)]
)
def test_only_an_unmodified_file_is_removed(tmp_path: Path, content: str, *, removed: bool) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(content.encode())
    assert remove_file_if(path, "a\r\nb") is removed
    assert path.exists() is not removed


def test_links_folders_and_missing_files_are_not_removed(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x")
    (tmp_path / "link.py").symlink_to(tmp_path / "a.py")
    for name in ("link.py", "missing.py", ".", "a.py/b"):
        assert not remove_file_if(tmp_path / name, "x")
    assert (tmp_path / "a.py").exists()
