"""Packages of JavaScript that stand in the same workspace, by what their manifests export."""

import re
from typing import Any, Final

from workers_ai_ls.workspace.resolving.rules.folders import joined, upwards
from workers_ai_ls.workspace.resolving.rules.javascript_files import file_at, parsed
from workers_ai_ls.workspace.resolving.rules.places import Places

_BUILT: Final = re.compile(
    r"^(?:\./)?(?:dist|lib|build|out|esm|es|cjs|types)(?=/)(?:/(?:esm|cjs|es|types|src)(?=/))?"
)
_WORKSPACE: Final = re.compile(r"""^\s*-\s*["']?([^"'\s#]+)""", re.MULTILINE)
_CONDITIONS: Final = (
    "source",
    "types",
    "import",
    "module",
    "require",
    "default",
    "node",
    "browser",
)


def in_package(places: Places, folder: str, module: str) -> list[str]:
    """Find a package of the same workspace, the one around the file included."""
    parts = module.split("/")
    size = 2 if module.startswith("@") else 1
    name, rest = "/".join(parts[:size]), "/".join(parts[size:])
    if module.startswith("#"):
        name, rest = "", module
    for around in upwards(folder):
        whole = parsed(places.text(joined(around, "package.json")))
        if whole and (whole.get("name") == name or not name):
            return _entry(places, around, whole, rest)
        for inner in _members(places, around, whole, parts[size - 1]) if name else ():
            held = parsed(places.text(joined(inner, "package.json")))
            if held.get("name") == name:
                return _entry(places, inner, held, rest)
    return []


def _members(places: Places, folder: str, whole: dict[str, Any], tail: str) -> list[str]:
    """Guess the folders of a package by the globs of a workspace: a package bears its folder's name."""
    globs = whole.get("workspaces")
    globs = globs.get("packages") if isinstance(globs, dict) else globs
    if not isinstance(globs, list):
        globs = _WORKSPACE.findall(places.text(joined(folder, "pnpm-workspace.yaml")))
    listed = [one for one in globs if isinstance(one, str) and not one.startswith("!")]
    return [joined(folder, re.sub(r"\*+(?:/\*+)*", tail, one).rstrip("/")) for one in listed]


def _entry(places: Places, folder: str, whole: dict[str, Any], rest: str) -> list[str]:
    """Give the source of what a package exports under a path; what is built is made of `src`."""
    key = rest if rest.startswith("#") else f"./{rest}" if rest else "."
    exports = whole.get("imports" if rest.startswith("#") else "exports")
    targets = _targets(exports, key)
    if not rest:
        fields = (whole.get(each) for each in ("source", "types", "typings", "module", "main"))
        targets += [each for each in fields if isinstance(each, str)]
        targets += ["src/index", "index", "src/main"]
    elif not rest.startswith("#"):
        targets += [rest, f"src/{rest}"]
    for target in targets:
        bare = re.sub(r"\.d\.([cm]?)ts$", r".\1js", target)
        for one in (target, _BUILT.sub("src", bare), _BUILT.sub(".", bare)):
            if found := file_at(places, joined(folder, one)):
                return found
    return []


def _targets(exports: object, key: str) -> list[str]:
    """List what a field `exports` (or `imports`) gives for a key, whatever the condition."""
    if isinstance(exports, dict) and any(str(one).startswith((".", "#")) for one in exports):
        if key in exports:
            return _leaves(exports[key])
        for pattern, value in exports.items():
            before, star, after = str(pattern).partition("*")
            if star and key.startswith(before) and key.endswith(after):
                middle = key[len(before) : len(key) - len(after)]
                return [one.replace("*", middle) for one in _leaves(value)]
        return []
    return _leaves(exports) if key == "." else []


def _leaves(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [leaf for one in value for leaf in _leaves(one)]
    if isinstance(value, dict):
        keys = sorted(value, key=lambda one: _CONDITIONS.index(one) if one in _CONDITIONS else 99)
        return [leaf for key in keys for leaf in _leaves(value[key])]
    return []
