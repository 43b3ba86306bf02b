"""Where what C includes lies, and where what its headers declare is implemented."""

import posixpath
from typing import Final

from workers_ai_ls.syntax.symbol import Definition, Imported
from workers_ai_ls.workspace.resolving.rules.places import Places

_SOURCES: Final = (".c", ".cc", ".cpp", ".cxx", ".c++", ".m", ".mm", ".inl", ".tcc", "-inl.h")
_HEADERS: Final = (".h", ".hh", ".hpp", ".hxx", ".h++")
_CALLABLE: Final = frozenset({"function", "method"})
_MOST_TWINS: Final = 2


def modules(places: Places, path: str, imported: Imported) -> list[str]:
    """Give the files that an include may mean; for a namespace, none: its names are found as they are."""
    if imported.name != "*" or not imported.reexport:
        return []
    name = imported.module
    folder = path.rpartition("/")[0]
    beside = posixpath.normpath(posixpath.join(folder, name))
    if places.has(beside):
        return [beside]
    # Which folders a compiler is told to search is in no file that could be read for certain.
    plain = posixpath.normpath(name.removeprefix("./"))
    while plain.startswith("../"):
        plain = plain.removeprefix("../")
    found = [
        one for one in places.named(plain.rpartition("/")[2]) if f"/{one}".endswith(f"/{plain}")
    ]
    return sorted(found, key=lambda one: (-_shared(one, path), len(one), one))[:2]


def twins(places: Places, path: str, definition: Definition) -> list[tuple[str, Definition]]:
    """Give what implements a function that is only declared here.

    The file of the header's name is likeliest, then what is nearest; a platform each may have one.
    """
    if definition.kind not in _CALLABLE or is_implemented(definition):
        return []
    stem = _stem(path)
    found = [
        (one.path, one.definition)
        for one in places.defined(definition.name)
        if is_implemented(one.definition) and _is_same(one.definition, definition)
    ]
    found = [one for one in found if one[0].endswith((*_SOURCES, *_HEADERS))]
    found.sort(key=lambda one: (_stem(one[0]) != stem, -_shared(one[0], path), one[0]))
    named = [one for one in found if _stem(one[0]) == stem]
    return (named or found)[:_MOST_TWINS]


def _stem(path: str) -> str:
    name = path.rpartition("/")[2]
    ending = next((one for one in (*_SOURCES, *_HEADERS) if name.endswith(one)), "")
    return name.removesuffix(ending)


def is_implemented(definition: Definition) -> bool:
    """Whether a function has a body."""
    return definition.kind in _CALLABLE and not definition.signature.endswith(";")


def _is_same(one: Definition, other: Definition) -> bool:
    """Whether two functions of the same name belong to the same class."""
    ends = one.qualified.split(".")[-2:], other.qualified.split(".")[-2:]
    return len(ends[0]) == len(ends[1]) and (ends[0] == ends[1] or other.kind == "function")


def _shared(one: str, other: str) -> int:
    """Count the folders that two paths have in common."""
    count = 0
    for left, right in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if left != right:
            break
        count += 1
    return count
