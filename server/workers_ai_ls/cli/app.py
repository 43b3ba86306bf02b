"""The subcommands, and what a failure of each looks like."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from workers_ai_ls import __version__
from workers_ai_ls.errors import Failure

from .demo import demo
from .doctor import doctor
from .local import local
from .models import models
from .run import run

_HELP = """AI code actions for every editor that speaks LSP, answered by Workers AI.

Without a command it serves an editor on standard input and output.

Exit codes: 0 done, 1 failed (the sentence on standard error says what to do), 2 wrong usage,
3 the model's answer was not used, 130 interrupted.
"""

app = typer.Typer(
    name="workers-ai-ls",
    help=_HELP,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"workers-ai-ls {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


@app.command()
def serve() -> None:
    """Serve an editor on standard input and output (what happens without a command)."""
    from workers_ai_ls.lsp.main import main as start

    start()


_options.__doc__ = _HELP
for command in (run, demo, doctor, models, local):
    app.command()(command)


def main() -> None:
    """Run a subcommand; a failure becomes one sentence and exit code 1."""
    try:
        app()
    except Failure as failure:
        typer.echo(f"workers-ai-ls: {failure}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
