"""What of an answer belongs to which block of a test file. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.syntax.lines import line_start

from .tests_homes import for_symbol, home_for, is_case
from .tests_items import is_test, walked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.context import Material
    from workers_ai_ls.syntax import Tree

    from .tests_items import Item

_SETUP = re.compile(
    r"^(?:async)?(?:set_?up|tear_?down)(?:_?(?:class|module|method|function))?$|^(?:before|after)(?:each|all)?$",
    re.IGNORECASE,
)
_HOOK = re.compile(
    r"(?:t\.)?(?:before|after|beforeEach|afterEach|beforeAll|afterAll|let!?|subject)\b"
)
_NUMBER = re.compile(r"(?:_?\d+| \(\d+\))$")
SELF = re.compile(r"\(\s*self\s*(?:,\s*|(?=\)))")
_UNIQUE = frozenset({"java", "csharp", "php"})
"""Languages in which a file holds one class of its name, so that another is always merged."""
_ALONE = frozenset(
    {"python", "ruby", "javascript", "javascriptreact", "typescript", "typescriptreact"}
)


@attrs.frozen
class Sides:
    """An answer and the file that it is added to."""

    new: Tree
    old: Tree
    material: Material
    known: frozenset[str]
    """What the file holds, each item as `plain` gives it."""

    @property
    def python(self) -> bool:
        """Whether the file is Python."""
        return self.old.language.id == "python"


def home_of(sides: Sides, there: Sequence[Item]) -> tuple[Item, ...]:
    """Find the block for bare tests, with those around it; empty where they go to the file's end."""
    language = sides.old.language.id
    if language == "java":
        tops = [item for item in there if item.kind == "block"]
        return tuple(tops[:1])
    if language not in _ALONE:
        return ()
    text = sides.old.text
    tops = [item for item in there if item.kind == "block"]
    only = language != "python" or (bool(tops) and is_case(tops[0], text))
    home = home_for(there, sides.material, only=only)
    # A body on the line of its header has no place for more.
    return home if home and (not sides.python or opens(home[-1], text)) else ()


def match_of(
    sides: Sides, item: Item, there: Sequence[Item], home: tuple[Item, ...]
) -> Item | None:
    """The block of the file that takes the content of one of the answer's."""
    blocks = [chain[-1] for chain in walked(tuple(there)) if chain[-1].kind == "block"]
    found = next((block for block in blocks if block.name == item.name), None)
    symbol = sides.material.symbol or ""
    if found is None and home and for_symbol(item.name, symbol):
        found = home[-1] if for_symbol(home[-1].name, symbol) else None
    if found is None and home and sides.old.language.id == "java":
        found = home[-1]
    if found is None or not mergeable(sides, item, found):
        return None
    return found


def mergeable(sides: Sides, item: Item, block: Item) -> bool:
    """Whether the tests of a block can run in another: what it sets up is set up there too."""
    if sides.old.language.id in _UNIQUE or item.name in ("tests", "test"):
        return True
    if sides.python:
        if not opens(block, sides.old.text):
            return False
        if is_case(item, sides.new.text) != is_case(block, sides.old.text):
            return False
    own = {plain(each, sides.old.text) for each in block.items}
    return all(
        plain(each, sides.new.text) in own for each in item.items if _sets_up(each, sides.new.text)
    )


def _sets_up(item: Item, text: str) -> bool:
    code = text[item.code : item.end]
    if item.kind == "other":
        return bool(_HOOK.match(code))
    return bool(_SETUP.match(item.name)) or "autouse=True" in code.partition("def ")[0]


def goes_into(sides: Sides, item: Item, home: Item) -> bool:
    """Whether a bare item of an answer becomes one of the block."""
    if sides.old.language.id == "java":
        return item.kind in ("test", "definition", "other")
    if item.kind == "block":
        # A `describe` nests in the only one there is; classes stand side by side.
        return is_titled(home, sides.old.text)
    if not is_test(item):
        return False
    alone = not sides.python or stands_alone(item, sides.new.text)
    return alone or not is_case(home, sides.old.text)


def stands_alone(item: Item, text: str) -> bool:
    """Whether a function of Python needs nothing but pytest could give it, so a TestCase can have it."""
    code = text[item.code : item.end]
    found = re.search(r"def\s+\w+\s*\(\s*(?:self\s*)?\)", code.partition(":")[0])
    return bool(found) and "@pytest" not in code


def opens(item: Item, text: str) -> bool:
    """Whether the body of a class begins on a line of its own."""
    return bool(item.items) and starts_line(text, item.items[0].start)


def plain(item: Item, text: str) -> str:
    """The item's code without its layout, its comment, a number of its name, and what makes it a method."""
    code = text[item.code : item.end]
    name = item.name.rpartition(" ")[2] if item.kind == "definition" else item.name
    if name and item.name_start >= item.code:
        at = item.name_start - item.code
        code = code[:at] + code[at:].replace(name, _NUMBER.sub("", name), 1)
    return " ".join(SELF.sub("(", code, count=1).split())


def is_titled(item: Item, text: str) -> bool:
    """Whether its name is a sentence in quotes, which clashes with nothing but others of its kind."""
    return item.name_start >= 0 and text[item.name_start] in "'\"`"


def starts_line(text: str, at: int) -> bool:
    """Whether nothing but blanks stands before an offset in its line."""
    return not text[line_start(text, at) : at].strip()
