"""Import statements by the names that they bind, so that no name is bound twice. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Collection

    from workers_ai_ls.syntax import Language

_FROM = re.compile(r"from\s+(?P<source>[\w.]+)\s+import\s+(?P<names>[\s\S]+)")
_IMPORT = re.compile(r"import\s+(?P<names>[\s\S]+)")
_MODULE = re.compile(
    r"(?P<start>import\s+(?:type\s+)?)(?:(?P<default>[\w$]+)\s*,?\s*)?(?P<all>\*\s*as\s+(?P<name>[\w$]+)\s*)?"
    r"(?:\{(?P<names>[^}]*)\}\s*)?(?P<end>from\s*['\"](?P<source>[^'\"]+)['\"]\s*;?)"
)
_REQUIRE = re.compile(
    r"(?P<start>(?:const|let|var)\s+)(?:\{(?P<names>[^}]*)\}|(?P<default>[\w$]+))"
    r"(?P<end>\s*=\s*require\(\s*['\"](?P<source>[^'\"]+)['\"]\s*\)\s*;?)"
)
_GO = re.compile(r'(?P<written>(?:[\w.]+\s+)?"[^"]+")')
_COMMENT = re.compile(r"#.*|//.*")


@attrs.frozen
class Statement:
    """One statement; `names` are pairs of the bound name and how it is written."""

    text: str
    names: tuple[tuple[str, str], ...]
    source: str = ""
    before: str = ""
    after: str = ""

    @property
    def bound(self) -> set[str]:
        """The names that it binds."""
        return {name for name, _ in self.names}

    def without(self, names: Collection[str]) -> Statement | None:
        """The statement without some of its names; None when none is left."""
        left = tuple(pair for pair in self.names if pair[0] not in names)
        if len(left) == len(self.names):
            return self
        written = ", ".join(each for _, each in left)
        text = f"{self.before}{written}{self.after}"
        return attrs.evolve(self, text=text, names=left) if left else None


def parsed(text: str, language: Language) -> list[Statement]:
    """Take a statement apart, into several where it does several things."""
    if language.id == "python":
        return _python(_COMMENT.sub("", text))
    if language.id.startswith(("javascript", "typescript")):
        found = _MODULE.fullmatch(text.strip()) or _REQUIRE.fullmatch(text.strip())
        return _javascript(found) if found else [_whole(text)]
    if language.id == "go" and text.startswith("import"):
        specs = text.removeprefix("import")
        written = [" ".join(match["written"].split()) for match in _GO.finditer(specs)]
        return [Statement(f"import {each}", ((each, each),), before="import ") for each in written]
    return [_whole(text)]


def _python(text: str) -> list[Statement]:
    text = text.strip()
    if found := _FROM.fullmatch(text):
        names = _pairs(found["names"].strip().strip("()"), " as ")
        if names == (("*", "*"),):
            return [_whole(text)]
        return [Statement(text, names, found["source"], f"from {found['source']} import ")]
    if found := _IMPORT.fullmatch(text):
        return [
            Statement(f"import {written}", ((name, written),), written.split()[0])
            for name, written in _pairs(found["names"], " as ")
        ]
    return [_whole(text)]


def _javascript(found: re.Match[str]) -> list[Statement]:
    """A default import, a namespace and names in braces, each as a statement of its own."""
    start, end, source = found["start"], found["end"].strip(), found["source"]
    parts = found.groupdict()
    equals = " " if "require" in end else ""
    listed: list[Statement] = []
    if name := parts["default"]:
        listed.append(Statement(f"{start}{name} {end}", ((name, name),), source))
    if name := parts.get("name"):
        listed.append(Statement(f"{start}* as {name} {end}", ((name, name),), source))
    if parts["names"] is not None:
        separator = ":" if equals else " as "
        names = _pairs(parts["names"], separator)
        before, after = f"{start}{{ ", f" }} {end}"
        written = ", ".join(each for _, each in names)
        listed.append(Statement(f"{before}{written}{after}", names, source, before, after))
    return listed or [_whole(found[0])]


def _pairs(names: str, separator: str) -> tuple[tuple[str, str], ...]:
    """The bound names of a list in which some are renamed."""
    written = [" ".join(each.split()) for each in names.split(",")]
    return tuple((each.rpartition(separator)[2].strip(), each) for each in written if each)


def _whole(text: str) -> Statement:
    """A statement that is known by its text alone, whatever its layout."""
    plain = " ".join(re.sub(r"[(),;]", " ", text).split())
    return Statement(text, ((plain, text),))
