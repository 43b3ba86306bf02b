"""Find the files of a workspace that are to be indexed."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from workers_ai_ls.workspace.index.choosing import LARGEST, is_chosen, is_foreign
from workers_ai_ls.workspace.index.ignoring import Rules, is_ignored, rules_around, rules_of


class Stamp(NamedTuple):
    """How a file looks from outside: it is read again only if this changes."""

    size: int
    mtime: int
    """In nanoseconds."""


def survey(root: Path) -> Iterator[tuple[str, Stamp]]:
    """Give the files below `root` that may be indexed, by their path with slashes.

    Links are not followed, so none leads in circles, out of the workspace or twice to one file. A
    folder that can't be read counts as empty.
    """
    rules, prefix = rules_around(root)
    waiting: list[tuple[str, Rules | None]] = [("", rules)]
    while waiting:
        folder, outer = waiting.pop()
        try:
            with os.scandir(root / folder) as opened:
                entries = list(opened)
        except OSError:
            continue
        names = frozenset(entry.name for entry in entries)
        if "pyvenv.cfg" in names and folder:
            continue
        inner = rules_of(root / folder, prefix + folder, outer)
        for entry in sorted(entries, key=lambda entry: entry.name):
            path = folder + entry.name
            if entry.is_dir(follow_symlinks=False):
                if not is_foreign(entry.name, names) and not _ignored(inner, f"{prefix}{path}/"):
                    waiting.append((f"{path}/", inner))
            elif (stamp := _stamp(entry)) and not _ignored(inner, prefix + path):
                yield path, stamp


def belongs(root: Path, path: str) -> bool:
    """Tell whether `survey` would give the file at a path, were it small enough."""
    *folders, name = path.split("/")
    folder = root
    for each in folders:
        try:
            beside = frozenset(one.name for one in folder.iterdir())
        except OSError:
            return False
        folder /= each
        if is_foreign(each, beside) or (folder / "pyvenv.cfg").exists() or folder.is_symlink():
            return False
    return is_chosen(name) and not (folder / name).is_symlink() and not is_ignored(root, path)


def _ignored(rules: Rules | None, path: str) -> bool:
    return rules is not None and rules.ignore(path)


def _stamp(entry: os.DirEntry[str]) -> Stamp | None:
    """Give the stamp of a file that may be worth indexing."""
    try:
        if not is_chosen(entry.name) or not entry.is_file(follow_symlinks=False):
            return None
        # A name that is not UTF-8 can be no text of SQLite's.
        entry.name.encode()
        status = entry.stat(follow_symlinks=False)
    except (OSError, UnicodeEncodeError):
        return None
    return Stamp(status.st_size, status.st_mtime_ns) if status.st_size <= LARGEST else None
