"""Rust's unit tests, which stand in a module of the file that they test. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workers_ai_ls.syntax.lines import line_end, line_start

from .tests_items import is_test, items_of, walked
from .tests_merging import Addition, merged_into

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.context import Material
    from workers_ai_ls.syntax import Tree

    from .tests_items import Item

_UNIT = re.compile(r"#\[cfg\((?:all\()?\s*test\b")
_USE = re.compile(r"use\s+(?P<path>[\s\S]*?)\s*;")
_ALL = "use super::*;"
_ELSEWHERE = ("std", "core", "alloc")
_NEW = "#[cfg(test)]\nmod tests {{\n    {uses}\n\n{body}\n}}"


def additions_inside(new: Tree, old: Tree, material: Material) -> list[Addition]:
    """Find what to insert into a source file so that its module of tests has those of an answer.

    Whatever else the answer repeats of the source is left out.
    """
    there = items_of(old)
    home = next((item for item in there if _is_unit(item, old.text)), None)
    own = {chain[-1].name for chain in walked(there)} | {_key(each, old.text) for each in there}
    uses, items = _taken(items_of(new), new, own)
    lacking = _lacking(uses, new, old, home, material)
    if home is not None:
        found = merged_into(new, old, material, items, home)
        return [*_used(lacking, home, old.text), *found] if found else []
    placed = merged_into(new, old, material, items, None)
    if not placed:
        return []
    text = old.text.rstrip()
    block = _NEW.format(uses="\n    ".join([_ALL, *lacking]), body=placed[0].text)
    tail = "" if old.text[len(text) :] else "\n"
    return [Addition(len(text), f"\n\n{block}{tail}" if text else block + tail)]


def _is_unit(item: Item, text: str) -> bool:
    return item.kind == "block" and bool(_UNIT.match(text, item.code))


def _taken(items: Sequence[Item], new: Tree, own: set[str]) -> tuple[list[Item], list[Item]]:
    """The `use` statements and the items of an answer that belong to the module of tests."""
    text = new.text
    modules = [item for item in items if item.kind == "block" and _is_module(item, text)]
    uses = [item for item in items if item.kind == "import"]
    listed: list[Item] = []
    for item in items:
        if item in modules:
            uses += [each for each in item.items if each.kind == "import"]
            listed += [each for each in item.items if each.kind != "import"]
        elif item.kind != "import" and (
            is_test(item) or not (modules or item.name in own or _key(item, text) in own)
        ):
            listed.append(item)
    return uses, listed


def _is_module(item: Item, text: str) -> bool:
    head = text[item.code : item.end].partition("{")[0]
    return bool(_UNIT.match(head)) or (" mod " in f" {head}" and is_test(item))


def _key(item: Item, text: str) -> str:
    """What tells items without a name apart: the head of an `impl`."""
    return " ".join(text[item.code : item.end].partition("{")[0].split())


def _lacking(
    uses: Sequence[Item], new: Tree, old: Tree, home: Item | None, material: Material
) -> list[str]:
    """The `use` statements that the module lacks; those that guess where the code is go."""
    around = home.items if home else ()
    have = {_plain(old.text[each.code : each.end]) for each in around if each.kind == "import"}
    tested = {(material.symbol or "").partition(".")[0], *material.defines} - {""}
    lacking: list[str] = []
    mentions = not tested or any(name in line for name in tested for line in have)
    if home and _plain(_ALL) not in have and not mentions:
        lacking.append(_ALL)
    for use in uses:
        code = new.text[use.code : use.end]
        found = _USE.search(code)
        path = found["path"] if found else ""
        first = re.match(r"\w*", path)
        guess = first is not None and first[0] not in _ELSEWHERE and _leads_here(path, tested)
        every = {*have, *map(_plain, lacking), "" if home else _plain(_ALL)}
        if not guess and _plain(code) not in every:
            lacking.append(code)
    return lacking


def _leads_here(path: str, tested: set[str]) -> bool:
    """Whether a `use` is for the code under test, which `use super::*` reaches."""
    names = set(re.findall(r"\w+", path.rpartition("::")[2]))
    return bool(names) and (path.startswith("super::") or names <= tested)


def _plain(code: str) -> str:
    return " ".join(code.split())


def _used(lacking: list[str], home: Item, text: str) -> list[Addition]:
    """Put `use` statements below those of the module, or at its top."""
    if not lacking:
        return []
    imports = [item for item in home.items if item.kind == "import"]
    first = home.items[0] if home.items else None
    indent = "    "
    if first is not None:
        line = text[line_start(text, first.start) : first.start]
        indent = line if not line.strip() else indent
    block = f"\n{indent}".join(lacking)
    if imports:
        return [Addition(line_end(text, imports[-1].end), f"\n{indent}{block}")]
    at = text.index("{", home.code) + 1
    return [Addition(at, f"\n{indent}{block}\n")]
