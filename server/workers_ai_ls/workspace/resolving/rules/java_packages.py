"""Where the packages and classes of Java have their files."""

from workers_ai_ls.syntax.symbol import Imported
from workers_ai_ls.workspace.resolving.rules.places import Places


def modules(places: Places, path: str, imported: Imported) -> list[str]:
    """Give the file of `import a.b.C;` and `import static a.b.C.d;`, the package's for `import a.b.*;`."""
    package = imported.module
    if imported.name and imported.name != "*" and package:
        file = _of_class(places, path, package, imported.name)
        if file:
            return [file]
    if not imported.name:
        return places.packaged(package)
    # What precedes a name may be a class: static members, nested classes, names written in full.
    outer, _, name = package.rpartition(".")
    if name and (file := _of_class(places, path, outer, name)):
        return [file]
    while outer:
        # A class within a class has the file of the outermost.
        outer, _, name = outer.rpartition(".")
        if name and (file := _of_class(places, path, outer, name)):
            return [file]
    return places.packaged(package) if imported.name == "*" else []


def neighbours(places: Places, path: str) -> list[str]:
    """Give the other files of the package, those of the same folder first."""
    file = places.file(path)
    if file is None:
        return []
    folder = path.rpartition("/")[0]
    package = file.package
    listed = places.packaged(package) if package else places.folder(folder)
    others = [one for one in listed if one != path]
    return sorted(others, key=lambda one: one.rpartition("/")[0] != folder)


def _of_class(places: Places, path: str, package: str, name: str) -> str | None:
    """Find the file of a class at the top of a package: nearest to `path` if several have it."""
    ending = f"{package.replace('.', '/')}/{name}.java" if package else f"{name}.java"
    found = [one for one in places.named(f"{name}.java") if f"/{one}".endswith(f"/{ending}")]
    if not package:
        own = places.file(path)
        here = path.rpartition("/")[0]
        found = [
            one
            for one in found
            if one.rpartition("/")[0] == here
            or (own and (other := places.file(one)) and other.package == own.package)
        ]
    return max(found, key=lambda one: _shared(one, path), default=None)


def _shared(one: str, other: str) -> int:
    """Count the folders that two paths have in common."""
    count = 0
    for left, right in zip(one.split("/"), other.split("/"), strict=False):
        if left != right:
            break
        count += 1
    return count
