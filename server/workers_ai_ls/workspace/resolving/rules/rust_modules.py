"""Where the modules of Rust have their files."""

import re
from typing import Final

from workers_ai_ls.syntax.symbol import Imported
from workers_ai_ls.workspace.resolving.rules.places import Places

_DIVIDING: Final = re.compile(r"::|\.")
_ROOTS: Final = ("lib.rs", "main.rs")
_FOLDERS_OF_ROOTS: Final = frozenset({"tests", "benches", "examples", "bin"})
_CRATE: Final = re.compile(r'^\s*name\s*=\s*"([^"]+)"', re.MULTILINE)
_FOREIGN: Final = frozenset({"std", "core", "alloc"})
_MOST_CRATES: Final = 40
"""How many manifests are read in search of a crate that lies in a folder of another name."""
_DEEPEST: Final = 6
"""How often one module hands on what another has."""


def modules(places: Places, path: str, imported: Imported) -> list[str]:
    """Give the file of a `use`'s path; for one through a type or an inline module, that around it."""
    parts = [part for part in _DIVIDING.split(imported.module) if part]
    if imported not in places.imports(path):
        # A path that is written where it is used; what it goes through beside modules is looked up.
        return _listed(_module(places, path, parts))
    if parts[:1] == ["super"] and (inside := _inline(places, path, imported.line)):
        # `super` of a module within the file is the file itself.
        here = _walked(places, path, parts[inside:], 0) if len(parts) >= inside else path
        return [file for file in (here, *_listed(_walked(places, path, parts, 0))) if file]
    return _listed(_walked(places, path, parts, 0))


def submodule(places: Places, path: str, name: str) -> list[str]:
    """Give the file of `mod name;`."""
    return _listed(_child(places, path, name))


def crate_root(places: Places, path: str) -> str:
    """Give the file that the crate of a file begins with."""
    folder, _, name = path.rpartition("/")
    if name in _ROOTS or folder.rpartition("/")[2] in _FOLDERS_OF_ROOTS:
        return path
    while True:
        found = next((file for root in _ROOTS if places.has(file := _at(folder, root))), None)
        if found or not folder:
            return found or path
        folder = folder.rpartition("/")[0]


def _walked(places: Places, path: str, parts: list[str], depth: int) -> str | None:
    """Follow a path from a file on: to the file of its last module."""
    if not parts or depth > _DEEPEST:
        return path if depth <= _DEEPEST else None
    first, *rest = parts
    at: str | None
    if first == "crate":
        at = crate_root(places, path)
    elif first == "self":
        at = path
    elif first == "super":
        at = _parent(places, path)
    else:
        at = _step(places, path, first, depth) or _crate(places, path, first)
    for name in rest:
        if at is None:
            return None
        at = _parent(places, at) if name == "super" else _step(places, at, name, depth)
    return at


def _module(places: Places, path: str, parts: list[str]) -> str | None:
    """Follow a path that ends in a module, not in a type."""
    *outer, last = parts or [""]
    if last in {"crate", "self", "super"}:
        return _walked(places, path, parts, 0)
    at = _walked(places, path, outer, 0)
    if at is None:
        return None
    if found := _child(places, at, last):
        return found
    if any(one.kind == "module" and one.name == last for one in places.definitions(at)):
        return at
    handed = (one for one in places.imports(at) if last in {one.alias, one.name} - {""})
    for item in handed:
        inner = [part for part in (*_DIVIDING.split(item.module), item.name) if part]
        holder = _walked(places, at, inner[:-1], 1) if item.module != "self" else None
        if holder and (found := _child(places, holder, inner[-1])):
            return found
    return None if outer else _crate(places, path, last)


def _step(places: Places, path: str, name: str, depth: int) -> str | None:
    """Give the file in which a name of a module stands, if that is a module or a type."""
    if found := _child(places, path, name):
        return found
    if any(item.name == name and item.parent < 0 for item in places.definitions(path)):
        return path
    for item in places.imports(path):
        bound = item.alias or item.name or item.module.rpartition("::")[2]
        parts = [*_DIVIDING.split(item.module), item.name]
        if bound == name and item.module != "self" and parts[0] != name:
            return _walked(places, path, [part for part in parts if part], depth + 1)
    return None


def _child(places: Places, path: str, name: str) -> str | None:
    folder, _, file = path.rpartition("/")
    stem = _at(folder, file.removesuffix(".rs"))
    homes = [folder] if file in {*_ROOTS, "mod.rs"} else [stem]
    if folder.rpartition("/")[2] in _FOLDERS_OF_ROOTS:
        homes = [folder, stem]
    files = (_at(home, end) for home in homes for end in (f"{name}.rs", f"{name}/mod.rs"))
    return next((one for one in files if places.has(one)), None)


def _parent(places: Places, path: str) -> str | None:
    folder, _, file = path.rpartition("/")
    if file == "mod.rs":
        folder = folder.rpartition("/")[0]
    names = (_at(folder, "mod.rs"), *(_at(folder, root) for root in _ROOTS), f"{folder}.rs")
    return next((one for one in names if one != path and places.has(one)), None)


def _crate(places: Places, path: str, name: str) -> str | None:
    """Find another crate of the workspace, or in tests and examples one's own."""
    if name in _FOREIGN:
        return None
    roots = [file for file in places.named("lib.rs") if file != path]
    folders = {file: _package(file) for file in roots}

    def is_likely(file: str) -> bool:
        return folders[file].rpartition("/")[2].replace("-", "_").endswith(name)

    roots.sort(key=lambda file: (not is_likely(file), not path.startswith(folders[file]), file))
    for file in roots[:_MOST_CRATES]:
        manifest = places.text(_at(folders[file], "Cargo.toml"))
        if any(said.replace("-", "_") == name for said in _CRATE.findall(manifest)[:2]):
            return file
    return None


def _package(root: str) -> str:
    folder = root.rpartition("/")[0]
    return folder.rpartition("/")[0] if folder.rpartition("/")[2] == "src" else folder


def _inline(places: Places, path: str, line: int) -> int:
    """Count the modules within the file that stand around a line."""
    around = (item for item in places.definitions(path) if item.kind == "module")
    return sum(item.start <= line < item.end for item in around)


def _at(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _listed(path: str | None) -> list[str]:
    return [path] if path else []
