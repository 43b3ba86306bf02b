"""`workers-ai-ls history`: the answers in the journal, listed, shown and applied."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from .ending import EXIT_CODES
from .entries import AsJson, Number, cells, entries, numbered, plain, where
from .reapplying import apply

_LISTED = 20

_TITLES = ("", "when", "action", "where", "model", "outcome", "tokens in + out", "neurons")

history = typer.Typer(
    no_args_is_help=False,
    rich_markup_mode=None,
    short_help="List the answers so far; show one, or apply it to its file.",
    help=f"""List the answers so far, the newest first; show one, or apply it to its file.

They are in this machine's journal, which holds those of all editors for 30 days unless the settings
say otherwise. An answer is `interrupted` when its server ended in the middle of it.

\b
Examples:
  workers-ai-ls history
  workers-ai-ls history --all --json
  workers-ai-ls history show 12
  workers-ai-ls history apply 12 --write

{EXIT_CODES}
""",
)


@history.callback(invoke_without_command=True)
def list_answers(
    context: typer.Context,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, max=1_000_000, help="How many at most.")
    ] = _LISTED,
    everything: Annotated[bool, typer.Option("--all", help="List all of them.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the newest answers."""
    if context.invoked_subcommand is not None:
        return
    found = entries(None if everything else limit)
    if as_json:
        typer.echo(json.dumps([plain(entry) for entry in found], indent=2))
    elif not found:
        typer.echo("The journal has no answers.")
    else:
        from .showing import visible
        from .tables import console, table

        rows = [[visible(cell) for cell in cells(entry)] for entry in found]
        console().print(table(_TITLES, rows, numbers=(0, 6, 7)))


@history.command(short_help="Print an answer as the model gave it.")
def show(number: Number, as_json: AsJson = False) -> None:
    """Print an answer as the model gave it."""
    entry = numbered(number)
    if as_json:
        typer.echo(json.dumps(plain(entry) | {"answer": entry.answer}, indent=2))
        return
    from .showing import Terminal

    with Terminal(result=True) as terminal:
        terminal.text(entry.answer)
        terminal.end()
        detail = f": {entry.detail}" if entry.detail else "."
        terminal.say(f"{entry.action} of {where(entry)} by {entry.model}, {entry.outcome}{detail}")


history.command(short_help="Apply an answer to its file once more.")(apply)
