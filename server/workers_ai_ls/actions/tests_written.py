"""Which tests are new in a file, and how they are run. Pure."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.syntax import language_for, parse

from .tests_items import items_of, walked

if TYPE_CHECKING:
    from workers_ai_ls.context import TestPlace

_MOST_NAMED = 12
"""Tests in a command by their names; with more it is about all of the file or package."""


@attrs.frozen
class Written:
    """What a test file got."""

    names: tuple[str, ...]
    """Of the new tests, in order; as their runner knows them but for the blocks around them."""
    command: str
    """A line for a shell that runs them, and as few others as the runner allows; may be empty."""
    folder: str
    """Where that line is to be run: from the workspace's root with slashes, empty for the root."""
    sentence: str
    """All of it for people."""


def written(place: TestPlace, after: str) -> Written:
    """Tell what `after` has that `place`, as it was before the edit, has not."""
    before = Counter(_tests(place, place.text or ""))
    names: list[str] = []
    for name in _tests(place, after):
        if before[name] > 0:
            before[name] -= 1
        else:
            names.append(name)
    command = _command(place, names)
    folder = _folder(place)
    count = len(names)
    what = f"{count} test{'s' if count != 1 else ''}" if count else "tests"
    where = f" in {folder}" if folder else ""
    run = f"; run {'it' if count == 1 else 'them'}{where} with: `{command}`." if command else "."
    return Written(tuple(names), command, folder, f"{what} written to {place.name}{run}")


def _command(place: TestPlace, names: list[str]) -> str:
    if not place.run_command or place.framework not in ("go", "testify"):
        return place.run_command
    # Methods of a suite are run by the function that starts it.
    if not names or len(names) > _MOST_NAMED or any(" " in name for name in names):
        return place.run_command
    pattern = f"^({'|'.join(names)})$"
    return f"{place.run_command} -run {shlex.quote(pattern)}"


def _folder(place: TestPlace) -> str:
    """The project's folder as people know it; empty where it is the workspace's."""
    path, folder = place.path.replace("\\", "/"), place.folder.replace("\\", "/")
    root = path.removesuffix(place.name).rstrip("/")
    if not folder or not path.endswith(f"/{place.name}") or not folder.startswith(f"{root}/"):
        return ""
    return folder.removeprefix(f"{root}/")


def _tests(place: TestPlace, text: str) -> list[str]:
    language = language_for("", place.name)
    tree = parse(language, text)
    if tree is None:
        return []
    return [
        chain[-1].name
        for chain in walked(items_of(tree))
        if chain[-1].kind in ("test", "definition") and _runs(chain[-1].name, chain[-1].kind, place)
    ]


def _runs(name: str, kind: str, place: TestPlace) -> bool:
    if kind == "test":
        return True
    match place.framework:
        case "pytest" | "unittest":
            return name.startswith("test")
        case "go" | "testify":
            return bool(re.match(r"(?:.* )?(?:Test|Example|Fuzz)(?![a-z])", name))
        case "other":
            return name.startswith(("test", "Test"))
        case _:
            return False
