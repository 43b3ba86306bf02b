"""Where the tests for a JavaScript or TypeScript module live: Jest, Vitest or another runner."""

import json
import os
import re
from contextlib import suppress
from pathlib import Path

from workers_ai_ls.workspace.layout import (
    Framework,
    TestTarget,
    best_fit,
    command,
    glance,
    mirrored,
    target_at,
)
from workers_ai_ls.workspace.walking import ENTRIES, files_below, names_in, project_root

_TEST = re.compile(r"\.(?P<kind>test|spec)\.[cm]?[jt]sx?$")
_FOLDERS = ("__tests__", "tests", "test", "spec")
_RUNNERS: tuple[Framework, ...] = ("vitest", "jest")


def javascript_tests(path: Path, symbol: str | None, root: Path | None) -> TestTarget:
    """Find the test file for a module: the existing one, else one like its neighbours'."""
    base = project_root(path, frozenset({"package.json"}), root)
    framework = _framework(base)
    run = None
    if _TEST.search(path.name) or path.parent.name == "__tests__":
        target, hint = path, None
    else:
        target = _existing(path, base) or _new(path, base)
        hint = _import_hint(path, target, symbol, base)
    if framework == "vitest":
        run = command("npx vitest run", target, base)
    elif framework == "jest":
        run = command("npx jest", target, base)
    return target_at(target, framework, run_command=run, import_hint=hint)


def _framework(base: Path | None) -> Framework:
    if base is None:
        return "other"
    package = _package(base)
    for runner in _RUNNERS:
        configured = any(name.startswith(f"{runner}.config.") for name in names_in(base))
        if configured or _uses(package, runner):
            return runner
    return "other"


def _package(base: Path) -> dict[str, object]:
    with suppress(ValueError):
        package = json.loads(glance(base / "package.json"))
        if isinstance(package, dict):
            return package
    return {}


def _uses(package: dict[str, object], runner: str) -> bool:
    for key in ("devDependencies", "dependencies", "scripts"):
        table = package.get(key)
        if isinstance(table, dict):
            words = table if key != "scripts" else " ".join(map(str, table.values())).split()
            if runner in words:
                return True
    return runner in package


def _existing(path: Path, base: Path | None) -> Path | None:
    found = re.compile(rf"{re.escape(path.stem)}\.(?:test|spec)\.[cm]?[jt]sx?")
    folders = [path.parent, *(path.parent / name for name in _FOLDERS)]
    for folder in folders:
        for name in names_in(folder):
            if found.fullmatch(name) or (folder.name == "__tests__" and name == path.name):
                return folder / name
    if base is None:
        return None
    matches = (file for file in files_below(base, ENTRIES // 2) if found.fullmatch(file.name))
    return best_fit(path, matches, base)


def _new(path: Path, base: Path | None) -> Path:
    beside = [name for name in names_in(path.parent) if _TEST.search(name)]
    if beside:
        return path.parent / _named(path, beside)
    if (path.parent / "__tests__").is_dir():
        folder = path.parent / "__tests__"
        return folder / _named(path, names_in(folder))
    home = (
        next((base / name for name in _FOLDERS if (base / name).is_dir()), None) if base else None
    )
    if base is None or home is None:
        return path.parent / _named(path, [])
    if any(_TEST.search(file.name) for file in files_below(base / "src", ENTRIES // 8)):
        # The folder is for tests of another kind: those of units stand beside them.
        return path.parent / _named(path, [])
    folders = path.parent.relative_to(base).parts
    folder = mirrored(home, folders[1:] if folders[:1] in {("src",), ("lib",)} else folders)
    return folder / _named(path, names_in(folder) or names_in(home))


def _named(path: Path, neighbours: list[str]) -> str:
    kinds = [found["kind"] for name in neighbours if (found := _TEST.search(name))]
    kind = "spec" if kinds and kinds.count("spec") * 2 > len(kinds) else "test"
    return f"{path.stem}.{kind}{path.suffix}"


def _import_hint(path: Path, target: Path, symbol: str | None, base: Path | None) -> str:
    # A path from one file to another is what the language imports.
    relative = Path(os.path.relpath(path.parent, target.parent)).as_posix()
    prefix = "./" if relative == "." else f"{relative}/"
    prefix = prefix if prefix.startswith(".") else f"./{prefix}"
    text = glance(path)
    name = (symbol or "").partition(".")[0]
    known = name and re.search(
        rf"^(?:export\b.*|module\.exports\b.*|exports\.){re.escape(name)}\b", text, re.MULTILINE
    )
    names = name if known else "…"
    if path.suffix in {".js", ".cjs"} and re.search(
        r"^\s*(?:module\.)?exports\b", text, re.MULTILINE
    ):
        return f"const {{ {names} }} = require('{prefix}{path.stem}')"
    modules = path.suffix == ".mjs" or (
        path.suffix == ".js" and base is not None and _package(base).get("type") == "module"
    )
    file = path.name if modules else path.stem
    if known and re.search(rf"^export\s+default\b.*\b{re.escape(name)}\b", text, re.MULTILINE):
        return f"import {name} from '{prefix}{file}'"
    return f"import {{ {names} }} from '{prefix}{file}'"
