"""`workers-ai-ls logout`: forgets the credentials of an endpoint."""

from __future__ import annotations

import contextlib
from typing import Annotated

import typer


def logout(
    url: Annotated[
        str,
        typer.Argument(help="The endpoint; the one in your settings file when left out."),
    ] = "",
) -> None:
    """Forget the credentials of an endpoint: in the system's keyring and in your settings file.

    Address and account stay, so that `workers-ai-ls login` can be repeated.
    """
    from workers_ai_ls.errors import Failure
    from workers_ai_ls.settings import (
        MissingAddress,
        NoKeyring,
        change_user_file,
        forget,
        keyring_origin,
        read_options,
        resolve,
        user_file_path,
    )

    own = resolve(read_options(environment={})).settings
    in_file = keyring_origin(own.address) if own.address else ""
    try:
        origin = keyring_origin(url) if url else in_file
    except ValueError:
        raise Failure(f"{url} is not an http(s) address: correct it.") from None
    if not origin:
        raise MissingAddress
    names = ("apiToken", "headers") if origin == in_file else ()
    # Written in any case: servers that run ask the keyring again when the file has changed.
    held = change_user_file(user_file_path(), dict.fromkeys(names))
    with contextlib.suppress(NoKeyring):
        held = forget(origin) or held
    typer.echo(
        f"Signed out: no credentials for {origin} are kept any more."
        if held
        else f"There was nothing to forget: no credentials for {origin} were kept.",
        err=True,
    )
    variables = sorted(
        origin.place
        for name, origin in resolve(read_options()).origins.items()
        if name in ("apiToken", "headers") and origin.source == "environment"
    )
    if variables:
        typer.echo(f"{' and '.join(variables)} of this environment are still in force.", err=True)
