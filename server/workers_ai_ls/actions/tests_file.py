"""The text of a test file: a new one, or one that gets more tests. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workers_ai_ls.syntax import Language, error_count, imports, language_for, parse
from workers_ai_ls.text import Edit, apply_edits

from .joined_imports import joined
from .tests_cases import cased
from .tests_imports import corrected, from_inside, missing, with_imports, without_imports
from .tests_inside import additions_inside
from .tests_merging import Addition, additions
from .tests_needs import needed
from .tests_repeats import distinct, with_own_values, without_tested

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
    language = language_of(place, material)
    hints = reaching(material, place)
    code = corrected(_only_tests(code, material), hints, language)
    code = cased(code, material, place, language)
    have = _imports(code, language)
    needs = needed(code, "", place.framework, hints)
    packages = [each for each in hints if each.startswith("package ")]
    there = [each for each in have if each.startswith("package ")]
    wanted = [each for each in hints if not (there and each in packages)]
    lacking = missing([*needs, *wanted], have, language)
    return with_imports(code, lacking, language, "\n").strip("\n") + "\n"


def extended(code: str, material: Material, place: TestPlace, ending: str) -> str:
    """Add what is new in `code` to the test file where it belongs, and the imports that it lacks.

    Everything that the file has stays: text is only inserted. `ending` is the file's line end.
    Nothing is added when the file has all of the tests.
    """
    text, language = place.text or "", language_of(place, material)
    if place.inside:
        new, old = parse(language, code), parse(language, text)
        found = additions_inside(new, old, material) if new and old else []
        return _inserted(text, found, ending)
    hints = reaching(material, place)
    code = corrected(from_inside(_only_tests(code, material), text, language), hints, language)
    imported, body = without_imports(cased(code, material, place, language), language)
    added = _added(_without_guard(body, language), text, material, language)
    if not added:
        return text
    reach = [hint for hint in hints if not hint.startswith("package ")]
    needs = needed("".join(each.text for each in added), text, place.framework, hints)
    lacking = missing([*imported, *needs, *reach], _imports(text, language), language)
    text, lacking = joined(_inserted(text, added, ending), lacking, language)
    return with_imports(text, lacking, language, ending)


def _added(body: str, text: str, material: Material, language: Language) -> list[Addition]:
    """What goes into the file: by its blocks where both can be read, else all of it at the end."""
    new, old = parse(language, body), parse(language, text)
    if new and old and not error_count(new) and not error_count(old):
        return additions(parse(language, with_own_values(body, new, old)) or new, old, material)
    body = distinct(body, text, language)
    if not body:
        return []
    head, _ = _parted(text, language)
    at = len(head.rstrip())
    gap = "\n" * (3 if language.id == "python" else 2)
    tail = "" if re.search(r"[\r\n]", text[at:]) else "\n"
    return [Addition(at, (gap if at else "") + body + tail)]


def _inserted(text: str, added: list[Addition], ending: str) -> str:
    edits = [Edit(each.at, each.at, each.text.replace("\n", ending)) for each in added]
    return apply_edits(text, sorted(edits, key=lambda edit: edit.start))


def language_of(place: TestPlace, material: Material) -> Language:
    """The language of the test file, which may differ from that of the code: TypeScript, JavaScript."""
    found = language_for("", place.name)
    return found if found.has_grammar else material.language


def reaching(material: Material, place: TestPlace) -> list[str]:
    """The statements by which the test file reaches the code under test; none where none is known.

    Methods are reached by their class.
    """
    hint = place.import_hint or ""
    name = (material.symbol or "").partition(".")[0]
    if material.language.id in ("python", "rust") and name:
        # The index on disk may not know yet what the buffer defines.
        hint = hint.replace("…", name)
    if not hint and material.language.id == "java":
        tree = parse(material.language, material.text)
        own = imports(tree) if tree else []
        hint = next((each.text for each in own if each.kind == "package"), "")
    return [] if "…" in hint else hint.split("\n") if hint else []


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
