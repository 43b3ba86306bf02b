"""Where the tests for a JavaScript or TypeScript module live: Jest, Vitest or another runner."""

import os
import re
from pathlib import Path

from workers_ai_ls.workspace.javascript_runners import import_extension, run_command, runner_of
from workers_ai_ls.workspace.layout import TestTarget, best_fit, glance, mirrored, target_at
from workers_ai_ls.workspace.mapping import learned
from workers_ai_ls.workspace.neighbours import covering, mentions, neighbours, sample_among
from workers_ai_ls.workspace.walking import ENTRIES, files_below, names_in, project_root, survey

_TEST = re.compile(r"\.(?P<kind>test|spec)\.[cm]?[jt]sx?$")
_FOLDERS = ("__tests__", "tests", "test", "spec")
_TELLS = re.compile(r"^\s*(?:test|it|describe)\b", re.MULTILINE)


def javascript_tests(path: Path, symbol: str | None, root: Path | None) -> TestTarget:
    """Find the test file for a module: the existing one, else one like its neighbours'."""
    base = project_root(path, frozenset({"package.json"}), root)
    files = survey(path, base, _FOLDERS)
    own = bool(_TEST.search(path.name)) or path.parent.name == "__tests__"
    target = path if own else _target(path, symbol, base, files)
    near = neighbours(target, files)
    framework = runner_of(target, base, near)
    sample = sample_among(near, _TELLS)
    hint = None
    if not own:
        texts = [glance(target), sample.text if sample else ""]
        extension = import_extension(path, framework, base, texts)
        hint = _import_hint(path, target, symbol, extension)
    return target_at(
        target,
        framework,
        run_command=run_command(framework, target, base),
        import_hint=hint,
        folder=base,
        sample=sample,
    )


def _target(path: Path, symbol: str | None, base: Path | None, files: tuple[Path, ...]) -> Path:
    mapped = learned(path, base, files) if base else None
    named = mapped if mapped and mapped.is_file() else _existing(path, base, files)
    covers = covering(path, symbol, files)
    if covers and (named is None or not mentions(named, symbol)):
        return covers
    return named or mapped or _new(path, base)


def _existing(path: Path, base: Path | None, files: tuple[Path, ...]) -> Path | None:
    found = re.compile(rf"{re.escape(path.stem)}\.(?:test|spec)\.[cm]?[jt]sx?")
    folders = [path.parent, *(path.parent / name for name in _FOLDERS)]
    for folder in folders:
        for name in names_in(folder):
            if found.fullmatch(name) or (folder.name == "__tests__" and name == path.name):
                return folder / name
    if base is None:
        return None
    return best_fit(path, (file for file in files if found.fullmatch(file.name)), base)


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


def _import_hint(path: Path, target: Path, symbol: str | None, extension: str) -> str:
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
        if known and re.search(rf"^module\.exports\s*=\s*{re.escape(name)}\b", text, re.MULTILINE):
            return f"const {name} = require('{prefix}{path.stem}')"
        return f"const {{ {names} }} = require('{prefix}{path.stem}')"
    if known and re.search(rf"^export\s+default\b.*\b{re.escape(name)}\b", text, re.MULTILINE):
        return f"import {name} from '{prefix}{path.stem}{extension}'"
    return f"import {{ {names} }} from '{prefix}{path.stem}{extension}'"
