"""The subcommands, and what a failure of each looks like."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from workers_ai_ls import __version__
from workers_ai_ls.errors import Failure

from .demo import demo
from .doctor import doctor
from .ending import EXIT_CODES, FAILED, INTERRUPTED, WRONG_USAGE, WrongUsage
from .history import history
from .local import local
from .login import login
from .logout import logout
from .models import models
from .prompt import prompt
from .run import run
from .setup import setup
from .usage import usage

_HELP = f"""AI code actions for every editor that speaks LSP, answered by Workers AI.

Without a command it serves an editor on standard input and output. The README says how to set up
yours; `workers-ai-ls doctor` says what is missing.

\b
Examples:
  workers-ai-ls demo                            a real model, no account
  workers-ai-ls login                           with your Cloudflare account
  workers-ai-ls run explain src/app.py:42       in the terminal
  workers-ai-ls run refactor src/app.py:42 --write
  workers-ai-ls prompt explain src/app.py:42    what would be sent, and nothing is
  workers-ai-ls history                         earlier answers: show, apply
  workers-ai-ls doctor                          account, token, model, endpoint

{EXIT_CODES}
"""

app = typer.Typer(
    name="workers-ai-ls",
    help=_HELP,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"workers-ai-ls {__version__}")
        raise typer.Exit


@app.callback(no_args_is_help=True)
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


@app.command(short_help="Serve an editor: what happens without a command.")
def serve(
    _stdio: Annotated[
        bool, typer.Option("--stdio", help="As some editors add by themselves; changes nothing.")
    ] = False,
) -> None:
    """Serve an editor on standard input and output (what happens without a command).

    An editor starts this and speaks LSP to it. WORKERS_AI_LOG sets the level of the log on standard
    error: DEBUG, INFO or WARNING (the default).
    """
    from workers_ai_ls.lsp.main import main as start

    start()


app.command(short_help="Explain, refactor, test or edit code in a file.")(run)
app.command(short_help="Show what an action would send, and send nothing.")(prompt)
app.command(short_help="Set an editor up, or undo that.")(setup)
app.command(short_help="Watch a small real model at work, without an account.")(demo)
app.command(short_help="Sign in, and keep the credentials in the system's keyring.")(login)
app.command(short_help="Forget the credentials of an endpoint.")(logout)
app.command(short_help="Show every setting, and check that all is in place.")(doctor)
app.command(short_help="List the models of Workers AI, with window and price.")(models)
app.command(short_help="Sum up tokens, neurons and dollars by day, action and model.")(usage)
app.add_typer(history, name="history")
app.command(short_help="Serve a small real model on this machine.")(local)


def main() -> None:
    """Run a subcommand; a failure becomes one sentence on standard error and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal or pipe that can't show a character shows a question mark in its place.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr] # both are text streams
    try:
        app()
    except Failure as failure:
        typer.echo(f"workers-ai-ls: {failure}", err=True)
        sys.exit(WRONG_USAGE if isinstance(failure, WrongUsage) else FAILED)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
