"""Which files are worth indexing: code that people wrote, in a language whose symbols are read."""

import re
from typing import Final

from workers_ai_ls.syntax import Language, language_for
from workers_ai_ls.syntax.symbols import has_symbols

LARGEST: Final = 1_000_000
"""Bytes. A longer file is data, generated or minified."""

_FOREIGN: Final = frozenset(
    {
        *("node_modules", "bower_components", "jspm_packages", "site-packages", "dist-packages"),
        *("__pycache__", "__pypackages__", "venv", "virtualenv", "Pods", "Carthage", "DerivedData"),
    }
)
"""Folders of other people's code and of caches, wherever they stand. Hidden ones are left out too."""

_MADE: Final = frozenset(
    {
        *("build", "dist", "out", "target", "bin", "obj", "vendor", "third_party", "env"),
        *("coverage", "htmlcov", "public", "generated", "_build", "bazel-out", "bazel-bin"),
    }
)
"""Folders that hold what a build made, or copies, if they stand beside a project's manifest."""

_MANIFESTS: Final = frozenset(
    {
        *("package.json", "pyproject.toml", "setup.py", "Cargo.toml", "pom.xml", "build.gradle"),
        *(
            "build.gradle.kts",
            "go.mod",
            "CMakeLists.txt",
            "composer.json",
            "Gemfile",
            "meson.build",
        ),
    }
)

_GENERATED_NAME: Final = re.compile(
    r"(?:[.-]min|[.-]bundle|\.generated|\.gen|_generated|_pb2(?:_grpc)?|\.pb|\.pb\.gw|_grpc\.pb"
    r"|\.designer|\.g|\.g\.i|moc_\w+|zz_generated\.\w+)\.\w+$",
    re.IGNORECASE,
)
_MARK: Final = re.compile(
    rb"@generated\b|\bcode generated\b.*\bdo not edit\b"
    rb"|\b(?:auto-?|automatically |machine )generated\b(?=.*\bdo not (?:edit|modify|change)\b)"
    rb"|\bdo not (?:edit|modify|change)\b(?=.*\b(?:auto-?|automatically |machine )generated\b)",
    re.IGNORECASE | re.DOTALL,
)
_HEAD: Final = 1_000
"""Bytes at the start of a file, in which it says that it was generated."""

_DENSE: Final = 300
"""Bytes to a line, on average, that no person writes."""
_DENSE_FROM: Final = 5_000

_CPP: Final = re.compile(
    rb"^[ \t]*(?:class\s+\w+|namespace\b|template\s*<|using\s+\w|(?:public|private|protected)\s*:)",
    re.MULTILINE,
)


def is_foreign(folder: str, beside: frozenset[str]) -> bool:
    """Tell by its name, and by the names beside it, whether a folder holds nobody's own code."""
    if folder.startswith(".") or folder in _FOREIGN or folder.endswith(".egg-info"):
        return True
    return folder in _MADE and not beside.isdisjoint(_MANIFESTS)


def is_chosen(name: str) -> bool:
    """Tell by its name whether a file may be worth indexing."""
    return has_symbols(language_for("", name)) and not _GENERATED_NAME.search(name)


def language_of(path: str, content: bytes) -> Language | None:
    """Give the language to index a file in; None for what is binary, generated or minified."""
    head = content[:_HEAD]
    if b"\0" in content[:8_000] or _MARK.search(head):
        return None
    if len(content) > _DENSE_FROM and len(content) > _DENSE * (content.count(b"\n") + 1):
        return None
    language = language_for("", path)
    if language.id == "c" and path.endswith(".h") and _CPP.search(content):
        # Both languages name their headers alike.
        return language_for("cpp", path)
    return language
