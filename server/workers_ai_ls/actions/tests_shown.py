"""What a prompt shows of tests: those that cover the symbol already, and one for its style. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workers_ai_ls.context import Piece, Source, estimate, fenced
from workers_ai_ls.syntax import language_for, parse
from workers_ai_ls.text import split_lines

from .tests_homes import for_symbol, home_for
from .tests_items import is_test, items_of, walked

if TYPE_CHECKING:
    from workers_ai_ls.context import Material, TestPlace
    from workers_ai_ls.syntax import Tree

    from .tests_items import Item

_HEAD = 600
"""Tokens of a test file to show: enough for its imports and style; most are not much longer."""
_SHORT_HEAD = 250
"""The same where tests of the symbol stand further down."""
_COVERED = 500
"""Tokens of the symbol's own tests."""
_MOST_NAMED = 40


def shown(place: TestPlace, material: Material) -> list[Piece]:
    """The pieces about tests, the one that is needed most first."""
    tree = _tree(place, place.text or "")
    if tree is None:
        text, name = (place.text, place.name) if place.text else (place.sample, place.sample_name)
        return _head(text or "", name, material, _HEAD, new=not place.text)
    listed = _tests(tree, inside=place.inside)
    covering = [chain for chain in listed if _covers(chain, tree.text, material)]
    if not listed and place.sample:
        return _sample(place, material)
    if place.inside:
        return [*_named(covering, material), *_code(listed, tree, place, material, _HEAD)]
    below = [chain for chain in covering if not _fits(tree.text, chain[0].end, _HEAD)]
    head = _head(tree.text, place.name, material, _SHORT_HEAD if below else _HEAD, new=False)
    return [*_named(covering, material), *head, *_code(below, tree, place, material, _COVERED)]


def home_in(place: TestPlace, material: Material) -> str:
    """The name of the class or `describe` block that holds the symbol's tests; empty without one."""
    tree = _tree(place, place.text or "")
    if tree is None or place.inside:
        return ""
    home = home_for(items_of(tree), material, only=False)
    return home[-1].name if home else ""


def _tree(place: TestPlace, text: str) -> Tree | None:
    return parse(language_for("", place.name), text) if text else None


def _tests(tree: Tree, *, inside: bool) -> list[tuple[Item, ...]]:
    """Each test with the blocks around it."""
    found = walked(items_of(tree))
    tests = [chain for chain in found if chain[-1].kind != "block" and is_test(chain[-1])]
    return [chain for chain in tests if len(chain) > 1] if inside else tests


def _covers(chain: tuple[Item, ...], text: str, material: Material) -> bool:
    """Whether a test is about the symbol: by the names around it, or because it uses it."""
    symbol = material.symbol or ""
    if not symbol:
        return False
    if any(for_symbol(item.name, symbol) for item in chain[:-1]):
        return True
    last = re.escape(symbol.rpartition(".")[2])
    return bool(re.search(rf"\b{last}\b", text[chain[-1].code : chain[-1].end]))


def _named(covering: list[tuple[Item, ...]], material: Material) -> list[Piece]:
    if not covering:
        return []
    names = ", ".join(chain[-1].name for chain in covering[:_MOST_NAMED])
    more = ", …" if len(covering) > _MOST_NAMED else ""
    what = f"Tests of `{material.symbol}` that exist already, so that others are wanted: "
    return [Piece("names of existing tests", f"{what}{names}{more}", 0)]


def _head(text: str, name: str, material: Material, tokens: int, *, new: bool) -> list[Piece]:
    """The beginning of a test file."""
    kept: list[str] = []
    for line in split_lines(text):
        tokens -= estimate(line)
        if tokens < 0:
            break
        kept.append(line)
    head = "".join(kept).strip()
    if not head:
        return []
    title = f"The test file {name} begins so:"
    if new:
        title = f"The tests of this project look so ({name}):"
    source = _source(text, text.index(head), text.index(head) + len(head), name)
    piece = f"{title}\n{fenced(head, material.language.fence)}"
    return [Piece("a test for its style" if new else "existing tests", piece, sources=(source,))]


def _sample(place: TestPlace, material: Material) -> list[Piece]:
    """A neighbouring test file; of a Rust source its module of tests alone."""
    if not place.inside:
        return _head(place.sample, place.sample_name, material, _HEAD, new=True)
    found = re.search(r"^#\[cfg\((?:all\()?\s*test\b", place.sample, re.MULTILINE)
    start = found.start() if found else 0
    pieces = _head(place.sample[start:], place.sample_name, material, _HEAD, new=True)
    above = len(split_lines(f"{place.sample[:start]}x")) - 1
    return [
        Piece(
            each.name, each.text, each.rank, tuple(_moved(source, above) for source in each.sources)
        )
        for each in pieces
    ]


def _moved(source: Source, lines: int) -> Source:
    return Source(
        source.path, source.first + lines, source.last + lines, source.kind, source.tokens
    )


def _code(
    chains: list[tuple[Item, ...]], tree: Tree, place: TestPlace, material: Material, tokens: int
) -> list[Piece]:
    """The code of some tests, as many as there is room for."""
    texts: list[str] = []
    sources: list[Source] = []
    for chain in chains:
        start, end = chain[-1].start, chain[-1].end
        start = tree.text.rfind("\n", 0, start) + 1
        tokens -= estimate(tree.text[start:end])
        if tokens < 0:
            break
        texts.append(tree.text[start:end])
        sources.append(_source(tree.text, start, end, place.name))
    if not texts:
        return []
    code = fenced("\n\n".join(texts), material.language.fence)
    title = f"Tests in {place.name}:"
    return [Piece("code of existing tests", f"{title}\n{code}", 2, tuple(sources))]


def _source(text: str, start: int, end: int, name: str) -> Source:
    lines = [len(split_lines(f"{text[:at]}x")) for at in (start, max(start, end - 1))]
    return Source(name, lines[0], lines[1], "tests", estimate(text[start:end]))


def _fits(text: str, end: int, tokens: int) -> bool:
    return estimate(text[:end], limit=tokens) <= tokens
