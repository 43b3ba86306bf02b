"""Which files a package of Go is made of."""

import posixpath
import re
from functools import lru_cache
from typing import Final, NamedTuple

from workers_ai_ls.syntax.symbol import Imported
from workers_ai_ls.workspace.resolving.rules.folders import joined, upwards
from workers_ai_ls.workspace.resolving.rules.places import Places

_REMARK: Final = re.compile(r"//[^\n]*")
_MODULE: Final = re.compile(r"^\s*module\s+[\"`]?([^\s\"`]+)", re.MULTILINE)
_REPLACED: Final = re.compile(
    r"^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s*=>\s*(\.\.?(?:/\S*)?)", re.MULTILINE
)
_USE_BLOCK: Final = re.compile(r"^[ \t]*use\s*(?:\(([^)]*)\)|(\S+))", re.MULTILINE)
_VERSION: Final = re.compile(r"^v\d+$")
_VERSIONED: Final = re.compile(r"\.v\d+$")


class _Module(NamedTuple):
    name: str
    """As in its `go.mod`; empty if that says nothing."""
    replaced: tuple[tuple[str, str], ...]
    """Modules that stand for a folder beside it."""


def modules(places: Places, path: str, imported: Imported) -> list[str]:
    """Give the files of a package, those of its tests left out."""
    return next(iter(_packages(places, path, imported.module)), [])


def bound(places: Places, path: str, imported: Imported) -> str:
    """Give the name of a package: as the import or else its files say, or as its path suggests."""
    if imported.name == "*":
        return "*"
    if imported.alias:
        return imported.alias
    for one in modules(places, path, imported)[:1]:
        if (file := places.file(one)) and file.package:
            return file.package
    parts = imported.module.split("/")
    last = parts[-2] if len(parts) > 1 and _VERSION.match(parts[-1]) else parts[-1]
    return (
        _VERSIONED.sub("", last).rpartition("-")[2]
        if last.startswith("go-")
        else _VERSIONED.sub("", last)
    )


def neighbours(places: Places, path: str) -> list[str]:
    """Give the other files of the same package; a file sees tests only if it is one."""
    own = places.file(path)
    with_tests = path.endswith("_test.go")
    return [
        other
        for other in places.folder(posixpath.dirname(path))
        if other != path
        and other.endswith(".go")
        and (with_tests or not other.endswith("_test.go"))
        and (own is None or (file := places.file(other)) is None or file.package == own.package)
    ]


def _packages(places: Places, path: str, module: str) -> list[list[str]]:
    found = (_files(places, folder) for folder in _folders(places, path, module))
    return [files for files in found if files]


def _folders(places: Places, path: str, module: str) -> list[str]:
    """List the folders that a package may be, by the modules around a file."""
    listed: list[str] = []
    for folder in upwards(posixpath.dirname(path)):
        around = _read(places.text(joined(folder, "go.mod")))
        named = [(around.name, folder)]
        named += [(name, joined(folder, target)) for name, target in around.replaced]
        for used in _used(places.text(joined(folder, "go.work"))):
            inner = joined(folder, used)
            named.append((_read(places.text(joined(inner, "go.mod"))).name, inner))
        for name, root in named:
            if name and (module == name or module.startswith(f"{name}/")):
                listed.append(joined(root, module[len(name) + 1 :]))
    return listed


def _files(places: Places, folder: str) -> list[str]:
    files = places.folder(folder)
    return [one for one in files if one.endswith(".go") and not one.endswith("_test.go")]


@lru_cache(64)
def _read(text: str) -> _Module:
    plain = _REMARK.sub("", text)
    named = _MODULE.search(plain)
    return _Module(named[1] if named else "", tuple(_REPLACED.findall(plain)))


@lru_cache(16)
def _used(text: str) -> tuple[str, ...]:
    """List the folders that a `go.work` uses."""
    found = _USE_BLOCK.findall(_REMARK.sub("", text))
    return tuple(word.strip('"`') for block, single in found for word in (block or single).split())
