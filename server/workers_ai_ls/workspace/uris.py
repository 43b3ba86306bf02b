"""File addresses as editors write them, and paths."""

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

_ON_WINDOWS = os.name == "nt"
_FILE = re.compile(r"file:(?://(?P<host>[^/]*))?(?P<path>/.*)", re.IGNORECASE | re.DOTALL)
_DRIVE = re.compile(r"/[A-Za-z]:(?=/|$)")
# What RFC 3986 allows unescaped in a path and no editor reads as anything else. Editors differ
# (VS Code escapes all of it, Neovim nothing), so addresses are compared as paths.
_PLAIN = "/~@:+,=!$&'()*;"


def path_of(uri: str) -> Path | None:
    """Give the path of a `file:` address; None for any other, such as `untitled:Untitled-1`.

    >>> path_of("file:///srv/my%20app/a%40b.py").as_posix(), path_of("untitled:Untitled-1")
    ('/srv/my app/a@b.py', None)
    """
    name = name_of(uri, windows=_ON_WINDOWS)
    return None if name is None else Path(name)


def uri_of(path: Path) -> str:
    """Give the `file:` address of an absolute path.

    >>> uri_of(Path("/srv/my app/a@b#1.py"))
    'file:///srv/my%20app/a@b%231.py'
    """
    return uri_of_name(str(path), windows=_ON_WINDOWS)


def inside(path: Path, roots: Iterable[Path]) -> bool:
    """Tell whether a path lies in one of the folders, links followed."""
    real = _real(path)
    return real is not None and any(
        real.is_relative_to(folder) for folder in map(_real, roots) if folder is not None
    )


def resolve_document(name: str, roots: Sequence[Path], open_uris: Iterable[str]) -> str | None:
    """Give the address of the document that a person or a key binding names.

    `name` is an address, or a path: absolute, with `~`, relative to one of `roots` or to the
    current folder, or the end of an open document's path. The address of an open document is given
    as its editor wrote it. None if there is no such document, or more than one.
    """
    opened = list(open_uris)
    if name in opened:
        return name
    paths = {uri: path for uri in opened if (path := path_of(uri)) is not None}
    try:
        given = path_of(name) or Path(name).expanduser()
    except RuntimeError:  # `~` of an unknown user
        return None
    for path in [given] if given.is_absolute() else [base / given for base in (*roots, Path.cwd())]:
        real = _real(path)
        for uri, known in paths.items():
            if known == path or (real is not None and _real(known) == real):
                return uri
        if _is_file(path):
            return uri_of(Path(os.path.normpath(path)))
    parts = tuple(part for part in given.parts if part not in {".", ".."})
    ends = [uri for uri, known in paths.items() if parts and known.parts[-len(parts) :] == parts]
    return ends[0] if len(ends) == 1 and not given.is_absolute() else None


def name_of(uri: str, *, windows: bool) -> str | None:
    r"""Give the file name in an address, written as the operating system does.

    >>> name_of("file:///c%3A/a%20b.py", windows=True), name_of("file://host/share/a.py", windows=True)
    ('c:\\a b.py', '\\\\host\\share\\a.py')
    """
    found = _FILE.fullmatch(uri)
    if not found:
        return None
    host = "" if (found["host"] or "").casefold() == "localhost" else found["host"] or ""
    raw = unquote_to_bytes(found["path"])
    if b"\0" in raw or (host and not windows):
        return None
    if not windows:
        return os.fsdecode(raw)
    path = raw.decode(errors="replace")
    if _DRIVE.match(path):
        path = path[1:]
    return (f"//{host}{path}" if host else path).replace("/", "\\")


def uri_of_name(name: str, *, windows: bool) -> str:
    r"""Give the address of an absolute file name, written as the operating system does.

    >>> uri_of_name("C:\\a b.py", windows=True), uri_of_name("\\\\host\\share\\a.py", windows=True)
    ('file:///C:/a%20b.py', 'file://host/share/a.py')
    """
    if not windows:
        return "file://" + quote(os.fsencode(name), safe=_PLAIN)
    path = quote(name.replace("\\", "/"), safe=_PLAIN)
    return f"file:{path}" if path.startswith("//") else f"file:///{path}"


def _real(path: Path) -> Path | None:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        # RuntimeError: a loop of links, before Python 3.13. ValueError: a null byte.
        return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # ValueError: a null byte
        return False
