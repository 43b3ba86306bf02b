"""`workers-ai-ls local`: the embedded model as an endpoint for any client."""

from __future__ import annotations

import json
import shlex
from typing import Annotated

import typer
from rich.console import Console

from .embedded import model_file, variables


def local(
    model: Annotated[
        str, typer.Option(help="A part of the model's id: 0.5b (default) or 1.5b.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the address as JSON.")] = False,
) -> None:
    """Serve a small real model on this machine, to try everything without an account.

    Prints the variables to set in the shell that starts the editor, and serves until it is
    interrupted or ten minutes pass without a request. Downloads the model at its first use.
    """
    from workers_ai_local.local_endpoint import start_local

    console = Console(stderr=True)
    file = model_file(console, model)
    with console.status("loading the model"):
        endpoint = start_local(file)
    with endpoint:
        given = variables(endpoint)
        if as_json:
            typer.echo(json.dumps(given))
        else:
            for name, value in given.items():
                typer.echo(f"export {name}={shlex.quote(value)}")
        console.print(
            f"{file.model.title} answers at {endpoint.base_url}. It is small: good for trying, not "
            "for work. Ctrl+C stops it.",
            highlight=False,
        )
        endpoint.wait()
        console.print("Stopped after ten minutes without a request.")
