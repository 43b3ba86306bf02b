"""Which test files of a project belong to which of its sources, told by their names."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from workers_ai_ls.workspace.layout import fits, strangeness

_PREFIX = r"(?P<prefix>[Tt]ests?[_-]|Test(?=[A-Z]))?"
_SUFFIX = r"(?P<suffix>[._-](?:unit[._-])?(?:tests?|specs?|unittests?)|(?<=[A-Za-z0-9_])(?:Tests?|TestCase|Specs?|Suite|IT))?"
_NAME = re.compile(rf"{_PREFIX}(?P<subject>.+?){_SUFFIX}")
FOLDERS = frozenset({"test", "tests", "__tests__", "spec", "specs", "t"})
"""Where files are tests whatever their names are."""
_FAMILIES = (
    (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".vue", ".svelte"),
    (".c", ".h", ".cc", ".cpp", ".cxx", ".c++", ".hh", ".hpp", ".hxx", ".cu", ".m", ".mm"),
    (".sh", ".bash", ".bats"),
    (".ex", ".exs"),
    (".java", ".kt", ".groovy", ".scala"),
)
_BARE = (*_FAMILIES[0], ".rs", ".t")
"""Of files that may be tests by their folder alone."""
_SHARED = frozenset(
    {"index", "mod", "main", "lib", "common", "setup", "helper", "helpers", "utils"}
)
_MOST = 400


class Naming(NamedTuple):
    """How a test file is named after its source; an empty `extension` is that of the source."""

    prefix: str
    suffix: str
    extension: str = ""

    def applied(self, subject: str, extension: str) -> str:
        """Give the name of the test file.

        >>> Naming("test_", "").applied("url", ".py")
        'test_url.py'
        """
        return f"{self.prefix}{subject}{self.suffix}{self.extension or extension}"


class Pair(NamedTuple):
    """A source and its test file."""

    source: Path
    test: Path
    naming: Naming
    fits: bool = True
    """Whether the folders say so too."""


def subject_of(path: Path) -> tuple[str, Naming] | None:
    """Tell what a test file is named after, and how; None where it is no test file.

    >>> subject_of(Path("tests/test_url.py"))
    ('url', Naming(prefix='test_', suffix='', extension='.py'))
    >>> subject_of(Path("src/url.ts"))
    """
    found = _NAME.fullmatch(path.stem)
    if found is None or path.stem.endswith(".d"):
        return None
    prefix, suffix = found["prefix"] or "", found["suffix"] or ""
    marked = prefix or suffix or path.suffix == ".bats"
    bare = path.suffix in _BARE and path.stem not in _SHARED
    if not marked and (not bare or FOLDERS.isdisjoint(path.parts[:-1])):
        return None
    return found["subject"], Naming(prefix, suffix, path.suffix)


def module_of(path: Path) -> str:
    """Give the name that test files use for a source: `_urls.py` is `urls`, a package its folder."""
    name = path.parent.name if path.name in ("__init__.py", "mod.rs") else path.stem
    return name.strip("_") or name


def relatives(path: Path) -> tuple[str, ...]:
    """Give the extensions of sources and tests that may belong together."""
    return next((family for family in _FAMILIES if path.suffix in family), (path.suffix,))


def pairs_in(files: Iterable[Path], base: Path, extensions: tuple[str, ...]) -> list[Pair]:
    """Pair the test files among `files` with their sources; all paths are seen from `base`.

    A test file that could belong to several sources equally well is left out.
    """
    own = [
        file.relative_to(base)
        for file in files
        if file.name.endswith(extensions) and file.is_relative_to(base)
    ]
    sources: dict[str, list[Path]] = {}
    tests: list[tuple[Path, str, Naming]] = []
    for file in own:
        if named := subject_of(file):
            tests.append((file, *named))
        else:
            entry = file.parent.name if file.stem == "index" else file.stem
            for name in {file.stem, entry, module_of(file)}:
                sources.setdefault(name, []).append(file)
    return list(_paired(tests[:_MOST], sources))


def _paired(
    tests: list[tuple[Path, str, Naming]], sources: dict[str, list[Path]]
) -> Iterator[Pair]:
    for test, subject, naming in tests:
        named = sources.get(subject, [])
        found = [file for file in named if fits(file.parent, test.parent)]
        if not found and len(named) == 1:
            yield Pair(named[0], test, _following(naming, named[0]), fits=False)
        best = sorted((strangeness(file.parent, test.parent), file) for file in found)
        if not best or (len(best) > 1 and best[0][0] == best[1][0]):
            continue
        yield Pair(best[0][1], test, _following(naming, best[0][1]))


def _following(naming: Naming, source: Path) -> Naming:
    return naming._replace(extension="") if naming.extension == source.suffix else naming
