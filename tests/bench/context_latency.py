"""How long the prompt for a class of 200 lines takes, from the click to its text."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.actions.refactor import REFACTOR
from workers_ai_ls.context import Budget, Selection, gather
from workers_ai_ls.syntax import language_for
from workers_ai_ls.text import snapshot_of
from workers_ai_ls.workspace.index import open_index
from workers_ai_ls.workspace.resolving import Code, knowledge_of

from .measuring import median

if TYPE_CHECKING:
    from pathlib import Path

    from workers_ai_ls.workspace.index import Index

_LINES = 200
_MODULES = 30
_BUDGET = Budget(prompt=12_000, answer=4_000)

_MODULE = '''\
"""Prices of one kind of thing."""

from dataclasses import dataclass

LIMIT_{n} = {n}


@dataclass
class Price{n}:
    """What a thing costs."""

    net: float
    tax: float = 0.19

    def gross(self) -> float:
        """With the tax."""
        return self.net * (1 + self.tax)


def cheapest_{n}(prices: list[Price{n}]) -> Price{n}:
    """Find the lowest."""
    return min(prices, key=Price{n}.gross)
'''

_METHOD = '''\
    def total_{n}(self, prices: list[Price{n}]) -> float:
        """Add up what there is, but for the cheapest."""
        least = cheapest_{n}(prices)
        found = [price.gross() for price in prices if price is not least]
        return self.rounded(sum(found[:LIMIT_{n}]))

'''


async def cold_and_warm(folder: Path, rounds: int) -> tuple[float, float]:
    """Give the medians in milliseconds, without an index at first, then with all of it there."""
    root = folder / "shop"
    text = _write(root)
    cold: list[float] = []
    for turn in range(rounds):
        index = open_index(root, cache=folder / f"cold{turn}")
        cold.append(_timed(index, text))
        index.close()
    index = open_index(root, cache=folder / "warm")
    await index.build()
    warm = [_timed(index, text) for _ in range(rounds + 1)]
    index.close()
    return median(cold), median(warm[1:])


def _write(root: Path) -> str:
    package = root / "shop"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", "utf-8")
    for number in range(_MODULES):
        (package / f"kind_{number}.py").write_text(_MODULE.format(n=number), "utf-8")
    names = ("cheapest_{n}", "LIMIT_{n}", "Price{n}")
    head = "".join(
        f"from shop.kind_{number} import {', '.join(names).format(n=number)}\n"
        for number in range(_MODULES)
    )
    body = "".join(_METHOD.format(n=number) for number in range(_MODULES))
    start = "class Till:\n    def rounded(self, value: float) -> float:\n        return value\n\n"
    lines = (start + body).split("\n")[:_LINES]
    return f"{head}\n\n" + "\n".join(lines).rstrip() + "\n"


def _timed(index: Index, text: str) -> float:
    """Milliseconds for one prompt about the class, as a job makes it."""
    language = language_for("python", "shop/till.py")
    snapshot = snapshot_of((index.root / "shop" / "till.py").as_uri(), language.id, 1, text)
    start = time.perf_counter()
    at = text.index("class Till")
    selection = Selection(snapshot, at, len(text), language, path="shop/till.py")
    material = REFACTOR.prepare(gather(selection))
    code = Code(selection.path, language, text, material.start, material.end)
    material = attrs.evolve(material, knowledge=knowledge_of(index, code))
    prompt = REFACTOR.prompt(material, _BUDGET)
    spent = time.perf_counter() - start
    if "class Till" not in prompt.text():
        raise RuntimeError("the prompt lacks the class")
    return 1_000 * spent
