"""Look through a project's folders, within bounds."""

import os
from collections import deque
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

_SKIPPED = frozenset(
    {
        "node_modules", "bower_components", "site-packages", "dist-packages", "__pycache__", "venv", "env",
        "dist", "build", "target", "vendor", "coverage", "htmlcov",
    }
)  # fmt: skip
# Folders of other people's code: what lies in one belongs to no project around it.
INSTALLED = frozenset({"node_modules", "site-packages", "dist-packages"})
# A project of any size is answered in milliseconds; tests stand near the top of breadth-first order.
ENTRIES = 2_000


def files_below(folder: Path, budget: int = ENTRIES) -> Iterator[Path]:
    """Give the files below a folder, nearest first, until `budget` entries were looked at.

    Hidden folders, built and installed ones are left out; links to folders are not followed, so
    that none can lead in circles. A folder that can't be read counts as empty.
    """
    waiting = deque([folder])
    while waiting and budget > 0:
        here = waiting.popleft()
        try:
            with os.scandir(here) as opened:
                entries = sorted(islice(opened, budget), key=lambda entry: entry.name)
        except OSError:
            continue
        budget -= len(entries)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if not (entry.name.startswith(".") or entry.name in _SKIPPED):
                    waiting.append(here / entry.name)
            elif entry.is_file():
                yield here / entry.name


def survey(path: Path, base: Path | None, homes: tuple[str, ...] = ()) -> tuple[Path, ...]:
    """List files of a project without those of other people, each once: what is near `path` first.

    `homes` are folders of `base` to look into before the rest of it. About ENTRIES entries are
    looked at in all.
    """
    if base is None:
        return tuple(files_below(path.parent, ENTRIES // 8))
    walks = [files_below(path.parent, ENTRIES // 8)]
    if path.parent != base:
        walks.append(files_below(path.parent.parent, ENTRIES // 8))
    walks += [files_below(base / home, ENTRIES // 4) for home in homes if (base / home).is_dir()]
    walks.append(files_below(base, ENTRIES // 2))
    return tuple(dict.fromkeys(chain.from_iterable(walks)))


def names_in(folder: Path, limit: int = 200) -> list[str]:
    """Give the names of the files in one folder, at most `limit` of them; none if there is no such folder."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in islice(entries, limit) if entry.is_file())
    except OSError:
        return []


def project_root(path: Path, markers: frozenset[str], top: Path | None) -> Path | None:
    """Give the nearest folder above `path` that holds one of `markers`, not above `top`.

    None where there is none, and for installed code, whose project is elsewhere.
    """
    for folder in path.parents:
        if folder.name in INSTALLED:
            return None
        if any((folder / marker).exists() for marker in markers):
            return folder
        if folder == top:
            return None
    return None
