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
    from workers_ai_ls.settings import Settings

    from .editor import Editor
    from .job import Job


class NoFile(Failure):
    """Tests were asked for a document that has no file."""

    def __init__(self) -> None:
        super().__init__("Tests go beside a file on disk; save this document first.")


def look(job: Job, editor: Editor, settings: Settings) -> Material:
    """Find the code that the job works on, in the document as it is now, and track it.

    Nothing is awaited here, so that the text can't change between the look and the tracking.
    """
    snapshot = job.document.snapshot()
    start, end = job.place.offsets(snapshot)
    path = path_of(snapshot.uri)
    selection = Selection(
        snapshot=snapshot,
        start=start,
        end=end,
        language=language_for(snapshot.language_id, snapshot.uri),
        path=name_of(path, editor) if path else "",
        diagnostics=job.diagnostics,
    )
    material = job.action.prepare(gather(selection, instruction=job.instruction))
    extra = "\n".join(
        part
        for part in (settings.prompts.system, getattr(settings.prompts, job.action.name))
        if part
    )
    job.document.untrack(job.place)
    first, last = snapshot.line_at(material.start), snapshot.line_at(material.end)
    job.place = job.document.track(
        material.start,
        material.end,
        whole_lines=material.start == snapshot.line_start(first)
        and material.end == snapshot.line_end(last),
    )
    job.original = material.original
    return attrs.evolve(material, extra=extra, answer_language=settings.answer_language)


async def with_tests(material: Material, editor: Editor) -> Material:
    """Add the place where tests for the material go."""
    snapshot = material.selection.snapshot
    path = path_of(snapshot.uri)
    if path is None:
        raise NoFile
    root = next((root for root in editor.roots if path.is_relative_to(root)), None)
    target = await asyncio.to_thread(
        find_tests,
        path,
        language_id=material.language.id,
        symbol=material.scope.name if material.scope else None,
        root=root,
    )
    place = TestPlace(
        path=str(target.path),
        name=name_of(target.path, editor),
        framework=target.framework,
        text=target.text,
        import_hint=target.import_hint,
    )
    return attrs.evolve(material, tests=refreshed(place, editor))


def refreshed(place: TestPlace, editor: Editor) -> TestPlace:
    """The place with the test file's text as it is now; an open document wins over the disk.

    Raises Failure when the file can't be edited.
    """
    path = Path(place.path)
    document = editor.document(uri_of(path))
    if document is not None:
        return attrs.evolve(place, text=document.snapshot().text)
    return attrs.evolve(place, text=read_for_edit(path) if path.exists() else None)


def name_of(path: Path, editor: Editor) -> str:
    """The path as people know it: relative to its workspace folder."""
    for root in editor.roots:
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.name
