"""Adds what is new in an answer to a test file, in the blocks where it belongs. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from workers_ai_ls.syntax.lines import line_end, line_start

from .tests_fitting import unit_of
from .tests_items import is_test, items_of, walked
from .tests_joining import joined
from .tests_matching import (
    Sides,
    goes_into,
    home_of,
    match_of,
    mergeable,
    plain,
    starts_line,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.context import Material
    from workers_ai_ls.syntax import Tree

    from .tests_items import Item

_GUARD = re.compile(r"if\s+__name__\s*==")


class Addition(NamedTuple):
    """Text to insert into the file, at an offset."""

    at: int
    text: str


class _Landing(NamedTuple):
    """An item of the answer, and the block of the file that it goes into."""

    block: Item
    item: Item


def additions(new: Tree, old: Tree, material: Material) -> list[Addition]:
    r"""Find what to insert into a test file (`old`) so that it has the tests of an answer (`new`).

    Line ends are `\n`. Blocks of the same name are merged, and so are blocks and bare tests that are
    for the symbol with the file's block for it. Empty where the file has everything.
    """
    there, items = items_of(old), items_of(new)
    known = frozenset(plain(chain[-1], old.text) for chain in walked(there))
    sides = Sides(new, old, material, known)
    home = home_of(sides, there)
    fresh: list[Item] = []
    landings: list[_Landing] = []
    for item in items:
        match = match_of(sides, item, there, home) if item.kind == "block" else None
        if match is not None:
            landings += _into(sides, item.items, match)
        elif _is_new(sides, item, there):
            if home and goes_into(sides, item, home[-1]):
                landings.append(_Landing(home[-1], item))
            else:
                fresh.append(item)
    merged = _merged(sides, landings)
    if all(_is_remark(item, new.text) for item in fresh):
        return merged
    blocks = [landing.block for landing in landings]
    return [*merged, *_around(sides, fresh, there, blocks)]


def merged_into(
    new: Tree, old: Tree, material: Material, items: Sequence[Item], block: Item | None
) -> list[Addition]:
    """Find what some items of an answer add to a block; without one, to a new one (at offset 0)."""
    known = frozenset(plain(each, old.text) for each in block.items) if block else frozenset()
    sides = Sides(new, old, material, known)
    if block is not None:
        return _merged(sides, _into(sides, items, block))
    unit = unit_of(old.text.split("\n")) or "    "
    return [Addition(0, joined(sides, items, unit, (), "\n\n"))] if items else []


def _around(
    sides: Sides, fresh: list[Item], there: Sequence[Item], blocks: list[Item]
) -> list[Addition]:
    """What goes to the top level: above the blocks that got tests what these may need, else the end."""
    if not blocks:
        return [_at_file_end(sides, fresh, there)] if fresh else []
    support = [item for item in fresh if not (item.kind == "block" or is_test(item))]
    rest = [item for item in fresh if item not in support]
    first = min(blocks, key=lambda item: item.start)
    tops = [item for item in there if item.start <= first.start < item.end or item is first]
    top = min(tops, key=lambda item: item.start, default=first)
    found: list[Addition] = []
    if support:
        gap = "\n\n\n" if sides.python else "\n\n"
        line = sides.old.text[line_start(sides.old.text, top.start) : top.start]
        text = joined(sides, support, line, there, gap)
        found.append(Addition(top.start, text.removeprefix(line) + gap + line))
    return [*found, *([_at_file_end(sides, rest, there)] if rest else [])]


def _into(sides: Sides, items: Sequence[Item], block: Item) -> list[_Landing]:
    """What the items of a block add to one of the file."""
    found: list[_Landing] = []
    fresh: list[Item] = []
    for item in items:
        twin = _twin(item, block)
        if twin is not None and mergeable(sides, item, twin):
            found += _into(sides, item.items, twin)
        elif _is_new(sides, item, block.items) and not _is_doc(item, items, sides):
            fresh.append(item)
    if all(_is_remark(item, sides.new.text) for item in fresh):
        return found
    return [*found, *(_Landing(block, item) for item in fresh)]


def _twin(item: Item, block: Item) -> Item | None:
    """The inner block of a block that is named like an item."""
    if item.kind != "block":
        return None
    inner = (each for each in block.items if each.kind == "block" and each.name == item.name)
    return next(inner, None)


def _merged(sides: Sides, landings: Sequence[_Landing]) -> list[Addition]:
    """Put all that goes into one block there together, and what comes twice once."""
    groups: dict[int, tuple[Item, dict[str, Item]]] = {}
    for block, item in sorted(landings, key=lambda landing: landing.item.start):
        _, items = groups.setdefault(block.start, (block, {}))
        items.setdefault(plain(item, sides.new.text), item)
    return [_at_end(sides, list(items.values()), block) for block, items in groups.values()]


def _is_new(sides: Sides, item: Item, there: Sequence[Item]) -> bool:
    own = plain(item, sides.new.text)
    # A helper of another class is out of reach.
    whole = item.kind == "block" or is_test(item)
    known = sides.known if whole else {plain(each, sides.old.text) for each in there}
    if item.kind == "package" or own in known:
        return False
    if item.kind == "other" and _GUARD.match(sides.new.text, item.code):
        return False
    # What tests share is there already; a test of that name gets another.
    shared = item.kind == "definition" and not is_test(item)
    return not (shared and any(each.name == item.name for each in there))


def _is_doc(item: Item, items: Sequence[Item], sides: Sides) -> bool:
    """Whether it is the docstring or the `pass` of a class."""
    code = sides.new.text[item.code : item.end]
    doc = item is items[0] and code.startswith(('"', "'", 'r"'))
    return sides.python and item.kind == "other" and (doc or code in ("pass", "..."))


def _at_end(sides: Sides, items: Sequence[Item], block: Item) -> Addition:
    """Put items at the end of a block."""
    text = sides.old.text
    outer = _indent(text, block.code)
    own = [_indent(text, item.start) for item in block.items if starts_line(text, item.start)]
    indent = own[-1] if own else outer + (unit_of(text.split("\n")) or "    ")
    body = joined(sides, items, indent, block.items, "\n\n", methods=sides.python)
    gap = "\n\n" if block.items else "\n"
    end = line_end(text, block.last)
    rest = text[block.last : end].strip()
    if rest and not rest.startswith(("//", "#", "/*")) and rest not in (";", ","):
        # The block closes on this line.
        return Addition(block.last, f"{gap}{body}\n{outer}")
    return Addition(end, gap + body)


def _at_file_end(sides: Sides, items: Sequence[Item], there: Sequence[Item]) -> Addition:
    """Put items at the end of the file, above a main guard that ends it."""
    text, gap = sides.old.text, "\n\n\n" if sides.python else "\n\n"
    end = len(text)
    if there and sides.python and _GUARD.match(text, there[-1].code):
        end = there[-1].start
    at = len(text[:end].rstrip())
    body = joined(sides, items, "", there, gap)
    ended = re.search(r"[\r\n]", text[at:])
    return Addition(at, (gap if at else "") + body + ("" if ended else "\n"))


def _is_remark(item: Item, text: str) -> bool:
    code = text[item.code : item.end].lstrip()
    return item.kind == "other" and code.startswith(("#", "//", "/*", "--"))


def _indent(text: str, at: int) -> str:
    line = text[line_start(text, at) : at]
    return line[: len(line) - len(line.lstrip())]
