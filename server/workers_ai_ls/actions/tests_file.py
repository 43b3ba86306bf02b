"""The text of a test file: a new one, or one that gets more tests. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workers_ai_ls.syntax import Language, imports, parse

from .tests_imports import corrected, missing, with_imports, without_imports
from .tests_repeats import distinct, without_tested

if TYPE_CHECKING:
    from workers_ai_ls.context import Material, TestPlace

_MAIN_GUARD = re.compile(r"^if __name__ == .*\n?(?:[ \t]+.*\n?|\n)*", re.MULTILINE)
"""What ends a Python test file that runs itself; tests below it would never be seen."""

_CALLS = re.compile(r"(?:^#.*\n)?(?:^test_\w*\(\)[ \t]*(?:\n|\Z))+", re.MULTILINE)
"""Tests that the file calls itself, with a remark: runners do, and the first failure would end it."""


def started(code: str, material: Material, place: TestPlace) -> str:
    r"""Make a new file of `code`, with what makes the code under test reachable if it lacks that.

    All line ends are `\n`.
    """
    hint = reaching(material, place)
    code = corrected(_only_tests(code, material), hint, material.language)
    have = _imports(code, material.language)
    there = hint.startswith("package ") and any(each.startswith("package ") for each in have)
    lacking = missing([hint] if hint and not there else [], have, material.language)
    return with_imports(code, lacking, material.language, "\n").strip("\n") + "\n"


def extended(code: str, material: Material, place: TestPlace, ending: str) -> str:
    """Add `code` to the end of the test file, and the imports that it lacks to its imports.

    Every line that the file has stays. `ending` is the file's line end. Nothing is added when the
    file has all of the tests.
    """
    text, language = place.text or "", material.language
    hint = reaching(material, place)
    code = corrected(_only_tests(code, material), hint, language)
    found, body = without_imports(code, language)
    body = distinct(_without_guard(body, language), text, language)
    if not body:
        return text
    have = _imports(text, language)
    reach = [hint] if hint and not hint.startswith("package ") else []
    lacking = missing([*found, *reach], have, language)
    text, guard = _parted(with_imports(text, lacking, language, ending), language)
    gap = ending * (3 if language.id == "python" else 2)
    head = text.rstrip()
    body = body.replace("\n", ending)
    return f"{head}{gap if head else ''}{body}{gap + guard if guard else ending}"


def reaching(material: Material, place: TestPlace) -> str:
    """The statement by which the test file reaches the code under test; empty where none is known.

    Methods are reached by their class.
    """
    hint = place.import_hint or ""
    name = (material.symbol or "").partition(".")[0]
    if material.language.id == "python" and name:
        # The index on disk may not know yet what the buffer defines.
        hint = hint.replace("…", name)
    if not hint and material.language.id == "java":
        tree = parse(material.language, material.text)
        own = imports(tree) if tree else []
        hint = next((each.text for each in own if each.kind == "package"), "")
    return "" if "…" in hint else hint


def _imports(text: str, language: Language) -> list[str]:
    tree = parse(language, text)
    return [each.text for each in imports(tree)] if tree else []


def _only_tests(code: str, material: Material) -> str:
    """The code without copies of what it tests, and without calls of the tests."""
    code = without_tested(code, material)
    return _CALLS.sub("", code).strip("\n") if material.language.id == "python" else code


def _without_guard(code: str, language: Language) -> str:
    return _MAIN_GUARD.sub("", code).strip("\n") if language.id == "python" else code


def _parted(text: str, language: Language) -> tuple[str, str]:
    """The text above a main guard that ends it, and the guard."""
    guards = list(_MAIN_GUARD.finditer(text)) if language.id == "python" else []
    if guards and not text[guards[-1].end() :].strip():
        return text[: guards[-1].start()], text[guards[-1].start() :]
    return text, ""
