"""What the workspace knows about the code of a job, and what of the workspace may be sent."""

from __future__ import annotations

import asyncio
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.context import Knowledge
from workers_ai_ls.text import snapshot_of
from workers_ai_ls.workspace import path_of, read_for_edit, uri_of
from workers_ai_ls.workspace.keeping_out import KeptOut, is_never_sent, why_kept_out
from workers_ai_ls.workspace.project_words import project_words
from workers_ai_ls.workspace.resolving import Code, knowledge_of

from .preparing import (
    material_at,
    offsets_of_lines,
    root_of,
    selection_at,
    tests_of,
    with_settings,
    with_tests,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.actions import Action
    from workers_ai_ls.context import Caller, Known, Material, ProjectWords
    from workers_ai_ls.settings import Settings
    from workers_ai_ls.workspace.index import Index

    from .services import Services


_LARGEST = 1_000_000
"""Characters of a document that is looked through; the index leaves larger files out, too."""


def check_may_be_sent(material: Material, settings: Settings, roots: Sequence[Path]) -> None:
    """Raise KeptOut where the file that an action was asked for in, or that of its tests, is not sent.

    It reads the ignore files around them: call it in a thread.
    """
    exclude = settings.context.exclude
    paths = [path_of(material.selection.snapshot.uri)]
    if material.tests is not None:
        paths.append(Path(material.tests.path))
    for path in filter(None, paths):
        if sentence := why_kept_out(path, root_of(path, roots), exclude):
            raise KeptOut(sentence)


async def completed(
    material: Material, action: Action, settings: Settings, services: Services
) -> Material:
    """Add all else that a prompt draws on: where tests go, and what the workspace knows.

    Raises KeptOut, and another Failure where tests can't go anywhere.
    """
    if action.wants_tests:
        material = await with_tests(material, services.editor)
        await asyncio.to_thread(check_may_be_sent, material, settings, services.editor.roots)
    return await with_knowledge(material, settings, services)


async def with_knowledge(material: Material, settings: Settings, services: Services) -> Material:
    """Add what the workspace knows about the code."""
    path = path_of(material.selection.snapshot.uri)
    root = root_of(path, services.editor.roots) if path else None
    index = await services.index(path) if path and services.index else None
    return await asyncio.to_thread(knowledge_for, material, index, path, root, settings)


def knowledge_for(
    material: Material,
    index: Index | None,
    path: Path | None,
    root: Path | None,
    settings: Settings,
) -> Material:
    """Add what the index and the project's own words say; blocking, milliseconds.

    `path` is the document's file, `root` the workspace folder that it is in. Without an index the
    document itself is all that is known.
    """
    exclude = settings.context.exclude
    known = _asked(material, index, path)

    # What is known comes from a few files, many things from each.
    never = cache(lambda path: is_never_sent(path, exclude))

    def sent(each: Known | Caller) -> bool:
        return not never(each.path)

    knowledge = attrs.evolve(
        known,
        used=tuple(filter(sent, known.used)),
        members=tuple(filter(sent, known.members)),
        callers=tuple(filter(sent, known.callers)),
        sibling=known.sibling if known.sibling and sent(known.sibling) else None,
        words=_words(path, root, settings) if path and root else None,
    )
    tests = material.tests
    if tests is not None and not _may_be_sample(tests.sample_name, root, exclude):
        tests = attrs.evolve(tests, sample="", sample_name="")
    return attrs.evolve(material, knowledge=knowledge, tests=tests)


def material_on_disk(
    action: Action,
    path: Path,
    lines: tuple[int, int],
    instruction: str,
    index: Index,
    settings: Settings,
) -> Material:
    """All that an action would draw on for lines of a file, counted from 1, as all files are on disk.

    Blocking; it takes the steps of a job one by one. Raises KeptOut and other Failures.
    """
    roots = [index.root]
    snapshot = snapshot_of(uri_of(path), "", 0, read_for_edit(path))
    start, end = offsets_of_lines(snapshot, *lines)
    selection = selection_at(snapshot, start, end, roots)
    material = with_settings(material_at(action, selection, instruction), action, settings)
    check_may_be_sent(material, settings, roots)
    if action.wants_tests:
        material = attrs.evolve(material, tests=tests_of(material, roots))
        check_may_be_sent(material, settings, roots)
    return knowledge_for(material, index, path, index.root, settings)


def _asked(material: Material, index: Index | None, path: Path | None) -> Knowledge:
    if len(material.text) > _LARGEST:
        return Knowledge()
    real = path.resolve() if path else None
    if index and real and real.is_relative_to(index.root):
        name = real.relative_to(index.root).as_posix()
    else:
        index, name = None, real.name if real else "untitled"
    code = Code(name, material.language, material.text, material.start, material.end)
    return knowledge_of(index, code)


def _may_be_sample(name: str, root: Path | None, exclude: Sequence[str]) -> bool:
    """Whether a neighbouring test file may be shown; the disk is asked, so it may be an ignored one."""
    if root is None:
        return not is_never_sent(name, exclude)
    return not (name and why_kept_out(root / name, root, exclude))


def _words(path: Path, root: Path, settings: Settings) -> ProjectWords | None:
    """The project's own words, unless the file that they stand in is kept out."""
    words = project_words(root, path, settings.context.conventions)
    if words is None or why_kept_out(root / words.path, root, settings.context.exclude):
        return None
    return words
