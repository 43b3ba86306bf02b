"""`workers-ai-ls history apply`: an answer of the journal in its file, by the way of `run`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workers_ai_ls.errors import Failure

from .entries import AsJson, Number, numbered

if TYPE_CHECKING:
    from pathlib import Path

    from workers_ai_ls.journal import Entry

    from .session import Outcome, View


def apply(
    number: Number,
    write: Annotated[bool, typer.Option("--write", help="Write what is changed.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show the difference alone.")] = False,
    as_json: AsJson = False,
) -> None:
    """Apply an answer to its file once more, as `run` does: no model is asked.

    It goes to the code that it was for, wherever that stands by now. Where that code has changed,
    nothing is replaced. Nothing is written without --write.
    """
    from .concluding import check_options, conclude, print_json

    check_options(write=write, diff=diff, as_json=as_json)
    entry = numbered(number)
    path = _file_of(entry)
    from .showing import Terminal

    with Terminal(quiet=diff or as_json) as terminal:
        written = False
        try:
            outcome = _applied(entry, path, terminal)
            if as_json:
                terminal.end()
                print_json(outcome, write=write)
            else:
                conclude(outcome, terminal, write=write)
            written = write
        finally:
            if not written:
                _put_back(entry)
    raise typer.Exit(outcome.exit_code)


def _applied(entry: Entry, path: Path, view: View) -> Outcome:
    import asyncio

    from .place import project_of
    from .session import Session

    async def apply() -> Outcome:
        view.status("starting the server")
        async with Session(project_of(path)) as session:
            outcome = await session.reapply(path, entry.id, view)
        outcome.answer = entry.answer
        return outcome

    return asyncio.run(apply())


def _put_back(entry: Entry) -> None:
    """Let the journal say again what it said: a look at the difference changes nothing."""
    from contextlib import closing

    from workers_ai_ls.journal import open_journal

    # It never says "interrupted" itself.
    outcome = "running" if entry.outcome == "interrupted" else entry.outcome
    with closing(open_journal()) as journal:
        journal.update(entry.id, outcome=outcome, detail=entry.detail)


def _file_of(entry: Entry) -> Path:
    """The file that an answer is about. Raises Failure when there is none."""
    from workers_ai_ls.workspace import path_of

    path = path_of(entry.uri)
    if path is None or not path.is_file():
        raise Failure(
            f"{path or entry.uri}, for which this answer was, is no file any more; "
            f"`workers-ai-ls history show {entry.id}` prints the answer."
        )
    return path
