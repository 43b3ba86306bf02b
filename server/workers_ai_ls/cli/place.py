"""FILE[:LINE[-LINE]]: the code that a command works on, checked before anything is started."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from workers_ai_ls.errors import Failure
from workers_ai_ls.text import split_lines
from workers_ai_ls.workspace import read_for_edit

from .ending import WrongUsage

_PLACE = re.compile(r"(?P<file>.+?)(?::(?P<first>\d+)(?:-(?P<last>\d+))?)?", re.DOTALL)

_PROJECT = (".git", ".workers-ai.toml", "pyproject.toml", "package.json", "go.mod", "Cargo.toml")
"""What stands in the folder that an editor takes for the workspace."""


class Place(NamedTuple):
    """Lines `first` to `last` of a file, counted from 1; one line means the code around it."""

    path: Path
    first: int
    last: int


def place_of(argument: str) -> Place:
    """Read FILE[:LINE[-LINE]]; a FILE alone is all of its lines.

    Raises WrongUsage for what can't be found, another Failure for what can't be read as text.
    """
    path, first, last = _parts(argument)
    if path.is_dir():
        raise WrongUsage(f"{path} is a folder; name a file in it.")
    if not path.is_file():
        raise WrongUsage(f"There is no file {path}; give FILE, FILE:LINE or FILE:FIRST-LAST.")
    text = read_for_edit(path)
    if not text.strip():
        raise Failure(f"{path} is empty, so there is nothing to work on; name a file with code.")
    lines = split_lines(text)
    count = len(lines) - (not lines[-1])
    if first is None or last is None:
        return Place(path.resolve(), 1, count)
    _check(path, first, last, count)
    return Place(path.resolve(), first, last)


def project_of(path: Path) -> Path:
    """The folder that an editor would take for the workspace of this file."""
    for folder in path.parents:
        if any((folder / mark).exists() for mark in _PROJECT):
            return folder
    return path.parent


def _parts(argument: str) -> tuple[Path, int | None, int | None]:
    # A file's own name may end in ":12"; whatever exists is meant.
    match = None if Path(argument).is_file() else _PLACE.fullmatch(argument)
    if match is None or match["first"] is None:
        return Path(argument), None, None
    first = int(match["first"])
    return Path(match["file"]), first, int(match["last"] or first)


def _check(path: Path, first: int, last: int, count: int) -> None:
    """Raise WrongUsage unless the lines exist and stand in their order."""
    if last < first:
        raise WrongUsage(f"{first}-{last} ends before it begins; write {path}:{last}-{first}.")
    if first < 1:
        raise WrongUsage(f"Lines count from 1; write {path}:1 for the first one.")
    if last > count:
        lines = "1 line" if count == 1 else f"{count:,} lines"
        raise WrongUsage(f"{path} has {lines}, so there is no line {last:,}; give one of them.")
