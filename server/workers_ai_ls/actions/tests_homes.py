"""Which class or `describe` block of a test file the tests for a symbol belong into. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workers_ai_ls.syntax import parse, scopes

from .tests_items import is_test, walked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.context import Material

    from .tests_items import Item

_PLAIN = re.compile(r"[\W_]+")
_WORDS = re.compile(
    r"^(?i:tests?|describe|when)(?=[A-Z_\s])|(?:Tests?|TestCase|Specs?|Suite|IT)$|\btests?\b|\bfunction\b"
)
_CASE = re.compile(r"\bTestCase\b|\(\s*\w*TestCase\b|TestCase\s*[),]")


def home_for(items: Sequence[Item], material: Material, *, only: bool) -> tuple[Item, ...]:
    """Find the block for tests of the material's symbol, with the blocks around it; empty without one.

    Where none bears the symbol's name, it is the only block at the top of the file (if `only`),
    unless that is for something else that the source defines.
    """
    best: tuple[int, int, tuple[Item, ...]] = (0, 0, ())
    for chain in walked(tuple(items)):
        if chain[-1].kind == "block":
            fit = _fit(chain, material.symbol or "")
            if (fit, len(chain)) > best[:2]:
                best = (fit, len(chain), chain)
    if best[0]:
        return best[2]
    tops = [item for item in items if item.kind == "block"]
    loose = [item for item in items if item.kind != "block" and is_test(item)]
    if not only or len(tops) != 1 or loose or _is_elsewhere(tops[0], material):
        return ()
    return (tops[0],)


def for_symbol(name: str, symbol: str) -> bool:
    """Whether a class or `describe` block is named for a symbol: `TestURLJoin` for `URL.join`."""
    return _key(name) in _keys(symbol)


def is_case(item: Item, text: str) -> bool:
    """Whether a Python class is a TestCase."""
    return bool(_CASE.search(text[item.code : item.end].partition(":")[0]))


def _fit(chain: tuple[Item, ...], symbol: str) -> int:
    """How well the innermost block's name fits: the whole symbol, its last part, its class."""
    keys = _keys(symbol)
    own = _key(chain[-1].name)
    whole = "".join(_key(item.name) for item in chain)
    if not keys or not own:
        return 0
    if keys[0] in (own, whole):
        return 3
    if own == keys[-1]:
        return 2 if len(chain) == 1 or _key(chain[-2].name) in keys else 1
    return 1 if own in keys else 0


def _keys(symbol: str) -> list[str]:
    """The whole symbol, its outermost part, and its last: `URL.join` is urljoin, url, join."""
    parts = [_PLAIN.sub("", part).lower() for part in symbol.split(".")]
    return list(dict.fromkeys(["".join(parts), parts[0], parts[-1]])) if symbol else []


def _key(name: str) -> str:
    previous = ""
    while name != previous:
        previous, name = name, _WORDS.sub("", name).strip()
    return _PLAIN.sub("", name.partition("(")[0]).lower()


def _is_elsewhere(item: Item, material: Material) -> bool:
    """Whether a block is named for another definition of the source."""
    tree = parse(material.language, material.text)
    keys = _keys(material.symbol or "")
    names = {_PLAIN.sub("", scope.name).lower() for scope in scopes(tree)} if tree else set()
    return _key(item.name) in names - set(keys)
