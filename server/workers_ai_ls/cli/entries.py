"""Entries of the journal, as commands read and name them."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .ending import WrongUsage

if TYPE_CHECKING:
    from workers_ai_ls.journal import Entry

Number = Annotated[int, typer.Argument(metavar="N", min=1, help="An answer's number.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def entries(limit: int | None) -> tuple[Entry, ...]:
    """The newest entries, or all."""
    from workers_ai_ls.journal import open_journal

    with closing(open_journal()) as journal:
        if problem := journal.take_problem():
            typer.echo(problem, err=True)
        return journal.entries(limit)


def numbered(number: int) -> Entry:
    """The entry of that number. Raises WrongUsage."""
    from workers_ai_ls.journal import open_journal

    with closing(open_journal()) as journal:
        if problem := journal.take_problem():
            typer.echo(problem, err=True)
        entry = journal.entry(number) if number < 2**63 else None
    if entry is None:
        raise WrongUsage(f"The journal has no answer {number}; `workers-ai-ls history` lists them.")
    return entry


def cells(entry: Entry) -> list[str]:
    """A row for people: number, time, action, place, model, outcome, tokens, neurons."""
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(entry.time))
    counts = (entry.tokens_in, entry.tokens_out)
    tokens = " + ".join("?" if count is None else f"{count:,}" for count in counts)
    neurons = "?" if entry.neurons is None else f"{entry.neurons:,.1f}"
    model = entry.model.rpartition("/")[2]
    return [str(entry.id), when, entry.action, where(entry), model, entry.outcome, tokens, neurons]


def where(entry: Entry) -> str:
    """FILE:LINES, from where we stand if that can be."""
    from workers_ai_ls.workspace import path_of

    path, here = path_of(entry.uri), Path.cwd()
    name = entry.uri if path is None else str(path)
    if path is not None and path.is_relative_to(here):
        name = str(path.relative_to(here))
    lines = str(entry.first_line)
    if entry.last_line != entry.first_line:
        lines += f"-{entry.last_line}"
    return f"{name}:{lines}" if entry.first_line else name


def plain(entry: Entry) -> dict[str, object]:
    """An entry for programs: all of its figures, and no text of a prompt or an answer."""
    return {
        "number": entry.id,
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(entry.time)),
        "action": entry.action,
        "uri": entry.uri,
        "firstLine": entry.first_line,
        "lastLine": entry.last_line,
        "model": entry.model,
        "outcome": entry.outcome,
        "detail": entry.detail,
        "tokensIn": entry.tokens_in,
        "tokensOut": entry.tokens_out,
        "tokensCached": entry.tokens_cached,
        "neurons": entry.neurons,
    }
