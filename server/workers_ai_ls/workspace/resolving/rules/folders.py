"""Paths from a workspace's root, with slashes."""

import posixpath


def upwards(folder: str) -> list[str]:
    """List a folder and those around it, nearest first; "" is the root.

    >>> upwards("a/b")
    ['a/b', 'a', '']
    """
    parts = folder.split("/") if folder else []
    return ["/".join(parts[:size]) for size in range(len(parts), -1, -1)]


def joined(folder: str, path: str) -> str:
    """Join a relative path; it begins with `../` where it leads out of the workspace.

    >>> joined("a/b", "../c.ts"), joined("a", "..")
    ('a/c.ts', '')
    """
    whole = posixpath.normpath(posixpath.join(folder, path))
    return "" if whole == "." else whole
