"""Puts bare tests into the class without which their framework does not see them. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workers_ai_ls.syntax import error_count, parse

from .tests_fitting import fitted
from .tests_homes import home_for, is_case
from .tests_items import is_test, items_of
from .tests_joining import as_method
from .tests_matching import stands_alone

if TYPE_CHECKING:
    from workers_ai_ls.context import Material, TestPlace
    from workers_ai_ls.syntax import Language

    from .tests_items import Item

_STEM = re.compile(r"([^/\\]*?)\.\w+$")
_BASE = re.compile(r"^class\s+\w+\s*\(\s*([\w.]*TestCase)\b", re.MULTILINE)


def cased(code: str, material: Material, place: TestPlace, language: Language) -> str:
    """Give the code in a class where the file needs one and has none for it.

    That is a `TestCase` for unittest and the class named after the file for JUnit.
    """
    tree = parse(language, code)
    if tree is None or error_count(tree):
        return code
    items = items_of(tree)
    if language.id == "java":
        return _java(code, items, place) if place.text is None else code
    if language.id != "python" or place.framework != "unittest":
        return code
    bare = [
        item
        for item in items
        if item.kind == "definition" and is_test(item) and stands_alone(item, code)
    ]
    if not bare:
        return code
    there = parse(language, place.text or "")
    if there and place.text:
        home = home_for(items_of(there), material, only=True)
        if home and is_case(home[-1], place.text):
            return code
    found = _BASE.search(place.text or "")
    base = found[1] if found else "unittest.TestCase"
    methods = [as_method(fitted(tree, item.start, item.end, "    ", "    "), item) for item in bare]
    name = "".join(part[:1].upper() + part[1:] for part in re.split(r"[._]", material.symbol or ""))
    block = f"class Test{name}({base}):\n" + "\n\n".join(methods)
    head = _without(code, bare).strip("\n")
    if base == "unittest.TestCase" and not re.search(r"^import unittest\b", head, re.MULTILINE):
        head = f"import unittest\n{head}".strip("\n")
    return f"{head}\n\n\n{block}" if head else block


def _java(code: str, items: tuple[Item, ...], place: TestPlace) -> str:
    """The class under the name of its file, or one around bare methods."""
    stem = _STEM.search(place.name)
    if stem is None:
        return code
    blocks = [item for item in items if item.kind == "block"]
    if blocks:
        first = next((item for item in blocks if is_test(item)), blocks[0])
        if stem[1] in {item.name for item in blocks}:
            return code
        return re.sub(rf"\b{re.escape(first.name)}\b", stem[1], code)
    members = [item for item in items if item.kind in ("test", "definition", "other")]
    if not any(is_test(item) for item in members):
        return code
    start, end = members[0].start, members[-1].end
    rows = code[start:end].split("\n")
    body = "\n".join(f"    {row}" if row.strip() else row for row in rows)
    return f"{code[:start]}class {stem[1]} {{\n\n{body}\n}}{code[end:]}"


def _without(code: str, items: list[Item]) -> str:
    for item in reversed(items):
        code = code[: item.start].rstrip(" \t") + code[item.end :].lstrip("\n")
    return code
