"""`workers-ai-ls run`: one action on one file, in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .arguments import ActionName, InstructionOption, PlaceArgument  # noqa: TC001 - typer reads them
from .ending import EXIT_CODES, WrongUsage

if TYPE_CHECKING:
    from pathlib import Path

    from .place import Place
    from .session import Outcome, View


def run(
    action: Annotated[ActionName, typer.Argument(help="What to do.")],
    place: PlaceArgument,
    instruction: InstructionOption = "",
    write: Annotated[bool, typer.Option("--write", help="Write what is changed.")] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show the difference alone, without the answer.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
    embedded: Annotated[
        bool, typer.Option("--local", help="Ask the small model on this machine: no account.")
    ] = False,
) -> None:
    """Explain, refactor, test or edit code in a file."""
    _check(action, write=write, diff=diff, as_json=as_json)
    from .place import place_of

    where = place_of(place)
    from .showing import Terminal

    with Terminal(result=action == "explain", quiet=diff or as_json) as terminal:
        outcome = _act(action, where, instruction, terminal, embedded=embedded)
        if as_json:
            from .concluding import print_json

            terminal.end()
            print_json(outcome, write=write)
        else:
            from .concluding import conclude

            conclude(outcome, terminal, write=write)
    if outcome.changed and not write:
        _only_shown(where.path)
    raise typer.Exit(outcome.exit_code)


run.__doc__ = f"""Explain, refactor, test or edit code in a file.

The action takes the same way through the server as in an editor. An explanation goes to standard
output; a change goes there as a difference that `patch -p1` and `git apply` take. Progress and the
answer on its way go to standard error. Nothing is written without --write.

\b
Examples:
  workers-ai-ls run explain src/app.py:42
  workers-ai-ls run refactor src/app.py:10-30 --write
  workers-ai-ls run tests src/app.py:42 --diff > tests.patch
  workers-ai-ls run edit src/app.py:42 -i "return a float"
  workers-ai-ls run explain src/app.py:42 --local

{EXIT_CODES}
"""


def _only_shown(path: Path) -> None:
    """Have the journal say so: to the server, the edit was made."""
    from contextlib import closing

    from workers_ai_ls.journal import open_journal
    from workers_ai_ls.workspace import uri_of

    with closing(open_journal()) as journal:
        entry = journal.last(uri_of(path))
        if entry is not None and entry.outcome == "applied":
            journal.update(entry.id, outcome="shown", detail="It was not written to the file.")


def _check(action: str, *, write: bool, diff: bool, as_json: bool) -> None:
    """Raise WrongUsage for options that contradict each other or the action."""
    from .concluding import check_options

    check_options(write=write, diff=diff, as_json=as_json)
    if action == "explain" and (write or diff):
        raise WrongUsage("explain changes no file; leave out --write and --diff.")


def _act(action: str, place: Place, instruction: str, view: View, *, embedded: bool) -> Outcome:
    import asyncio

    from .place import project_of
    from .session import Session

    async def act(environment: dict[str, str]) -> Outcome:
        view.status("starting the server")
        async with Session(project_of(place.path), environment=environment) as session:
            return await session.act(action, place, view, instruction)

    if not embedded:
        return asyncio.run(act({}))
    from .embedded import embedded_model

    with embedded_model(view) as environment:
        return asyncio.run(act(environment))
