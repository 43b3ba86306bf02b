"""Arguments that several subcommands take."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

ActionName = Literal["explain", "refactor", "tests", "edit"]

PlaceArgument = Annotated[
    str,
    typer.Argument(
        metavar="FILE[:LINE[-LINE]]",
        help="A file; with a line, the function or class around it; with two, these lines.",
    ),
]

InstructionOption = Annotated[
    str,
    typer.Option("--instruction", "-i", help="What to change, or what to ask or to mind."),
]
