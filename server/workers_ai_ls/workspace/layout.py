"""Where the tests for a source file live, or would."""

import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import attrs

from workers_ai_ls.workspace.failures import CannotRead, NotText, TooLarge
from workers_ai_ls.workspace.files import read_for_context, read_for_edit

Framework = Literal["pytest", "unittest", "jest", "vitest", "go", "other"]
# Folders that say nothing about which module the tests in them belong to.
_GENERIC = frozenset(
    {
        "src", "lib", "python", "main", "java", "app", "tests", "test", "testing", "__tests__", "spec", "specs", "unit", "units",
        "integration", "functional", "unit_tests", "unittests",
    }
)  # fmt: skip
# Configuration and neighbours; more than this is no configuration. Bytes.
_ENOUGH = 200_000


@attrs.frozen
class TestTarget:
    """The test file for a source file.

    `text` is what it holds, None while there is no such file. `run_command` runs it from the
    project's folder. `import_hint` shows how its code reaches the code under test; `…` stands for
    the names. The last two are None where the language has no single custom.
    """

    __test__ = False

    path: Path
    exists: bool
    framework: Framework
    text: str | None = None
    run_command: str | None = None
    import_hint: str | None = None


def target_at(
    path: Path,
    framework: Framework,
    *,
    run_command: str | None = None,
    import_hint: str | None = None,
) -> TestTarget:
    """Describe the test file at `path`. Raises NotText, TooLarge or CannotRead if it can't be added to."""
    exists = path.is_file()
    text = read_for_edit(path) if exists else None
    return TestTarget(path, exists, framework, text, run_command, import_hint)


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
    own = _telling(source.parent, base)
    fitting = []
    for path in found:
        parts = _telling(path.parent, base)
        rest = iter(own)
        if all(part in rest for part in parts):
            fitting.append((-len(parts), len(path.parts), path))
    return min(fitting)[2] if fitting else None


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


def _telling(folder: Path, base: Path) -> list[str]:
    parts = folder.relative_to(base).parts if folder.is_relative_to(base) else folder.parts
    return [part.removeprefix("test_").strip("_") for part in parts if part not in _GENERIC]
