"""`workers-ai-ls run`: one action on one file, in the terminal."""

from __future__ import annotations

import asyncio
import difflib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console
from rich.markdown import Markdown

from workers_ai_ls.errors import Failure
from workers_ai_ls.text import split_lines

if TYPE_CHECKING:
    from .session import Outcome

ActionName = Literal["explain", "refactor", "tests", "edit"]

_PLACE = re.compile(r"(?P<file>.+?)(?::(?P<first>\d+)(?:-(?P<last>\d+))?)?")

_NOT_USED = 3


class NotAPlace(Failure):
    """The FILE argument names nothing that can be read."""

    def __init__(self, place: str) -> None:
        super().__init__(f"{place} is no file; give FILE, FILE:LINE or FILE:FIRST-LAST.")


def run(
    action: Annotated[ActionName, typer.Argument(help="What to do.")],
    place: Annotated[
        str,
        typer.Argument(
            metavar="FILE[:LINE[-LINE]]",
            help="A file; a line in it means the function or class around; two are a selection.",
        ),
    ],
    instruction: Annotated[
        str, typer.Option("--instruction", "-i", help="What to change, for edit; or what to mind.")
    ] = "",
    write: Annotated[bool, typer.Option("--write", help="Write the changed files.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Print nothing but the difference.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
    embedded: Annotated[
        bool, typer.Option("--local", help="Use the embedded small model instead of an account.")
    ] = False,
) -> None:
    """Explain, refactor, test or edit code, and show the difference.

    The action takes the same way through the server as in an editor. Nothing is written without
    --write.
    """
    path, first, last = parse_place(place)
    quiet = as_json or diff
    outcome = asyncio.run(
        act(action, path, first, last, instruction, embedded=embedded, quiet=quiet)
    )
    if write:
        for changed, (_, after) in outcome.changed.items():
            changed.parent.mkdir(parents=True, exist_ok=True)
            changed.write_text(after, encoding="utf-8", newline="")
    if as_json:
        typer.echo(json.dumps(as_data(outcome), ensure_ascii=False, indent=2))
    else:
        _print(outcome, written=write, streamed=not quiet)
    raise typer.Exit(exit_code(outcome))


def parse_place(place: str) -> tuple[Path, int, int]:
    """FILE[:LINE[-LINE]] as a path and lines from 1; a whole file is its first to last line.

    Raises NotAPlace.
    """
    match = _PLACE.fullmatch(place)
    if match is None or not Path(match["file"]).is_file():
        raise NotAPlace(place)
    path = Path(match["file"]).resolve()
    if match["first"] is None:
        lines = path.read_bytes().count(b"\n") + 1
        return path, 1, lines
    first = int(match["first"])
    return path, first, int(match["last"] or first)


async def act(
    action: str,
    path: Path,
    first: int,
    last: int,
    instruction: str,
    *,
    embedded: bool,
    quiet: bool,
) -> Outcome:
    """Run the action, streaming its answer to the terminal unless `quiet`."""
    from .embedded import environment
    from .session import Session

    console = Console(stderr=True)
    with environment(console, wanted=embedded) as variables, console.status("starting") as status:

        def show(text: str) -> None:
            if not quiet:
                status.stop()
                print(text, end="", flush=True)  # noqa: T201 - the answer as it comes

        async with Session(
            project_of(path),
            environment=variables,
            on_text=show,
            on_status=status.update,
        ) as session:
            return await session.act(action, path, first, last, instruction)


def project_of(path: Path) -> Path:
    """The folder that an editor would take for the workspace of this file."""
    marks = (".git", "pyproject.toml", "package.json", "go.mod", "Cargo.toml")
    for folder in path.parents:
        if any((folder / mark).exists() for mark in marks):
            return folder
    return path.parent


def differences(outcome: Outcome) -> str:
    """What the action changes, as a unified diff."""
    parts: list[str] = []
    for path, (before, after) in outcome.changed.items():
        name = path.name
        lines = difflib.unified_diff(
            split_lines(before), split_lines(after), f"a/{name}", f"b/{name}"
        )
        parts += [line if line.endswith("\n") else f"{line}\n" for line in lines]
    return "".join(parts)


def as_data(outcome: Outcome) -> dict[str, Any]:
    """The outcome as JSON data."""
    return {
        "ended": outcome.ended,
        "answer": outcome.answer,
        "explanation": outcome.explanation,
        "messages": [{"level": level, "text": text} for level, text in outcome.messages],
        "files": [
            {"path": str(path), "before": before, "after": after}
            for path, (before, after) in outcome.changed.items()
        ],
        "exitCode": exit_code(outcome),
    }


def exit_code(outcome: Outcome) -> int:
    """0 done or nothing to do, 1 failed, 3 the answer was not used."""
    levels = {level for level, _ in outcome.messages}
    if "error" in levels:
        return 1
    if outcome.changed or outcome.explanation:
        return 0
    return _NOT_USED if "warning" in levels else 0


def _print(outcome: Outcome, *, written: bool, streamed: bool) -> None:
    console, errors = Console(), Console(stderr=True)
    if streamed and outcome.answer:
        console.print()
    if outcome.explanation and not streamed:
        console.print(Markdown(outcome.explanation))
    if changes := differences(outcome):
        typer.echo(changes, nl=False)
    for level, text in outcome.messages:
        errors.print(text, style={"error": "red", "warning": "yellow"}.get(level, ""), markup=False)
    if outcome.changed and not written:
        errors.print("Nothing was written; --write writes it.", style="dim")
