"""Where the tests for a Python module live: pytest or unittest, `tests/` or beside it."""

import re
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
from workers_ai_ls.workspace.mapping import learned
from workers_ai_ls.workspace.neighbours import covering, mentions, neighbours, sample_among
from workers_ai_ls.workspace.pairing import module_of
from workers_ai_ls.workspace.walking import INSTALLED, names_in, project_root, survey

_MARKERS = frozenset({"pyproject.toml", "setup.py", "setup.cfg", "tox.ini", "pytest.ini", ".git"})
_CONFIGURATION = (
    "pyproject.toml", "setup.cfg", "tox.ini", "setup.py", "noxfile.py", "Pipfile", "requirements.txt",
    "requirements-dev.txt", "dev-requirements.txt", "requirements-test.txt", "test-requirements.txt",
)  # fmt: skip
_PYTEST_FILES = (
    "pytest.ini",
    ".pytest.ini",
    "conftest.py",
    "tests/conftest.py",
    "test/conftest.py",
)
_USES_UNITTEST = re.compile(r"^\s*import unittest\b|\bTestCase\b", re.MULTILINE)
_USES_PYTEST = re.compile(r"^\s*(?:import|from) pytest\b|^(?:async )?def test_", re.MULTILINE)
_HOMES = ("tests", "test")


def python_tests(path: Path, symbol: str | None, root: Path | None) -> TestTarget:
    """Find the test file for a module: the existing one, else where the project keeps its tests."""
    project = project_root(path, _MARKERS, root)
    installed = not INSTALLED.isdisjoint(path.parts)
    base = project or (root if root and not installed and path.is_relative_to(root) else None)
    files = survey(path, base, _HOMES)
    if _is_test(path.name):
        target, hint = path, None
    else:
        target = _target(path, symbol, base, project, files)
        hint = _import_hint(path, symbol, base)
    near = neighbours(target, files)
    framework = _framework(target, base, near)
    return target_at(
        target,
        framework,
        run_command=command(f"python -m {framework}", target, base),
        import_hint=hint,
        folder=base,
        sample=sample_among(near, _USES_UNITTEST if framework == "unittest" else _USES_PYTEST),
    )


def _target(
    path: Path,
    symbol: str | None,
    base: Path | None,
    project: Path | None,
    files: tuple[Path, ...],
) -> Path:
    mapped = learned(path, base, files) if base else None
    named = mapped if mapped and mapped.is_file() else _existing(path, base, files)
    own = covering(path, symbol, files)
    if own and (named is None or not mentions(named, symbol)):
        return own
    return named or mapped or _new(path, base, project)


def _is_test(name: str) -> bool:
    return name.startswith("test_") or name.endswith("_test.py") or name == "tests.py"


def _existing(path: Path, base: Path | None, files: tuple[Path, ...]) -> Path | None:
    modules = {module_of(path), path.stem if path.stem != "__init__" else path.parent.name}
    names = {name for module in modules for name in (f"test_{module}.py", f"{module}_test.py")}
    beside = [path.parent, *(path.parent / home for home in _HOMES)]
    for folder in beside:
        if here := next(
            (folder / name for name in sorted(names) if (folder / name).is_file()), None
        ):
            return here
    if base:
        named = [file for file in files if file.name in names]
        homes = tuple(base / home for home in _HOMES)
        at_home = [file for file in named if any(map(file.is_relative_to, homes))]
        for found in (at_home, named):
            if fit := best_fit(path, found, base):
                return fit
    # Django keeps an application's tests in one module.
    django = path.parent / "tests.py"
    return django if django.is_file() else None


def _new(path: Path, base: Path | None, project: Path | None) -> Path:
    name = module_of(path)
    home, anchor = _home(path, base)
    if home is None:
        if project is None:
            return path.parent / f"test_{name}.py"
        return project / "tests" / f"test_{name}.py"
    folders = path.parent.relative_to(anchor).parts
    folder = mirrored(home, folders[1:] if folders[:1] in {("src",), ("lib",)} else folders)
    if folder == home and not _test_names(home) and (home / "unit").is_dir():
        folder = home / "unit"
    neighbours = _test_names(folder) or _test_names(home)
    behind = neighbours and all(each.endswith("_test.py") for each in neighbours)
    pattern = "{}_test.py" if behind else "test_{}.py"
    target = folder / pattern.format(name)
    # A file of that name which did not fit belongs to a module of the same name elsewhere.
    return folder / pattern.format(f"{path.parent.name}_{name}") if target.exists() else target


def _home(path: Path, base: Path | None) -> tuple[Path | None, Path]:
    """Find the nearest folder of tests above a module, and the folder that it stands in."""
    for folder in path.parents:
        for name in _HOMES:
            if (folder / name).is_dir():
                return folder / name, folder
        if base is None or folder == base:
            break
    return None, path.parent


def _test_names(folder: Path) -> list[str]:
    return [name for name in names_in(folder) if name.endswith(".py") and _is_test(name)]


def _framework(target: Path, base: Path | None, near: list[Path]) -> Framework:
    if own := _framework_of(glance(target)):
        return own
    if base and any((base / name).is_file() for name in _PYTEST_FILES):
        return "pytest"
    if base and any("pytest" in glance(base / name) for name in _CONFIGURATION):
        return "pytest"
    used = {_framework_of(glance(file)) for file in near}
    return "unittest" if used - {None} == {"unittest"} else "pytest"


def _framework_of(text: str) -> Framework | None:
    if _USES_UNITTEST.search(text):
        return "unittest"
    return "pytest" if _USES_PYTEST.search(text) else None


def _import_hint(path: Path, symbol: str | None, base: Path | None) -> str | None:
    """Give the import of what a module defines at its top level; `…` stands for other names.

    None for a file that no statement can import: `my-script.py`.
    """
    if not path.stem.isidentifier():
        return None
    parts = [] if path.stem == "__init__" else [path.stem]
    folder = path.parent
    while (folder / "__init__.py").is_file():
        parts.insert(0, folder.name)
        folder = folder.parent
    if base and folder.is_relative_to(base) and parts == [path.stem]:
        # Folders without __init__.py are packages too, seen from where the tests run.
        above = folder.relative_to(base).parts
        above = above[above.index("src") + 1 :] if "src" in above else above
        parts = [*above, *parts] if all(part.isidentifier() for part in above) else parts
    name = (symbol or "").partition(".")[0]
    defined = name and re.search(
        rf"^(?:(?:async\s+)?def|class)\s+{re.escape(name)}\b|^{re.escape(name)}\s*[:=]",
        glance(path),
        re.MULTILINE,
    )
    return f"from {'.'.join(parts) or path.parent.name} import {name if defined else '…'}"
