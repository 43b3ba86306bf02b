"""`workers-ai-ls local`: the embedded model as an endpoint for any client."""

from __future__ import annotations

import shlex
import sys
from typing import Annotated

import typer

from workers_ai_ls.errors import Failure


def local(
    model: Annotated[
        str, typer.Option(help="A part of the model's id: 0.5b (the default) or 1.5b.")
    ] = "",
    alias: Annotated[
        list[str] | None,
        typer.Option(help="Also answer as this model, a withdrawn one included; may be repeated."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the variables as JSON.")] = False,
) -> None:
    """Serve a small real model on this machine, to try everything without an account.

    Prints the variables to set in the shell that starts the editor (for a POSIX shell or fish; on
    Windows for PowerShell), and serves until Ctrl+C, or until ten minutes pass without a request.
    At its first use it downloads the model, after saying so (491 MB).
    """
    from workers_ai_local.local_endpoint import start_local
    from workers_ai_local.playground import address

    from .embedded import model_file, variables
    from .showing import Terminal

    with Terminal(quiet=True) as terminal:
        file = model_file(terminal, model)
        terminal.status("loading the model")
        with start_local(file, aliases=alias or ()) as endpoint:
            terminal.end()
            given = variables(endpoint)
            typer.echo(as_json_line(given) if as_json else in_shell(given))
            terminal.say(
                f"{file.model.title} answers at {endpoint.base_url} on this machine. It is small: "
                "good for trying, not for work. Ctrl+C stops it."
            )
            terminal.say(f"Try it in a browser: {address(endpoint.base_url, endpoint.token)}")
            code = endpoint.wait()
        if code:
            raise Failure(f"The model's process ended with code {code}; start it again.")
        terminal.say("Stopped after ten minutes without a request.")


def as_json_line(given: dict[str, str]) -> str:
    """Give the variables as one line of JSON."""
    import json

    return json.dumps(given)


def in_shell(given: dict[str, str], platform: str = sys.platform) -> str:
    """Give the variables as a shell takes them.

    >>> print(in_shell({"A": "b c"}, "linux"))
    export A='b c'
    >>> print(in_shell({"A": "it's"}, "win32"))
    $env:A = 'it''s'
    """
    if platform == "win32":
        quoted = ((name, value.replace("'", "''")) for name, value in given.items())
        return "\n".join(f"$env:{name} = '{value}'" for name, value in quoted)
    return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in given.items())
