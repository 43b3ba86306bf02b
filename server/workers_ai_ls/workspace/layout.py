"""Where the tests for a source file live, or would."""

import re
import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

import attrs

from workers_ai_ls.workspace.failures import CannotRead, NotText, TooLarge
from workers_ai_ls.workspace.files import read_for_context, read_for_edit

Framework = Literal[
    "pytest",
    "unittest",
    "jest",
    "vitest",
    "node",
    "mocha",
    "bun",
    "go",
    "testify",
    "rust",
    "junit4",
    "junit5",
    "other",
]
# Folders that say nothing about which module the tests in them belong to.
GENERIC = frozenset(
    {
        "src", "lib", "python", "main", "java", "app", "tests", "test", "testing", "__tests__", "spec", "specs", "unit", "units",
        "integration", "functional", "unit_tests", "unittests",
    }
)  # fmt: skip
_TESTS = re.compile(r"^tests?[._-]|[._-]?[Tt]ests?$")
# Configuration and neighbours; more than this is no configuration. Bytes.
_ENOUGH = 200_000


class Sample(NamedTuple):
    """A test file whose style is to be followed."""

    path: Path
    text: str


@attrs.frozen
class TestTarget:
    """The test file for a source file, which is the source file itself where `inside`."""

    __test__ = False

    path: Path
    exists: bool
    framework: Framework
    text: str | None = None
    """What it holds; None while there is no such file."""
    run_command: str | None = None
    """A line for a shell that runs it from `folder`; None where there is no single custom."""
    import_hint: str | None = None
    """How its code reaches the code under test; `…` stands for the names."""
    folder: Path | None = None
    """The project's; None where nothing marks one."""
    inside: bool = False
    """Whether the tests stand in a module of the source file, as Rust's unit tests do."""
    sample: Sample | None = None
    """A neighbouring test file, where this one is new."""


def target_at(
    path: Path,
    framework: Framework,
    *,
    run_command: str | None = None,
    import_hint: str | None = None,
    folder: Path | None = None,
    sample: Sample | None = None,
) -> TestTarget:
    """Describe the test file at `path`. Raises NotText, TooLarge or CannotRead if it can't be added to."""
    exists = path.is_file()
    text = read_for_edit(path) if exists else None
    return TestTarget(
        path,
        exists,
        framework,
        text,
        run_command,
        import_hint,
        folder=folder,
        sample=None if exists else sample,
    )


def glance(path: Path) -> str:
    """Give the text of a file that may tell something; nothing if it can't be read."""
    try:
        return read_for_context(path, limit=_ENOUGH)
    except (CannotRead, NotText, TooLarge):
        return ""


def best_fit(source: Path, found: Iterable[Path], base: Path) -> Path | None:
    """Pick the test file whose folders match the source's; None if all belong to other folders.

    `tests/url/test_parse.py` may test `pkg/url/parse.py`, and not `pkg/html/parse.py`.
    """
    folder = _seen_from(base, source.parent)
    fitting = [
        (strangeness(folder, _seen_from(base, path.parent)), len(path.parts), path)
        for path in found
        if fits(folder, _seen_from(base, path.parent))
    ]
    return min(fitting)[2] if fitting else None


def fits(source: Path, test: Path) -> bool:
    """Whether a folder of tests may belong to a folder of sources: all that it tells is there too."""
    rest = iter(_telling(source))
    return all(part in rest for part in _telling(test))


def strangeness(source: Path, test: Path) -> int:
    """How many telling folders of a source its tests' folder leaves out."""
    return len(_telling(source)) - len(_telling(test))


def command(start: str, path: Path, base: Path | None) -> str:
    """Give the command that runs a test file from the project's folder `base`."""
    shown = path.relative_to(base) if base and path.is_relative_to(base) else path
    return f"{start} {shlex.quote(shown.as_posix())}"


def mirrored(home: Path, folders: tuple[str, ...]) -> Path:
    """Give the folder below `home` that mirrors the source's `folders`, if its neighbours do that.

    >>> mirrored(Path("/nowhere/tests"), ("pkg", "url")).as_posix()
    '/nowhere/tests'
    """
    variants = [folders[start:] for start in range(len(folders))]
    for variant in variants:
        if (home.joinpath(*variant)).is_dir():
            return home.joinpath(*variant)
    # tests/pkg/ mirrors pkg/, so pkg/url/ gets tests/pkg/url/.
    if len(folders) > 1 and (home / folders[0]).is_dir():
        return home.joinpath(*folders)
    return home


def _seen_from(base: Path, folder: Path) -> Path:
    return folder.relative_to(base) if folder.is_relative_to(base) else folder


def _telling(folder: Path) -> list[str]:
    parts = [_TESTS.sub("", part).strip("_") for part in folder.parts if part not in GENERIC]
    return [part for part in parts if part]
