"""What an action works on: the material, and for tests the place where they go."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.context import Material, Selection, TestPlace, gather
from workers_ai_ls.errors import Failure
from workers_ai_ls.syntax import language_for
from workers_ai_ls.workspace import find_tests, path_of, read_for_edit, uri_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.actions import Action
    from workers_ai_ls.context import Diagnostic
    from workers_ai_ls.settings import Settings
    from workers_ai_ls.text import Snapshot

    from .editor import Editor
    from .job import Job


class NoFile(Failure):
    """Tests were asked for a document that has no file."""

    def __init__(self) -> None:
        super().__init__("Tests go beside a file on disk; save this document first.")


class NoCode(Failure):
    """An action was asked for where there is nothing to work on."""

    def __init__(self) -> None:
        super().__init__("There is no code here; put the cursor into some code and try again.")


def look(job: Job, editor: Editor) -> Material:
    """Find the code that the job works on, in the document as it is now, and track it.

    Nothing is awaited here, so that the text can't change between the look and the tracking.
    Raises NoCode, and what the action's `prepare` raises.
    """
    snapshot = job.document.snapshot()
    start, end = job.place.offsets(snapshot)
    selection = selection_at(snapshot, start, end, editor.roots, job.diagnostics)
    material = material_at(job.action, selection, job.instruction)
    track_exactly(job, material.start, material.end)
    return material


def offsets_of_lines(snapshot: Snapshot, first: int, last: int) -> tuple[int, int]:
    """Offsets of whole lines, counted from 1; one line means the cursor, so that its scope is taken."""
    most = len(snapshot.lines) - 1
    top, bottom = sorted(min(max(line - 1, 0), most) for line in (first, last))
    if top == bottom:
        indent = len(snapshot.lines[top]) - len(snapshot.lines[top].lstrip())
        at = min(snapshot.line_start(top) + indent, snapshot.line_end(top))
        return at, at
    return snapshot.line_start(top), snapshot.line_end(bottom)


def selection_at(
    snapshot: Snapshot,
    start: int,
    end: int,
    roots: Sequence[Path],
    diagnostics: tuple[Diagnostic, ...] = (),
) -> Selection:
    """What is selected between two offsets of a document."""
    path = path_of(snapshot.uri)
    return Selection(
        snapshot=snapshot,
        start=start,
        end=end,
        language=language_for(snapshot.language_id, snapshot.uri),
        path=name_of(path, roots) if path else "",
        diagnostics=diagnostics,
    )


def material_at(action: Action, selection: Selection, instruction: str) -> Material:
    """Find the code that an action works on. Raises NoCode, and what the action's `prepare` raises."""
    material = action.prepare(gather(selection, instruction=instruction))
    if not material.code.strip() and not material.instruction:
        raise NoCode
    return material


def with_settings(material: Material, action: Action, settings: Settings) -> Material:
    """Add what the user's settings say about the prompt."""
    parts = (settings.prompts.system, getattr(settings.prompts, action.name))
    extra = "\n".join(part for part in parts if part)
    return attrs.evolve(material, extra=extra, answer_language=settings.answer_language)


def look_again(job: Job) -> Material | None:
    """What the job that is tried again worked on; None where this one is a first try.

    The place is exactly what that job's edit has left, or the code for which it holds one: looking
    anew could find more.
    """
    previous = job.previous
    if previous is None or previous.material is None:
        return None
    if previous.done is None and previous.text != previous.original:
        return None
    track_exactly(job, *job.range)
    instruction = job.instruction or previous.material.instruction
    return attrs.evolve(previous.material, instruction=instruction)


def track_exactly(job: Job, start: int, end: int) -> None:
    """Let the job work on that range of offsets, and follow it through every change."""
    snapshot = job.document.snapshot()
    first, last = snapshot.line_at(start), snapshot.line_at(end)
    whole = start == snapshot.line_start(first) and end == snapshot.line_end(last)
    job.document.untrack(job.place)
    job.place = job.document.track(start, end, whole_lines=whole)
    job.original = job.text


async def with_tests(material: Material, editor: Editor) -> Material:
    """Add the place where tests for the material go. Raises Failure."""
    place = await asyncio.to_thread(tests_of, material, editor.roots)
    return attrs.evolve(material, tests=refreshed(place, editor))


def tests_of(material: Material, roots: Sequence[Path]) -> TestPlace:
    """Find the place where tests for the material go, as it is on disk. Raises NoFile."""
    path = path_of(material.selection.snapshot.uri)
    if path is None:
        raise NoFile
    target = find_tests(
        path,
        language_id=material.language.id,
        symbol=material.symbol,
        root=root_of(path, roots),
    )
    return TestPlace(
        path=str(target.path),
        name=name_of(target.path, roots),
        framework=target.framework,
        text=target.text,
        import_hint=target.import_hint,
        run_command=target.run_command or "",
        folder=str(target.folder or ""),
        inside=target.inside,
        sample=target.sample.text if target.sample else "",
        sample_name=name_of(target.sample.path, roots) if target.sample else "",
    )


def refreshed(place: TestPlace, editor: Editor) -> TestPlace:
    """The place with the test file's text as it is now; an open document wins over the disk.

    Raises Failure when the file can't be edited.
    """
    path = Path(place.path)
    document = editor.document(uri_of(path))
    if document is not None:
        return attrs.evolve(place, text=document.snapshot().text)
    return attrs.evolve(place, text=read_for_edit(path) if path.exists() else None)


def name_of(path: Path, roots: Sequence[Path]) -> str:
    """The path as people know it: relative to its workspace folder."""
    root = root_of(path, roots)
    return path.relative_to(root).as_posix() if root else path.name


def root_of(path: Path, roots: Sequence[Path]) -> Path | None:
    """The innermost workspace folder around a file."""
    inside = [root for root in roots if path.is_relative_to(root)]
    return max(inside, key=lambda root: len(root.parts), default=None)
