"""`workers-ai-ls doctor`: each setting with its origin, and whether everything is in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .ending import DONE, FAILED

if TYPE_CHECKING:
    from workers_ai_ls.settings import Resolved

    from .check import Check


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Show every setting and where it came from, and check that everything is in place.

    Account, token, model and endpoint are checked by a request that costs nothing; a Worker and an
    AI Gateway are asked for one token. Exit code 1 says that something must be fixed. No token is
    ever shown. Of each editor it is
    told with what its last server started.
    """
    import asyncio
    from pathlib import Path

    from workers_ai_ls.settings import read_options, resolve

    from .checks import examine
    from .editor_checks import editor_checks
    from .keyring_check import completed

    given = resolve(read_options(workspace_root=Path.cwd()))
    resolved, keyring = completed(given)
    checks = [*keyring, *asyncio.run(examine(resolved)), *editor_checks()]
    if as_json:
        _print_json(resolved, checks)
    else:
        _print(resolved, checks)
    raise typer.Exit(FAILED if any(check.status == "fix" for check in checks) else DONE)


def _print(resolved: Resolved, checks: list[Check]) -> None:
    from rich.text import Text

    from workers_ai_ls import __version__
    from workers_ai_ls.settings import overview

    from .tables import console, table

    out = console()
    out.print(f"workers-ai-ls {__version__}\n")
    out.print(table(("setting", "value", "from"), overview(resolved)))
    out.print()
    for check in checks:
        style = {"ok": "green", "note": "yellow", "fix": "bold red"}[check.status]
        line = Text.assemble((f"{check.status:<5}", style), f"{check.name}: {check.sentence}")
        out.print(line, soft_wrap=True)


def _print_json(resolved: Resolved, checks: list[Check]) -> None:
    import json

    import attrs

    from workers_ai_ls import __version__
    from workers_ai_ls.settings import overview

    data = {
        "version": __version__,
        "settings": [row._asdict() for row in overview(resolved)],
        "checks": [attrs.asdict(check) for check in checks],
        "ok": all(check.status != "fix" for check in checks),
    }
    typer.echo(json.dumps(data, indent=2))
