"""The project's own words: which file counts, and what is passed over."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from workers_ai_ls.workspace.project_words import project_words

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("AGENTS.md", "CONTRIBUTING.md")


def put(root: Path, **texts: str) -> Path:
    """Write files by their paths, in which `__` stands for a slash and `_` for a dot."""
    for name, text in texts.items():
        path = root / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root / "src" / "app" / "main.py"


def found(root: Path, path: Path, names: tuple[str, ...] = NAMES) -> tuple[str, str] | None:
    words = project_words(root, path, names)
    return (words.path, words.text) if words else None


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    path = put(tmp_path, AGENTS_md="top", src__AGENTS_md="near", other__AGENTS_md="beside")
    assert found(tmp_path, path) == ("src/AGENTS.md", "near")
    assert found(tmp_path, tmp_path / "main.py") == ("AGENTS.md", "top")


def test_in_one_folder_the_first_name_counts_and_a_nearer_folder_goes_before(
    tmp_path: Path,
) -> None:
    path = put(tmp_path, AGENTS_md="a", CONTRIBUTING_md="c")
    assert found(tmp_path, path) == ("AGENTS.md", "a")
    assert found(tmp_path, path, ("CONTRIBUTING.md", "AGENTS.md")) == ("CONTRIBUTING.md", "c")
    put(tmp_path, src__CONTRIBUTING_md="near")
    assert found(tmp_path, path) == ("src/CONTRIBUTING.md", "near")


def test_nothing_above_the_root_and_nothing_for_a_file_outside(tmp_path: Path) -> None:
    root = tmp_path / "work"
    path = put(root, src__app__main_py="")
    put(tmp_path, AGENTS_md="not ours")
    assert found(root, path) is None
    assert found(root, tmp_path / "else.py") is None


def test_an_empty_file_and_a_folder_are_passed_over(tmp_path: Path) -> None:
    path = put(tmp_path, src__AGENTS_md=" \n", CONTRIBUTING_md="c")
    (tmp_path / "AGENTS.md").mkdir()
    assert found(tmp_path, path) == ("CONTRIBUTING.md", "c")


@pytest.mark.parametrize("rules", [".gitignore", ".workers-ai-ignore"])
def test_an_ignored_file_stays_out(tmp_path: Path, rules: str) -> None:
    path = put(tmp_path, AGENTS_md="secret", CONTRIBUTING_md="c")
    (tmp_path / rules).write_text("AGENTS.md\n")
    assert found(tmp_path, path) == ("CONTRIBUTING.md", "c")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_out_of_the_workspace_is_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "work"
    path = put(root, src__app__main_py="")
    put(tmp_path, secret_txt="not for models")
    (root / "AGENTS.md").symlink_to(tmp_path / "secret.txt")
    assert found(root, path) is None
    (root / "NOTES").write_text("inside")
    (root / "CONTRIBUTING.md").symlink_to("NOTES")
    assert found(root, path) == ("CONTRIBUTING.md", "inside")
    (root / ".gitignore").write_text("NOTES\n")
    assert found(root, path) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders there")
def test_a_pipe_holds_nobody_up(tmp_path: Path) -> None:
    path = put(tmp_path, src__app__main_py="")
    os.mkfifo(tmp_path / "AGENTS.md")
    assert found(tmp_path, path) is None


@pytest.mark.parametrize("name", ["../AGENTS.md", "/etc/hostname", "", "a/../../AGENTS.md"])
def test_a_name_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    root = tmp_path / "work"
    path = put(root, src__app__main_py="")
    put(tmp_path, AGENTS_md="not ours")
    assert found(root, path, (name,)) is None


def test_a_name_may_have_a_folder(tmp_path: Path) -> None:
    path = put(tmp_path, docs__AGENTS_md="in docs")
    assert found(tmp_path, path, ("docs/AGENTS.md",)) == ("docs/AGENTS.md", "in docs")


def test_of_a_huge_file_the_beginning_is_read(tmp_path: Path) -> None:
    path = put(tmp_path, AGENTS_md="é" * 1_000_000)
    words = project_words(tmp_path, path, NAMES)
    assert words is not None
    assert words.text == "é" * 32_000
