"""How much of what functions use their prompts show, at equal budgets, and how long a prompt takes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from workers_ai_ls.workspace.index import open_index
from workers_ai_ls.workspace.resolving import Code, knowledge_of

from .benchmark import Benchmark, Figure, Result, Table
from .context_latency import cold_and_warm
from .context_measuring import measured
from .context_sample import sample
from .context_sides import NONE
from .gold.corpora import corpora

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.context import Knowledge, Material
    from workers_ai_ls.workspace.index import Index

    from .context_sides import Side
    from .gold.corpora import Corpus

_FUNCTIONS = 120
"""Functions of each project that are asked about."""

_COLUMNS = ("way", "recall", "in other files", "precision", "shown", "over budget")


async def measure(*, short: bool) -> Result:
    """Index each project, ask for the prompts of its functions, and read what they show."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        chosen = sample(folder / "sample") if short else corpora()
        found = {each.name: await _of(each, folder / each.name) for each in chosen}
        cold, warm = await cold_and_warm(folder, rounds=1 if short else 15)
    languages = {
        language: _summed([found[each.name] for each in chosen if each.language == language])
        for language in ("python", "typescript", "go")
    }
    python = languages["python"]
    figures = {
        "python_1024_precision_over_file": (
            python["prompt 1024"].precision / python["whole file"].precision
        ),
        "cold_ms_200_lines": cold,
        "warm_ms_200_lines": warm,
    }
    for name in ("python_1024", "python_4096", "typescript_1024", "go_1024"):
        language, _, budget = name.partition("_")
        side = languages[language][f"prompt {budget}"]
        figures[name] = side.recall
        figures[f"{name}_cross"] = side.cross_recall
    tables = [_table(each.name, found[each.name]) for each in chosen]
    over = sum(side.over for sides in found.values() for side in sides.values())
    failures = [f"{over} prompts took more than their budget."] if over else []
    return Result(figures, tables, failures)


async def _of(corpus: Corpus, cache: Path) -> dict[str, Side]:
    index = open_index(corpus.root, cache=cache)
    await index.build()
    try:
        return measured(corpus, index, knowing, _FUNCTIONS)
    finally:
        index.close()


def knowing(index: Index, material: Material) -> Knowledge:
    """Ask the index as a job does."""
    code = Code(
        material.selection.path, material.language, material.text, material.start, material.end
    )
    return knowledge_of(index, code)


def _summed(found: Sequence[dict[str, Side]]) -> dict[str, Side]:
    sums: dict[str, Side] = {}
    for sides in found:
        for name, side in sides.items():
            sums[name] = sums.get(name, NONE).plus(side)
    return sums


def _table(name: str, sides: dict[str, Side]) -> Table:
    rows = [
        (way, (side.recall, side.cross_recall, side.precision, side.included, side.over))
        for way, side in sides.items()
    ]
    return Table((name, *_COLUMNS[1:]), rows)


def _recall(language: str, budget: int) -> tuple[Figure, Figure]:
    name = f"{language.lower()}_{budget}"
    told = f"{language}: share of the used definitions whose headers {budget:,} tokens show"
    return (
        Figure(name, told, more_is_better=True),
        Figure(f"{name}_cross", f"{told}, of those in other files", more_is_better=True),
    )


CONTEXT = Benchmark(
    name="context",
    summary="how much of what code uses stands in its prompt, beside windows and whole files",
    figures=(
        *_recall("Python", 1024),
        *_recall("Python", 4096),
        *_recall("TypeScript", 1024),
        *_recall("Go", 1024),
        Figure(
            "python_1024_precision_over_file",
            "used definitions among those shown, over the same of the whole file",
            more_is_better=True,
        ),
        Figure("cold_ms_200_lines", "a prompt about a class of 200 lines, nothing indexed"),
        Figure("warm_ms_200_lines", "the same with everything indexed"),
    ),
    measure=measure,
)
