"""Definitions in new tests that are there already: the code under test, and tests of that name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workers_ai_ls.syntax import Language, parse, scopes

from .tests_items import items_of
from .tests_matching import plain

if TYPE_CHECKING:
    from collections.abc import Collection

    from workers_ai_ls.context import Material
    from workers_ai_ls.syntax import Scope, Tree

_SNAKES = frozenset({"python", "rust", "ruby", "c", "cpp", "lua", "shellscript"})
_VALUE = re.compile(
    r"(?:(?:export|pub|static|const|let|var|final)\s+)*\w+\s*(?::[^=]*)?=(?!=)\s*(?!.*(?:=>|\bfunction\b))"
)
"""A constant; a function that is bound like one is no value."""

_KINDS = ("function", "class", "struct", "type", "interface", "enum")
"""Kinds of definitions that clash with others of their name at the top of a file."""


def without_tested(code: str, material: Material) -> str:
    """Drop copies of the code under test: tests of a copy would test nothing."""
    tested = {(material.symbol or "").partition(".")[0], *material.defines} - {""}
    for scope in reversed(_definitions(code, material.language)):
        if scope.name in tested:
            code = _without(code, scope)
    return code.strip("\n")


def distinct(body: str, text: str, language: Language) -> str:
    """Drop definitions that a file has word for word, and rename others that bear a name of its.

    A second test of the same name would silently replace the first, or would not compile.
    """
    there = {scope.name: text[scope.start : scope.end] for scope in _definitions(text, language)}
    names = set(there)
    for scope in reversed(_definitions(body, language)):
        if scope.name not in there:
            continue
        if body[scope.start : scope.end].split() == there[scope.name].split():
            body = _without(body, scope)
            continue
        new = _free(scope.name, names, language)
        names.add(new)
        body = re.sub(rf"(?<![\w.]){re.escape(scope.name)}\b", new, body)
    return body.strip("\n")


def with_own_values(code: str, new: Tree, old: Tree) -> str:
    """Rename the constants of new tests that the file has with other values.

    What tests share otherwise, such as fixtures, is taken from the file.
    """
    items = [item for item in items_of(old) if item.name]
    names = {item.name for item in items}
    same = {plain(item, old.text): item.name for item in items}
    for item in items_of(new):
        own = plain(item, new.text)
        if item.kind != "definition" or item.name not in names or not _VALUE.match(own):
            continue
        name = same.get(own) or _free(item.name, names, old.language)
        names.add(name)
        code = re.sub(rf"(?<![\w.]){re.escape(item.name)}\b", name, code)
    return code


def _definitions(text: str, language: Language) -> list[Scope]:
    tree = parse(language, text)
    found = scopes(tree) if tree else ()
    return [each for each in found if each.depth == 0 and each.name and each.kind in _KINDS]


def _without(code: str, scope: Scope) -> str:
    """The code without a definition and the blank lines below it."""
    return code[: scope.doc_start] + code[scope.end :].lstrip("\n")


def joint_of(name: str, language: Language) -> str:
    """What goes between a name and a number: an underscore where words are joined by it."""
    single = name.islower() or name.isupper()
    return "_" if "_" in name or (single and language.id in _SNAKES) else ""


def _free(name: str, taken: Collection[str], language: Language) -> str:
    joint = joint_of(name, language)
    number = 2
    while f"{name}{joint}{number}" in taken:
        number += 1
    return f"{name}{joint}{number}"
