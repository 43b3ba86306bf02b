"""Where the tests for a Rust file live: in a module of the file itself, or in `tests/`."""

import re
import shlex
from pathlib import Path

import attrs

from workers_ai_ls.workspace.layout import TestTarget, command, glance, target_at
from workers_ai_ls.workspace.neighbours import neighbours, sample_among
from workers_ai_ls.workspace.walking import files_below, project_root, survey

_UNIT = re.compile(r"#\[cfg\(\s*(?:all\()?\s*test\b")
_TEST = re.compile(r"#\[(?:\w+::)*(?:test|rstest)\b")
_ELSEWHERE = re.compile(
    r"#\[cfg\(test\)\]\s*(?:#\[path\s*=\s*\"(?P<path>[^\"]+)\"\]\s*)?(?:pub\S*\s+)?mod\s+(?P<name>\w+)\s*;"
)
_LOOKED_AT = 60


def rust_tests(path: Path, symbol: str | None, root: Path | None) -> TestTarget:
    """Find where tests go: the file's own module, unless the project tests from outside alone."""
    base = project_root(path, frozenset({"Cargo.toml"}), root)
    text = glance(path)
    home = base / "tests" if base else None
    if home and path.is_relative_to(home):
        run = command("cargo test --test", Path(path.stem), None)
        return target_at(path, "rust", run_command=run, folder=base)
    if elsewhere := _ELSEWHERE.search(text):
        return _in_module(_module_file(path, elsewhere), path, base, elsewhere["name"])
    if home and base and _tests_from_outside(path, text, symbol, base):
        return _outside(path, symbol, home, base)
    near = [file for file in neighbours(path, ()) if file != path]
    near += [file for file in _sources(path, base) if file != path and _UNIT.search(glance(file))]
    target = target_at(path, "rust", run_command=_command(path, base, "tests"), folder=base)
    sample = None if _UNIT.search(text) else sample_among(near, _TEST)
    return attrs.evolve(target, inside=True, sample=sample)


def _in_module(target: Path, path: Path, base: Path | None, name: str) -> TestTarget:
    run = _command(path, base, name)
    return target_at(target, "rust", run_command=run, import_hint="use super::*;", folder=base)


def _module_file(path: Path, found: re.Match[str]) -> Path:
    if found["path"]:
        return path.parent / found["path"]
    inner = path.parent if path.stem in ("mod", "lib", "main") else path.parent / path.stem
    file = inner / f"{found['name']}.rs"
    nested = inner / found["name"] / "mod.rs"
    return nested if nested.is_file() and not file.is_file() else file


def _tests_from_outside(path: Path, text: str, symbol: str | None, base: Path) -> bool:
    """Whether the project has tests in `tests/` and none in its sources, and the symbol is public."""
    if _UNIT.search(text) or not (base / "src" / "lib.rs").is_file():
        return False
    name = (symbol or "").rpartition(".")[2]
    public = not name or re.search(
        rf"\bpub\s+(?:(?:async|const|unsafe)\s+)*\w+\s+{re.escape(name)}\b", text
    )
    if not public or not any(_TEST.search(glance(file)) for file in _integration(base)):
        return False
    return not any(_UNIT.search(glance(file)) for file in _sources(path, base))


def _outside(path: Path, symbol: str | None, home: Path, base: Path) -> TestTarget:
    files = _integration(base)
    module = path.parent.name if path.stem in ("mod", "lib") else path.stem
    crate = _crate(base)
    module = crate if path.stem == "lib" else module
    names = (f"{module}.rs", f"{module}_test.rs", f"{module}_tests.rs", f"test_{module}.rs")
    named = next((file for file in files if file.name in names), None)
    target = named or home / f"{module}.rs"
    parts = [part for part in _modules(path, base) if part]
    item = (symbol or "").partition(".")[0] or "…"
    return target_at(
        target,
        "rust",
        run_command=f"cargo test --test {shlex.quote(target.stem)}",
        import_hint=f"use {'::'.join([crate, *parts, item])};",
        folder=base,
        sample=sample_among(files, _TEST),
    )


def _integration(base: Path) -> list[Path]:
    return [file for file in files_below(base / "tests", _LOOKED_AT) if file.suffix == ".rs"]


def _sources(path: Path, base: Path | None) -> list[Path]:
    inner = base / "src" if base else path.parent
    files = [file for file in survey(path, inner) if file.suffix == ".rs"]
    return [file for file in files if file.is_relative_to(inner)][:_LOOKED_AT]


def _crate(base: Path) -> str:
    manifest = glance(base / "Cargo.toml")
    found = re.search(
        r"^\[lib\][^\[]*?^name\s*=\s*\"([^\"]+)\"", manifest, re.MULTILINE | re.DOTALL
    )
    found = found or re.search(
        r"^\[package\][^\[]*?^name\s*=\s*\"([^\"]+)\"", manifest, re.MULTILINE | re.DOTALL
    )
    return (found[1] if found else base.name).replace("-", "_")


def _modules(path: Path, base: Path) -> list[str]:
    """Give the modules of a source file, from the crate's root."""
    inner = base / "src"
    if not path.is_relative_to(inner):
        return []
    parts = list(path.relative_to(inner).with_suffix("").parts)
    if parts[-1] == "mod" or parts in (["lib"], ["main"]):
        parts.pop()
    return parts


def _command(path: Path, base: Path | None, module: str) -> str | None:
    """Give the command that runs a module's unit tests, in the crate's target that has it."""
    if base is None or not path.is_relative_to(base / "src"):
        return None
    parts = _modules(path, base)
    inner = base / "src"
    if path.parent == inner / "bin":
        return f"cargo test --bin {shlex.quote(path.stem)} {module}"
    tests = "::".join([*parts, module])
    if (inner / "lib.rs").is_file() and path != inner / "main.rs":
        return f"cargo test --lib {tests}"
    return f"cargo test --bins {tests}"
