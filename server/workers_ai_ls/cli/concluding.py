"""How an action's outcome is told in the terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from .buffers import write as write_files
from .difference import differences, root_of
from .ending import NOT_USED, WrongUsage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .session import Outcome
    from .showing import Terminal

_MENU = " The answer is kept: "
"""What follows in a message are entries of an editor's menu."""

_COMMAND = "read the answer with the command workers-ai.showLastAnswer"
_HERE = "read the answer above"


def conclude(outcome: Outcome, terminal: Terminal, *, write: bool) -> None:
    """Show what has not been streamed yet, say how it went, and write if asked. Raises Failure."""
    terminal.text(_unseen(outcome))
    if outcome.exit_code == NOT_USED:
        # Nothing that the model said is lost, where nobody has watched it come either.
        terminal.catch_up(outcome.answer)
    terminal.end()
    show_changes(outcome, terminal)
    if outcome.cost:
        terminal.say(f"{outcome.ended.capitalize()}.")
    for level, sentence in outcome.messages:
        terminal.say(in_terminal(sentence), level)
    if write:
        write_files(outcome.changed)
    for name in _names(outcome):
        terminal.say(f"Wrote {name}." if write else f"Nothing was written; --write writes {name}.")


def print_json(outcome: Outcome, *, write: bool) -> None:
    """Print the outcome for scripts; a file that is new has a `before` of null."""
    data: dict[str, Any] = {
        "ended": outcome.ended,
        "exitCode": outcome.exit_code,
        "answer": outcome.answer,
        "explanation": outcome.explanation or None,
        "messages": [{"level": level, "text": text} for level, text in outcome.messages],
        "files": [
            {"path": str(path), "before": change.before, "after": change.after}
            for path, change in outcome.changed.items()
        ],
        "written": False,
    }
    try:
        if write:
            write_files(outcome.changed)
            data["written"] = bool(outcome.changed)
    finally:
        # ASCII stays whole in any encoding of a terminal or pipe.
        typer.echo(json.dumps(data, indent=2))


def check_options(*, write: bool, diff: bool, as_json: bool) -> None:
    """Raise WrongUsage for options that contradict each other."""
    if write and diff:
        raise WrongUsage("--write and --diff exclude each other; --write shows the difference too.")
    if diff and as_json:
        raise WrongUsage("--diff and --json exclude each other; the JSON holds both texts.")


def show_changes(outcome: Outcome, terminal: Terminal) -> None:
    """Show the difference, with paths from where we stand if they can be."""
    here = Path.cwd().resolve()
    root = root_of(outcome.changed, here)
    terminal.diff(differences(outcome.changed, root))
    if root != here:
        terminal.say(f"The paths in this difference are relative to {root}.")


def in_terminal(sentence: str) -> str:
    """Leave out of a message what only an editor has.

    >>> in_terminal("Cut off. The answer is kept: AI: Discard is offered there.")
    'Cut off.'
    """
    return sentence.partition(_MENU)[0].replace(_COMMAND, _HERE)


def _unseen(outcome: Outcome) -> str:
    """The part of an explanation that was not streamed, such as a note that it was cut off."""
    seen, whole = outcome.answer.strip(), outcome.explanation.strip()
    return whole[len(seen) :] if whole.startswith(seen) else f"\n\n{whole}"


def _names(outcome: Outcome) -> Iterator[str]:
    here = Path.cwd().resolve()
    for path, change in outcome.changed.items():
        name = str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
        yield f"{name} (new)" if change.before is None else name
