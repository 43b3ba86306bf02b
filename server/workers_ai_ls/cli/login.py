"""`workers-ai-ls login`: takes credentials, tries them, and keeps them where every editor finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from workers_ai_ls.settings import Resolved

    from .finding import Found


def login(  # noqa: D103 - its docstring, which has a control character, stands below
    url: Annotated[
        str,
        typer.Argument(
            help="Your team's Worker, or any OpenAI-compatible server; Cloudflare when left out.",
            show_default=False,
        ),
    ] = "",
    account: Annotated[str, typer.Option(help="Cloudflare account id.", show_default=False)] = "",
    token_stdin: Annotated[
        bool, typer.Option("--token-stdin", help="Read the token from standard input.")
    ] = False,
    no_keyring: Annotated[
        bool,
        typer.Option("--no-keyring", help="Keep the token in your settings file, not the keyring."),
    ] = False,
) -> None:
    from workers_ai_ls.settings import CannotKeep, read_options, resolve

    from .asking import Asking
    from .finding import find_cloudflare, find_endpoint
    from .keeping import keep

    asking = Asking(token_from_stdin=token_stdin)
    options = read_options()
    if options.user.problem:
        # Said before anybody has typed a token.
        raise CannotKeep(options.user.problem)
    settings = resolve(options).settings
    if url and not account:
        found = find_endpoint(url, settings, asking)
    else:
        found = find_cloudflare(url, account, settings, asking)
    place = keep(found, asking, use_keyring=not no_keyring)
    _tell(found, place, resolve(read_options()))


login.__doc__ = """Sign in: to Cloudflare with account and API token, or to the endpoint at URL.

Nothing is shown while you type a token, and none is taken as an argument, where other programs could
read it. It is tried before it is kept: in the system's keyring, or, if you agree, in your settings
file, which only you can read. The endpoint's address goes to that file, too.

\b
Examples:
  workers-ai-ls login                              Cloudflare
  workers-ai-ls login https://ai.team.example      your team's Worker
  workers-ai-ls login http://127.0.0.1:11434/v1    Ollama, llama.cpp, vLLM, LM Studio
  workers-ai-ls login --account ID --token-stdin < token
"""


def _tell(found: Found, place: str, now: Resolved) -> None:
    from .showing import visible

    typer.echo(f"Signed in: {found.endpoint.host} answers. {place}", err=True)
    for note in (found.note, _overruled(found, now)):
        if note:
            typer.echo(visible(note), err=True)


def _overruled(found: Found, now: Resolved) -> str:
    """The sentence for variables of the environment that are in force instead of what was kept."""
    from .keeping import kept_settings

    names = {**kept_settings(found), "apiToken": None, "headers": None}
    origins = (now.origins[name] for name in names)
    variables = sorted({one.place for one in origins if one.source == "environment"})
    if not variables:
        return ""
    return f"Note that {' and '.join(variables)} of this environment overrule what was kept."
