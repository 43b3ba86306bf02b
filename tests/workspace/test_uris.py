"""Addresses of files, and the documents that people name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers_ai_ls.workspace import inside, path_of, resolve_document, uri_of
from workers_ai_ls.workspace.uris import name_of, uri_of_name


@pytest.mark.parametrize(
    ("uri", "name"),
    [
        ("file:///srv/a.py", "/srv/a.py"),
        ("file:///srv/my%20app/%C3%A9%F0%9F%98%8B.py", "/srv/my app/é😋.py"),
        ("file:///srv/a%40b%3Ac%23d%3Fe%25.py", "/srv/a@b:c#d?e%.py"),
        ("file:///srv/a@b:c.py", "/srv/a@b:c.py"),
        ("file://localhost/srv/a.py", "/srv/a.py"),
        ("file:/srv/a.py", "/srv/a.py"),
        ("FILE:///srv/a+b.py", "/srv/a+b.py"),
        ("file:///srv/%ff.py", "/srv/\udcff.py"),
        ("file://host/share/a.py", None),
        ("untitled:Untitled-1", None),
        ("vscode-notebook-cell:/a.ipynb#X", None),
        ("git:/srv/a.py", None),
        ("file:///srv/a%00.py", None),
        ("file:", None),
        ("", None),
    ],
)
def test_names_on_posix(uri: str, name: str | None) -> None:
    assert name_of(uri, windows=False) == name


@pytest.mark.parametrize(
    ("uri", "name"),
    [
        ("file:///c%3A/Users/A%20B/a.py", "c:\\Users\\A B\\a.py"),
        ("file:///C:/a.py", "C:\\a.py"),
        ("file://host/share/a.py", "\\\\host\\share\\a.py"),
        ("file:////host/share/a.py", "\\\\host\\share\\a.py"),
        ("untitled:Untitled-1", None),
    ],
)
def test_names_on_windows(uri: str, name: str | None) -> None:
    assert name_of(uri, windows=True) == name


@pytest.mark.parametrize("name", ["C:\\Users\\A B\\é@1#2.py", "\\\\host\\share\\a b.py"])
def test_a_windows_name_comes_back(name: str) -> None:
    assert name_of(uri_of_name(name, windows=True), windows=True) == name


@given(
    st.lists(
        st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1)
    )
)
def test_a_posix_name_comes_back(parts: list[str]) -> None:
    name = "/" + "/".join(parts)
    uri = uri_of_name(name, windows=False)
    assert uri.isascii()
    assert name_of(uri, windows=False) == name


def test_a_file_name_that_is_not_utf_8_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "\udcff.py"
    assert path_of(uri_of(path)) == path


def test_inside_follows_links(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "root" / "out").symlink_to(tmp_path / "other")
    (tmp_path / "in").symlink_to(tmp_path / "root")
    root = tmp_path / "root"
    assert inside(root / "a.py", [root])
    assert inside(tmp_path / "in" / "a.py", [root])
    assert inside(root / "a.py", [tmp_path / "other", tmp_path / "in"])
    assert not inside(root / "out" / "a.py", [root])
    assert not inside(root / ".." / "a.py", [root])
    assert not inside(tmp_path / "root2" / "a.py", [root])
    assert not inside(root / "a.py", [])


def test_inside_survives_a_loop_of_links(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert not inside(tmp_path / "loop" / "a.py", [tmp_path / "root"])


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "my project"
    (root / "pkg").mkdir(parents=True)
    (root / "pkg" / "a@b.py").write_text("x")
    (root / "pkg" / "c.py").write_text("x")
    home = tmp_path / "home"
    home.mkdir()
    (home / "d.py").write_text("x")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.chdir(home)
    return root


def test_documents_by_path(project: Path) -> None:
    def find(name: str, *opened: str) -> str | None:
        return resolve_document(name, [project], opened)

    known = uri_of(project / "pkg" / "c.py")
    assert find(str(project / "pkg" / "c.py")) == known
    assert find("pkg/c.py") == known
    assert find("./pkg/../pkg/c.py") == known
    assert find(known) == known
    assert find("~/d.py") == find("d.py") == uri_of(Path.home() / "d.py")
    assert find("pkg/missing.py") is None
    assert find("pkg") is None
    assert find(str(project / "missing.py")) is None
    assert find("") is None


def test_an_open_document_is_named_as_its_editor_does(project: Path) -> None:
    def find(name: str, *opened: str) -> str | None:
        return resolve_document(name, [project], opened)

    written = uri_of(project / "pkg" / "a@b.py").replace("@", "%40")
    for name in (
        str(project / "pkg" / "a@b.py"),
        "pkg/a@b.py",
        "a@b.py",
        uri_of(project / "pkg" / "a@b.py"),
    ):
        assert find(name, written) == written
    (project / "link").symlink_to(project / "pkg")
    assert find("link/a@b.py", written) == written
    unsaved = uri_of(project / "pkg" / "new.py")
    assert find("pkg/new.py", unsaved) == find("new.py", unsaved) == unsaved
    assert find("untitled:Untitled-1", "untitled:Untitled-1") == "untitled:Untitled-1"
    assert find("untitled:Untitled-2", "untitled:Untitled-1") is None


def test_an_ending_that_fits_two_open_documents_names_none(project: Path) -> None:
    opened = [uri_of(project / "x" / "new.py"), uri_of(project / "y" / "new.py")]
    assert resolve_document("new.py", [project], opened) is None
    assert resolve_document("y/new.py", [], opened) == opened[1]
    assert resolve_document("ew.py", [project], opened) is None
