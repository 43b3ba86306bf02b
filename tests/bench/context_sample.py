"""A made-up project in each language with its gold, for the short form: no network, no tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .gold.corpora import Corpus, Gold, Row

if TYPE_CHECKING:
    from pathlib import Path

_PYTHON = {
    "shop/__init__.py": "",
    "shop/prices.py": """\
TAX = 0.19


class Price:
    def __init__(self, net):
        self.net = net

    def gross(self):
        return self.net * (1 + TAX)
""",
    "shop/till.py": """\
from shop.prices import Price


def total(prices):
    found = 0.0
    for net in prices:
        found += Price(net).gross()
    return rounded(found)


def rounded(value):
    return round(value, 2)
""",
}
_TYPESCRIPT = {
    "prices.ts": """\
export const TAX = 0.19;

export function gross(net: number): number {
  return net * (1 + TAX);
}
""",
    "till.ts": """\
import { gross } from "./prices";

export function total(nets: number[]): number {
  let found = 0;
  for (const net of nets) {
    found += gross(net);
  }
  return rounded(found);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
""",
}
_GO = {
    "go.mod": "module example.com/shop\n\ngo 1.22\n",
    "prices.go": """\
package shop

const Tax = 0.19

func Gross(net float64) float64 {
	return net * (1 + Tax)
}
""",
    "till.go": """\
package shop

func Total(nets []float64) float64 {
	found := 0.0
	for _, net := range nets {
		found += Gross(net)
	}
	return rounded(found)
}

func rounded(value float64) float64 {
	return float64(int(value*100)) / 100
}
""",
}


def sample(folder: Path) -> list[Corpus]:
    """Write the three projects."""
    used = [("shop/prices.py", "Price"), ("shop/prices.py", "gross"), ("shop/till.py", "rounded")]
    return [
        _corpus(folder, "python", _PYTHON, ("shop/till.py", "total"), used),
        _corpus(
            folder,
            "typescript",
            _TYPESCRIPT,
            ("till.ts", "total"),
            [("prices.ts", "gross"), ("till.ts", "rounded")],
        ),
        _corpus(
            folder,
            "go",
            _GO,
            ("till.go", "Total"),
            [("prices.go", "Gross"), ("till.go", "rounded")],
        ),
    ]


def _corpus(
    folder: Path,
    language: str,
    files: dict[str, str],
    function: tuple[str, str],
    used: list[tuple[str, str]],
) -> Corpus:
    root = folder / language
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    file, qual = function
    start = _line(files[file], qual)
    lines = files[file].split("\n")
    end = next(
        at for at in range(start + 1, len(lines)) if not lines[at] or lines[at].startswith("}")
    )
    end += 1 if lines[end].startswith("}") else 0
    gold = [Gold(path, _line(files[path], name), name, "", 1) for path, name in used]
    return Corpus(f"sample {language}", language, root, [Row(file, qual, start, end, gold)])


def _line(text: str, name: str) -> int:
    """The line (from 1) that defines a name."""
    starts = tuple(
        f"{word} {name}" for word in ("def", "class", "func", "export function", "function")
    )
    return next(
        at for at, line in enumerate(text.split("\n"), 1) if line.strip().startswith(starts)
    )
