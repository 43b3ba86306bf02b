"""What a project says to whoever changes its code, such as its AGENTS.md."""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from workers_ai_ls.context import ProjectWords
from workers_ai_ls.workspace.index.ignoring import is_ignored

_LARGEST: Final = 64_000
"""Bytes that are read; a prompt holds far less, so what comes after them is left where it is."""


def project_words(root: Path, path: Path, names: Sequence[str]) -> ProjectWords | None:
    """Find the first of these files, by their names, in the folder of `path` or the nearest above.

    `root` is the workspace's folder, the last to be looked at. What is ignored, empty, no regular file
    or linked from outside of the workspace is passed over. None without one, and for a file outside.
    """
    root = root.resolve()
    path = path.resolve()
    if not path.is_relative_to(root):
        return None
    for place in _places(root, path, names):
        text = _text(root, place)
        if text.strip():
            return ProjectWords(place.as_posix(), text)
    return None


def _places(root: Path, path: Path, names: Sequence[str]) -> Iterator[PurePosixPath]:
    """Give the paths from the root to look at, the nearest first."""
    wanted = [PurePosixPath(name) for name in names if name.strip()]
    folder = PurePosixPath(path.relative_to(root).as_posix()).parent
    for each in (folder, *folder.parents):
        for name in wanted:
            if not name.is_absolute() and ".." not in name.parts:
                yield each / name


def _text(root: Path, place: PurePosixPath) -> str:
    """Give the beginning of a file; nothing of one that is not the workspace's to give."""
    path = root / place
    try:
        target = path.resolve()
        if not target.is_relative_to(root) or not target.is_file():
            return ""
        names = {place.as_posix(), target.relative_to(root).as_posix()}
        if any(is_ignored(root, name) for name in names):
            return ""
        with target.open("rb") as file:
            content = file.read(_LARGEST)
    except (OSError, ValueError):
        return ""
    return content.decode("utf-8-sig", errors="ignore")
