"""Read, create and remove the user's files."""

import codecs
import os
from pathlib import Path

from workers_ai_ls.workspace.failures import (
    AlreadyExists,
    CannotRead,
    CannotWrite,
    NotEncodable,
    NotText,
    TooLarge,
)

# Bytes. The largest document that is supported has 5 MB; this leaves room.
LARGEST = 20_000_000


def read_for_edit(path: Path, *, limit: int = LARGEST) -> str:
    """Give the text of a file that is going to be edited, line ends as they are.

    A byte order mark is not part of the text. Raises NotText for what is not UTF-8: an edit would
    change bytes that it could not even show; TooLarge above `limit` bytes; CannotRead.
    """
    try:
        return _without_mark(_bytes_of(path, limit)).decode()
    except UnicodeDecodeError:
        raise NotText(path) from None


def read_for_context(path: Path, *, limit: int = LARGEST) -> str:
    """Give the text of a file that is only read: bytes that are not UTF-8 become U+FFFD.

    Raises TooLarge above `limit` bytes; CannotRead.
    """
    return _without_mark(_bytes_of(path, limit)).decode(errors="replace")


def create_file(path: Path, text: str) -> None:
    """Create a file, and its folders, with this text as UTF-8, line ends as they are.

    Raises AlreadyExists, and never overwrites; NotEncodable; CannotWrite, and then leaves no file.
    """
    try:
        content = text.encode()
    except UnicodeEncodeError:
        raise NotEncodable(path) from None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            _fill(file.fileno(), content, path)
    except FileExistsError:
        raise AlreadyExists(path) from None
    except OSError as error:
        raise CannotWrite(path, error) from error


def remove_file_if(path: Path, text: str) -> bool:
    """Remove a file that holds exactly `text`, or nothing; tell whether it was removed.

    What anybody changed since stays, and so does a link. Raises CannotWrite.
    """
    try:
        if path.is_symlink() or path.read_bytes() not in {text.encode(errors="replace"), b""}:
            return False
        path.unlink()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return False
    except OSError as error:
        raise CannotWrite(path, error) from error
    return True


def _bytes_of(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte more than the limit tells, whatever the size on record (a pipe has none).
            content = file.read(limit + 1)
    except OSError as error:
        raise CannotRead(path, error) from error
    if len(content) > limit:
        raise TooLarge(path, limit)
    return content


def _without_mark(content: bytes) -> bytes:
    return content.removeprefix(codecs.BOM_UTF8)


def _fill(descriptor: int, content: bytes, path: Path) -> None:
    try:
        while content:
            content = content[os.write(descriptor, content) :]
    except OSError:
        path.unlink(missing_ok=True)
        raise
