"""Shows text to the user: in a thin client's own view, as a markdown file, or as a message."""

from __future__ import annotations

import asyncio
import difflib
import itertools
from pathlib import Path
from typing import TYPE_CHECKING

from workers_ai_ls.actions import placed
from workers_ai_ls.context import fenced
from workers_ai_ls.reply.outcomes import CreateFile, Insert, Replace, Show
from workers_ai_ls.syntax import language_for
from workers_ai_ls.text import split_lines
from workers_ai_ls.workspace import CannotWrite, answer_file, uri_of, write_answer

from .delivering import text_at

if TYPE_CHECKING:
    from .job import Edited, Job
    from .services import Services

_MESSAGE = 1500
"""Characters that still fit into a message, where nothing else can be shown."""


async def show(job: Job, outcome: Show, services: Services) -> None:
    """Show an explanation."""
    answer = job.token, job.action.name, job.uri, outcome.markdown
    if services.editor.stream_answer(*answer, done=True):
        return
    start, _ = job.range
    line = job.document.snapshot().line_at(start) + 1
    name = Path(job.material.selection.path).name if job.material else ""
    head = f"# {outcome.title}\n\n*{name}, line {line}*\n\n" if name else f"# {outcome.title}\n\n"
    await show_markdown(outcome.title, job.uri, head + outcome.markdown, services)


async def show_markdown(title: str, uri: str, markdown: str, services: Services) -> None:
    """Show markdown in a file of the user's cache, or in a message where that can't be."""
    path = answer_file(services.answers, title, uri)
    if not services.editor.reloads_files:
        path = await asyncio.to_thread(_fresh, services.answers, title, uri)
    where = str(path)
    try:
        await asyncio.to_thread(write_answer, path, markdown)
        if await services.editor.show_document(uri_of(path)):
            return
    except CannotWrite as failure:
        where = str(failure)
    cut = markdown if len(markdown) <= _MESSAGE else f"{markdown[:_MESSAGE]}…"
    services.editor.tell("info", f"{cut}\n\n({where})")


def _fresh(folder: Path, title: str, uri: str) -> Path:
    """A file that the editor cannot have open: it would go on showing the text from before."""
    names = itertools.chain((title,), (f"{title} {number}" for number in itertools.count(2)))
    paths = (answer_file(folder, name, uri) for name in names)
    return next(path for path in paths if not path.exists())


async def show_difference(job: Job, services: Services) -> None:
    """Show what the job has changed, or would change."""
    if job.held and services.editor.offer_edit(job.number, *_edited(job, job.held)):
        return
    before, after, name = _sides(job, services)
    lines = difflib.unified_diff(
        split_lines(before), split_lines(after), f"{name} (before)", f"{name} (after)"
    )
    diff = "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
    body = fenced(diff, "diff") if diff else "There is no difference."
    await show_markdown(
        f"difference {name}", job.uri, f"# {job.action.title}\n\n{body}\n", services
    )


def _edited(job: Job, held: Edited) -> tuple[str, str]:
    """The file that a held edit is for, and its whole text after that edit."""
    if not isinstance(held, Replace):
        return uri_of(Path(held.path)), held.text
    snapshot = job.document.snapshot()
    language = language_for(snapshot.language_id, snapshot.uri)
    return job.uri, placed(held, snapshot.text, *job.range, language).text


def _sides(job: Job, services: Services) -> tuple[str, str, str]:
    """The text before and after, and the name of the file."""
    outcome = job.done.outcome if job.done else job.held
    name = job.uri.rpartition("/")[2]
    match outcome:
        case Replace(text, imports=imports):
            # They go elsewhere in the file, and are part of the change all the same.
            return job.before, "".join(f"{each}\n" for each in imports) + text, name
        case Insert(path, text) | CreateFile(path, text):
            target = Path(path)
            now = text_at(uri_of(target), services.editor) or ""
            return (job.done.before if job.done else now), text, target.name
    return job.text, job.text, name
