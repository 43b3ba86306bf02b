"""Test files that tell about others: one that covers a symbol, and one that shows the style."""

import re
from collections.abc import Iterable
from pathlib import Path

from workers_ai_ls.workspace.layout import Sample, glance
from workers_ai_ls.workspace.pairing import module_of, relatives, subject_of

_LOOKED_AT = 12
_TYPICAL = range(200, 6_000)
"""Characters of a test file that shows a style and no more than that."""
_REACHES = re.compile(
    r"^.*(?:\bimport\b|\brequire|\buse\b|\busing\b|#\s*include|\bfrom\b).*$", re.MULTILINE
)
_PLAIN = re.compile(r"[\W_]+")


def covering(
    source: Path, symbol: str | None, files: Iterable[Path], *, imported: bool = True
) -> Path | None:
    """Find the test file that is named after the symbol instead of its module, and that imports it.

    `test_response.py` may hold the tests for `Response` in `models.py`. `imported` is whether tests
    have to import what they test.
    """
    name = (symbol or "").partition(".")[0]
    plain = _PLAIN.sub("", name).lower()
    if not plain:
        return None
    extensions = relatives(source)
    for file in files:
        named = subject_of(file) if file.name.endswith(extensions) else None
        if named and _PLAIN.sub("", named[0]).lower() in (plain, f"{plain}s"):
            text = glance(file)
            reached = not imported or _imports(text, name, source)
            if reached and re.search(rf"\b{re.escape(name)}\b", text):
                return file
    return None


def mentions(file: Path, symbol: str | None) -> bool:
    """Whether a test file has to do with a symbol."""
    name = (symbol or "").partition(".")[0]
    return not name or bool(re.search(rf"\b{re.escape(name)}\b", glance(file)))


def neighbours(target: Path, files: Iterable[Path]) -> list[Path]:
    """List the test files that could be of one kind with `target`, nearest first, a dozen at most."""
    extensions = relatives(target)
    tests = [
        file
        for file in files
        if file.name.endswith(extensions) and file != target and subject_of(file)
    ]
    tests.sort(key=lambda file: -_together(file.parent, target.parent))
    return tests[:_LOOKED_AT]


def sample_among(tests: Iterable[Path], tells: re.Pattern[str]) -> Sample | None:
    """Choose a short, typical test file: the nearest that is neither a stub nor long, else the shortest.

    `tells` is what stands in each file that holds tests.
    """
    found = [Sample(file, text) for file in tests if tells.search(text := glance(file))]
    typical = (each for each in found if len(each.text) in _TYPICAL)
    return next(typical, min(found, key=lambda each: len(each.text), default=None))


def _imports(text: str, name: str, source: Path) -> bool:
    lines = "\n".join(_REACHES.findall(text))
    words = {name, module_of(source), source.stem, *_packages(source)}
    return any(re.search(rf"\b{re.escape(word)}\b", lines) for word in words)


def _packages(source: Path) -> set[str]:
    """The packages around a Python module: what they re-export is imported from them."""
    return {
        folder.name for folder in list(source.parents)[:6] if (folder / "__init__.py").is_file()
    }


def _together(one: Path, other: Path) -> int:
    pairs = zip(one.parts, other.parts, strict=False)
    return next(
        (at for at, (a, b) in enumerate(pairs) if a != b), min(len(one.parts), len(other.parts))
    )
