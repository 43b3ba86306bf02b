"""Asks for the prompts of a project's functions, and counts what they show of what these use."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.actions.explain import EXPLAIN
from workers_ai_ls.context import Budget

from .context_judging import prompted, weight, windowed
from .context_project import Project, material_of
from .context_sides import NONE, Side

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workers_ai_ls.context import Knowledge, Material, Prompt
    from workers_ai_ls.workspace.index import Index

    from .context_judging import Header
    from .gold.corpora import Corpus, Row

    Knowing = Callable[[Index, Material], Knowledge]

PROMPTED = (256, 512, 1024, 4096)
"""Tokens for context."""
WINDOWS = (1024, 4096)
_PLENTY = 1_000_000


def measured(corpus: Corpus, index: Index, knowing: Knowing, most: int) -> dict[str, Side]:
    """Measure so many functions of a project, evenly spaced, in every way."""
    rows = [row for row in corpus.gold if row.gold]
    chosen = [rows[at * len(rows) // most] for at in range(most)] if len(rows) > most else rows
    project = Project(corpus, index)
    sums: dict[str, Side] = {}
    for row in chosen:
        for name, side in _sides(project, row, knowing).items():
            sums[name] = sums.get(name, NONE).plus(side)
    return sums


def _sides(project: Project, row: Row, knowing: Knowing) -> dict[str, Side]:
    material = material_of(project.corpus, row)
    material = attrs.evolve(material, knowledge=knowing(project.index, material))
    sides = {}
    for budget in PROMPTED:
        prompt = EXPLAIN.prompt(material, Budget(_PLENTY, 1024, context=budget))
        sides[f"prompt {budget}"] = _judge(project, row, material, prompt, budget)
    lines = project.lines.of[row.file]
    for room in WINDOWS:
        shown = windowed(lines, row.start, row.end, room)
        sides[f"window {room}"] = _counted(project, row, shown)
    near = windowed(lines, row.start, row.end, 2000)
    sides["1,000 before and after"] = _counted(project, row, near)
    sides["whole file"] = _counted(project, row, range(1, len(lines) + 1))
    return sides


def _judge(project: Project, row: Row, material: Material, prompt: Prompt, budget: int) -> Side:
    user = prompt.turns[-1].content
    task = user.rpartition("\n\n")[2]
    shown = prompted(user, row.file, row.start, row.end, project.lines)
    gold = project.gold(row)
    found = {each for each in gold if shown.shows(each, project.lines)}
    included = {
        each
        for file in shown.lines
        for each in project.headers(file).values()
        if not _own(each, row) and shown.shows(each, project.lines)
    }
    over = weight(user, material.code, task) > budget
    return _side(row, gold, found, len(_places(included | found)), over=over)


def _counted(project: Project, row: Row, shown: range) -> Side:
    """Judge a baseline that shows lines of the function's own file."""
    gold = project.gold(row)
    found = {each for each in gold if each.file == row.file and each.line in shown}
    headers = project.headers(row.file).values()
    included = {each for each in headers if each.line in shown and not _own(each, row)}
    return _side(row, gold, found, len(_places(included | found)), over=False)


def _side(row: Row, gold: set[Header], found: set[Header], included: int, *, over: bool) -> Side:
    cross = Counter(each.file != row.file for each in gold)[True]
    cross_found = Counter(each.file != row.file for each in found)[True]
    return Side(len(gold), len(found), cross, cross_found, included, int(over))


def _places(headers: set[Header]) -> set[tuple[str, int]]:
    return {(each.file, each.line) for each in headers}


def _own(header: Header, row: Row) -> bool:
    return header.file == row.file and row.start <= header.line <= row.end


def missed(
    corpus: Corpus, index: Index, knowing: Knowing, budget: int, rows: Sequence[Row]
) -> list[str]:
    """List what the prompts of these functions lack, one line each."""
    project = Project(corpus, index)
    told = []
    for row in rows:
        material = material_of(corpus, row)
        material = attrs.evolve(material, knowledge=knowing(index, material))
        prompt = EXPLAIN.prompt(material, Budget(_PLENTY, 1024, context=budget))
        shown = prompted(prompt.turns[-1].content, row.file, row.start, row.end, project.lines)
        told += [
            f"{corpus.name}: {row.file}:{row.start} {row.qual} lacks {each.file}:{each.line} {each.name}"
            for each in sorted(project.gold(row))
            if not shown.shows(each, project.lines)
        ]
    return told
