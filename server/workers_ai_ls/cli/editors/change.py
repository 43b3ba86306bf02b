"""Changes of files outside of any workspace: planned, shown, and made with a backup."""

from __future__ import annotations

import difflib
import errno
import itertools
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.errors import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@attrs.frozen
class Change:
    """What a file is to hold; None where there is none, before or after."""

    path: Path
    before: str | None
    after: str | None
    ours: bool = False
    """Whether nobody but this program writes the file, so that no backup is needed."""


@attrs.frozen
class Plan:
    """All changes for one editor, and the sentences that belong to them."""

    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()


class CannotChange(Failure):
    """A file of an editor's configuration cannot be read or written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} was not changed: {reason}; correct that, or make the change by hand."
        )


def text_of(path: Path) -> str | None:
    """What a file holds; None where there is none. Raises CannotChange."""
    try:
        return path.read_bytes().decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError:
        raise CannotChange(path, "it is not UTF-8") from None
    except OSError as error:
        raise CannotChange(path, error.strerror or "it cannot be read") from None


def shown(change: Change) -> str:
    """The change as a unified diff; files of ours are only named."""
    if change.ours:
        return f"{'create' if change.before is None else 'replace' if change.after is not None else 'delete'} {change.path}\n"
    lines = difflib.unified_diff(
        (change.before or "").splitlines(keepends=True),
        (change.after or "").splitlines(keepends=True),
        str(change.path) if change.before is not None else os.devnull,
        str(change.path) if change.after is not None else os.devnull,
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def changed(before: str | None, change: Callable[[str], str]) -> str:
    """A text after a change that knows only line feeds, with the line ends that it had before."""
    text = before or ""
    ends = "\r\n" if text.count("\r\n") == text.count("\n") else "\n"
    return change(text.replace(ends, "\n")).replace("\n", ends) if "\n" in text else change(text)


def make(changes: Sequence[Change]) -> list[Path]:
    """Make the changes, each in one step; returns the backups of what others had written.

    Raises CannotChange; what was changed before that stays, and so do the backups.
    """
    backups = []
    for change in changes:
        # A link, as people have who keep their configuration in a repository, is to stay one.
        is_link = change.path.is_symlink()
        try:
            path = change.path.resolve()
            if path.exists() and not os.access(path, os.W_OK):
                raise PermissionError(errno.EACCES, "it is read-only")
            if change.before is not None and not change.ours:
                backups.append(_backup(path, change.before))
            if change.after is None and not is_link:
                path.unlink(missing_ok=True)
                _tidy(path.parent, change.ours)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                _replace(path, change.after or "")
        except OSError as error:
            raise CannotChange(change.path, error.strerror or "it cannot be written") from None
    return backups


def _backup(path: Path, text: str) -> Path:
    """Keep what the file holds beside it, under a name that is free."""
    for number in itertools.count(1):
        backup = path.with_name(f"{path.name}.backup-{number}")
        try:
            with backup.open("xb") as file:
                file.write(text.encode())
        except FileExistsError:
            continue
        return backup
    raise AssertionError("there is no last number")


def _replace(path: Path, text: str) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        new.chmod(mode)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _tidy(folder: Path, ours: bool) -> None:
    """Remove folders that only our files stood in."""
    while ours and folder.name and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
