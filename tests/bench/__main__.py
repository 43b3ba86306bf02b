"""`poe bench NAME`: measure one thing, read it as a table, keep it as JSON, compare it."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from .benchmark import NotThere
from .benchmarks import BENCHMARKS
from .machine import machine
from .report import compare, save, show

_SHAPE = {"bench": str, "figures": dict, "machine": dict}


def main(arguments: list[str] | None = None) -> int:
    """Run one benchmark, or list them all; returns the exit status."""
    console = Console()
    given = _parser().parse_args(arguments)
    if given.name is None:
        for each in BENCHMARKS:
            console.print(f"{each.name:8} {each.summary}", highlight=False)
        return 0
    benchmark = next(each for each in BENCHMARKS if each.name == given.name)
    old = None
    if given.compare is not None:
        try:
            old = _read(given.compare, benchmark.name)
        except (OSError, ValueError) as error:
            console.print(f"{given.compare} can't be compared with: {error}", highlight=False)
            return 2
    conditions = machine(short=given.short)
    try:
        result = asyncio.run(benchmark.measure(short=given.short))
    except NotThere as error:
        console.print(str(error), highlight=False, soft_wrap=True)
        return 2
    show(console, benchmark, result)
    if given.failures:
        for line in result.failures:
            console.print(line, markup=False, highlight=False, soft_wrap=True)
    if given.json is not None:
        save(given.json, benchmark, result, conditions)
    if old is not None:
        compare(console, benchmark, result, conditions, old)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="poe bench", description=main.__doc__)
    names = [each.name for each in BENCHMARKS]
    parser.add_argument("name", nargs="?", choices=names, help="leave it out to list them")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures")
    parser.add_argument("--compare", type=Path, metavar="OLD.json", help="show what has changed")
    parser.add_argument(
        "--short", action="store_true", help="only see that it runs; the figures mean little"
    )
    parser.add_argument(
        "--failures", action="store_true", help="list the cases that went wrong, if it has cases"
    )
    return parser


def _read(path: Path, name: str) -> dict[str, Any]:
    """Read the figures of an earlier run. Raises OSError or ValueError."""
    kept = json.loads(path.read_bytes())
    if not isinstance(kept, dict) or any(
        not isinstance(kept.get(key), kind) for key, kind in _SHAPE.items()
    ):
        raise ValueError("it was not written by `poe bench NAME --json FILE`.")
    if kept["bench"] != name:
        raise ValueError(f"it holds figures of `{kept['bench']}`, not of `{name}`.")
    return kept


if __name__ == "__main__":
    sys.exit(main())
