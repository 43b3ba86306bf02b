"""C#, PHP, Ruby, Lua and Bash, by the few rules that they have in common."""

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import Final

from workers_ai_ls.syntax.symbol import Definition, Imported
from workers_ai_ls.syntax.use_tables import Said
from workers_ai_ls.workspace.resolving.rules.places import Places
from workers_ai_ls.workspace.resolving.rules.rules import Rules
from workers_ai_ls.workspace.resolving.rules.signatures import around_name, bracketed, divided

_WORDS: Final = re.compile(
    r"\[[A-Z]\w*(?:\([^)]*\))?\]|\b(?:public|protected|private|internal|static|readonly|const|async"
    r"|override|virtual|abstract|sealed|partial|extern|unsafe|new|event|required|var|ref|out|in"
    r"|params|this|final|function)\b"
)
_RETURN: Final = re.compile(r"^\s*:\s*([^{;]+)")


def _required(*endings: str) -> Callable[[Places, str, Imported], list[str]]:
    """Make a finder of files that are named by their paths, as `require "a/b"` does."""

    def modules(places: Places, path: str, imported: Imported) -> list[str]:
        folder = path.rpartition("/")[0]
        name = imported.module
        if endings[0] == ".lua" and "/" not in name:
            name = name.replace(".", "/")
        name = posixpath.normpath(re.sub(r"^(?:\$\w+|\$\{[^}]*\}|__DIR__)/?", "./", name))
        names = [name] if name.endswith(endings) else [name + ending for ending in endings]
        beside = [posixpath.normpath(posixpath.join(folder, one)) for one in names]
        if found := [one for one in beside if places.has(one)]:
            return found[:1]
        tails = [one.lstrip("./") for one in names if not one.startswith("/")]
        listed = [
            file
            for tail in tails
            for file in places.named(tail.rpartition("/")[2])
            if f"/{file}".endswith(f"/{tail}")
        ]
        return sorted(listed, key=lambda one: (len(one), one))[:1]

    return modules


def _namespaced(ending: str, sign: str) -> Callable[[Places, str, Imported], list[str]]:
    """Make a finder of the files of a namespace, or of a class in it by the name of its file."""

    def modules(places: Places, _path: str, imported: Imported) -> list[str]:
        space = imported.module.strip(sign).replace("\\", sign)
        files = _in_namespace(places, space)
        if imported.name and imported.name != "*":
            own = [one for one in files if one.endswith(f"/{imported.name}{ending}")]
            return [*own, *(one for one in files if one not in own)]
        if files:
            return files
        # `A.B.C` may be a class of the namespace `A.B`.
        outer, _, name = space.rpartition(sign)
        return [one for one in _in_namespace(places, outer) if one.endswith(f"{name}{ending}")]

    return modules


def _in_namespace(places: Places, space: str) -> list[str]:
    """Find the files of a namespace: those that say so at their top, then those with a block of it."""
    name = space.replace("\\", ".").rpartition(".")[2]
    blocks = (
        one.path
        for one in places.defined(name)
        if one.definition.kind == "namespace" and one.definition.qualified == space
    )
    return list(dict.fromkeys((*places.packaged(space), *blocks))) if space else []


def _same_package(places: Places, path: str) -> list[str]:
    """Give the other files of a file's namespaces, and of those around these."""
    file = places.file(path)
    spaces = [one.qualified for one in places.definitions(path) if one.kind == "namespace"]
    if file and file.package:
        spaces.insert(0, file.package)
    found: list[str] = []
    for space in spaces:
        found += [one for one in _in_namespace(places, space) if one not in {path, *found}]
    return found


def _said_before(definition: Definition) -> Said:
    """Read a type that stands before a name, as in C#."""
    if definition.kind == "member":
        return Said("", "Self")
    if definition.kind not in {"method", "property", "field", "function"}:
        return Said("")
    before, _ = around_name(definition.signature, definition.name)
    return Said("", _WORDS.sub(" ", before).strip())


def _said_behind(definition: Definition) -> Said:
    """Read what PHP says: a function's type behind its parameters, a property's before its name."""
    before, behind = around_name(definition.signature.replace("$", ""), definition.name)
    if definition.kind in {"method", "function"}:
        found = _RETURN.match(bracketed(behind)[1])
        return Said("", _php_type(found[1]) if found else "")
    if definition.kind == "field":
        return Said("", _php_type(_WORDS.sub(" ", before).strip()))
    return Said("")


def _php_type(written: str) -> str:
    said = written.strip().lstrip("?")
    return "Self" if said in {"self", "static", "$this"} else said


def _said_by_value(definition: Definition) -> Said:
    """Read the expression that a variable is set to."""
    if definition.kind not in {"variable", "constant"}:
        return Said("")
    return Said("", value=definition.signature.partition("=")[2].strip())


def _parameters(signature: str) -> Mapping[str, Said]:
    """Read parameters whose types stand before their names."""
    parts = (part.partition("=")[0].strip() for part in divided(bracketed(signature)[0]))
    pairs = (_WORDS.sub(" ", part).strip().rpartition(" ") for part in parts)
    return {name: Said(name, _php_type(said)) for said, _, name in pairs if said}


C_SHARP: Final = Rules(
    modules=_namespaced(".cs", "."),
    neighbours=_same_package,
    said=_said_before,
    parameters=_parameters,
    own=frozenset({"this"}),
    base=frozenset({"base"}),
    bare_members=True,
    unimported=True,
    scattered=True,
    transparent=frozenset({"Task", "ValueTask", "Lazy", "Nullable"}),
    builtins=frozenset({"string", "int", "bool", "object", "var", "Console", "Math", "nameof"}),
    common=frozenset({"ToString", "Equals", "GetHashCode", "Add", "Count", "Length", "Select"}),
)

PHP: Final = Rules(
    modules=_namespaced(".php", "\\"),
    neighbours=_same_package,
    said=_said_behind,
    parameters=_parameters,
    own=frozenset({"$this", "self", "static"}),
    base=frozenset({"parent"}),
    constructors=("__construct",),
    unimported=True,
    builtins=frozenset(
        {"string", "int", "bool", "array", "float", "mixed", "null", "true", "false"}
    ),
    common=frozenset({"get", "set", "add", "toArray", "count", "getName", "__construct"}),
)

_RUBY_FILES: Final = _required(".rb")


def _required_files(places: Places, path: str) -> list[str]:
    """Give the files that a file requires: all that they define is seen everywhere."""
    listed = (_RUBY_FILES(places, path, one) for one in places.imports(path))
    return list(dict.fromkeys(file for files in listed for file in files))


RUBY: Final = Rules(
    modules=_RUBY_FILES,
    neighbours=_required_files,
    said=_said_by_value,
    own=frozenset({"self"}),
    base=frozenset({"super"}),
    bare_members=True,
    constructors=("initialize",),
    builtins=frozenset({"puts", "raise", "require", "attr_reader", "attr_accessor", "lambda"}),
    common=frozenset({"new", "each", "map", "to_s", "call", "size", "length", "name", "first"}),
)

LUA: Final = Rules(
    modules=_required(".lua", "/init.lua"),
    said=_said_by_value,
    own=frozenset({"self"}),
    builtins=frozenset({"print", "pairs", "ipairs", "require", "type", "string", "table", "math"}),
)

BASH: Final = Rules(
    modules=_required(".sh", ".bash", ""),
    builtins=frozenset(
        {"echo", "cd", "local", "export", "test", "printf", "exit", "return", "set"}
    ),
)
