"""Modules by `paths` and `baseUrl` of TypeScript's configuration."""

import posixpath
from typing import Final, NamedTuple

from workers_ai_ls.workspace.resolving.rules.folders import joined, upwards
from workers_ai_ls.workspace.resolving.rules.javascript_files import file_at, parsed
from workers_ai_ls.workspace.resolving.rules.places import Places

_CONFIGS: Final = ("tsconfig.json", "jsconfig.json")
_DEEPEST: Final = 5


class _Paths(NamedTuple):
    """What a configuration says of modules that are called by no relative path."""

    base: str | None
    """The folder in which they are looked for; None without `baseUrl`."""
    patterns: tuple[tuple[str, tuple[str, ...]], ...]
    """Names with at most one `*`, and the paths from the workspace's root that they stand for."""


def by_configuration(places: Places, folder: str, module: str) -> list[str]:
    """Find a module as the nearest configuration around a folder says."""
    for around in upwards(folder):
        if any(places.text(joined(around, name)) for name in _CONFIGS):
            return _by_paths(places, _paths(places, around), module)
    return []


def _by_paths(places: Places, paths: _Paths, module: str) -> list[str]:
    """Find a module by `paths`, of which the longest that fits counts, or in `baseUrl`."""
    fitting = []
    for pattern, written in paths.patterns:
        before, star, after = pattern.partition("*")
        fits = module.startswith(before) and module.endswith(after) if star else module == pattern
        if fits and len(module) >= len(before) + len(after):
            middle = module[len(before) : len(module) - len(after)] if star else ""
            fitting.append((not star, len(before), [one.replace("*", middle) for one in written]))
    for _, _, targets in sorted(fitting, reverse=True):
        for target in targets:
            if found := file_at(places, target):
                return found
    return file_at(places, joined(paths.base, module)) if paths.base is not None else []


def _paths(places: Places, folder: str, name: str = "", depth: int = 0) -> _Paths:
    """Read the nearest configuration with those that it extends; its own `paths` replace theirs."""
    names = (name,) if name else _CONFIGS
    path = next((one for each in names if places.text(one := joined(folder, each))), "")
    if not path or depth > _DEEPEST:
        return _Paths(None, ())
    whole = parsed(places.text(path))
    options = whole.get("compilerOptions")
    options = options if isinstance(options, dict) else {}
    base, given = options.get("baseUrl"), options.get("paths")
    own = _Paths(joined(folder, base) if isinstance(base, str) else None, ())
    if isinstance(given, dict):
        at = folder if own.base is None else own.base
        patterns = (
            (key, tuple(joined(at, one) for one in value if isinstance(one, str)))
            for key, value in given.items()
            if isinstance(value, list)
        )
        own = own._replace(patterns=tuple(patterns))
    extended = whole.get("extends")
    references = whole.get("references")
    more = extended if isinstance(extended, list) else [extended]
    if isinstance(references, list):
        # The configuration at the top may only name those that say something.
        more += [one.get("path") for one in references if isinstance(one, dict)]
    for each in more:
        if isinstance(each, str) and each.startswith(".") and not (own.patterns and own.base):
            inherited = _other(places, folder, each, depth)
            own = _Paths(
                inherited.base if own.base is None else own.base, own.patterns or inherited.patterns
            )
    return own


def _other(places: Places, folder: str, written: str, depth: int) -> _Paths:
    target = joined(folder, written)
    for path in (target, f"{target}.json", f"{target}/tsconfig.json"):
        if path.endswith(".json") and places.text(path):
            return _paths(places, posixpath.dirname(path), posixpath.basename(path), depth + 1)
    return _Paths(None, ())
