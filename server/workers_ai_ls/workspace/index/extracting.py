"""Read one file for the index."""

import codecs
import hashlib
import os
from pathlib import Path
from typing import Final, NamedTuple

from workers_ai_ls.syntax import Language
from workers_ai_ls.syntax.symbol import FileSymbols
from workers_ai_ls.syntax.symbols import symbols
from workers_ai_ls.workspace.index.choosing import LARGEST, language_of
from workers_ai_ls.workspace.index.surveying import Stamp

NOTHING: Final = FileSymbols("", [], [], b"", b"")
"""Of a file that is not worth indexing."""


class Extract(NamedTuple):
    """What the index keeps of a file. One that is not worth indexing has no language."""

    path: str
    """From the workspace's root, with slashes."""
    stamp: Stamp
    digest: bytes
    language: str
    lines: int
    symbols: FileSymbols | None
    """None if the content is what the index knows already."""


def extract(root: Path, path: str, known: bytes = b"") -> Extract | None:
    """Read a file and its symbols, unless its content has the digest `known`.

    None for a file that is gone or can't be read.
    """
    try:
        if not (root / path).is_file():
            # Opening a pipe would wait for somebody who writes to it.
            return None
        with (root / path).open("rb") as file:
            status = os.fstat(file.fileno())
            content = file.read(LARGEST + 1)
    except OSError:
        return None
    stamp = Stamp(status.st_size, status.st_mtime_ns)
    digest = digest_of(content)
    if digest == known:
        return Extract(path, stamp, digest, "", 0, None)
    language = language_of(path, content) if len(content) <= LARGEST else None
    if language is None:
        return Extract(path, stamp, digest, "", 0, NOTHING)
    lines = content.count(b"\n") + 1
    return Extract(path, stamp, digest, language.id, lines, symbols_of(language, content))


def digest_of(content: bytes) -> bytes:
    """Give what tells one content of a file from another."""
    return hashlib.blake2b(content, digest_size=16).digest()


def symbols_of(language: Language, content: bytes) -> FileSymbols:
    """Read the symbols of bytes that may not be UTF-8, and may begin with a mark that says so."""
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        content.decode()
    except UnicodeDecodeError:
        content = content.decode(errors="replace").encode()
    return symbols(language, content) or NOTHING
