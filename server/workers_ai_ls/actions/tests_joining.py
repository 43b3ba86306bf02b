"""The text of new items for their place in a test file: indented, and under names that are free. Pure."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from .tests_fitting import fitted, unit_of
from .tests_matching import SELF, Sides, is_titled
from .tests_repeats import joint_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from workers_ai_ls.syntax import Language

    from .tests_items import Item

_PARAMETERS = re.compile(r"(def\s+\w+\s*\()\s*(\)?)")


def joined(
    sides: Sides,
    items: Sequence[Item],
    indent: str,
    there: Sequence[Item],
    gap: str,
    *,
    methods: bool = False,
) -> str:
    """The text of some items, as far apart as they were, under names that are free."""
    text = ""
    taken = {(is_titled(each, sides.old.text) and each.kind, each.name) for each in there}
    unit = unit_of(sides.old.text.split("\n"))
    for number, item in enumerate(items):
        if number:
            between = sides.new.text[items[number - 1].end : item.start]
            close = not between.strip() and between.count("\n") < gap.count("\n")
            text += "\n" * max(1, between.count("\n")) if close else gap
        code = fitted(sides.new, item.start, item.end, indent, unit)
        titled = is_titled(item, sides.new.text)
        name = _free(
            item.name,
            {name for kind, name in taken if kind == (titled and item.kind)},
            titled=titled,
            language=sides.old.language,
        )
        taken.add((titled and item.kind, name))
        code = code if name == item.name else _renamed(code, item, name)
        text += as_method(code, item) if methods else code
    return text


def _free(name: str, taken: Collection[str], *, titled: bool, language: Language) -> str:
    """The name, or the first like it that its place does not have yet."""
    if not name or name not in taken:
        return name
    joint, end = (" (", ")") if titled else (joint_of(name, language), "")
    return next(new for number in count(2) if (new := f"{name}{joint}{number}{end}") not in taken)


def _renamed(code: str, item: Item, name: str) -> str:
    old, new = item.name.rpartition(" ")[2], name.rpartition(" ")[2]
    if name.endswith(")"):
        return code.replace(item.name, name, 1)
    return re.sub(rf"(?<![\w.]){re.escape(old)}\b", new, code)


def as_method(code: str, item: Item) -> str:
    """A bare function of Python as a method."""
    if (
        item.kind == "block"
        or SELF.search(code.partition("):")[0] + ")")
        or "@staticmethod" in code
    ):
        return code
    return _PARAMETERS.sub(lambda found: f"{found[1]}self{found[2] or ', '}", code, count=1)
