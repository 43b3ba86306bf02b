"""`workers-ai-ls doctor`: each setting with its origin, and whether the endpoint answers."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated

import attrs
import typer
from rich.console import Console
from rich.table import Table

from workers_ai_ls import __version__
from workers_ai_ls.errors import Failure
from workers_ai_ls.settings import Resolved, credentials, overview, read_options, resolve
from workers_ai_ls.workers_ai import DEFAULT_MODEL, Endpoint, Timeouts, model, open_client


@attrs.frozen
class Check:
    """One thing that was looked at: what it is, whether it is right, what to know or do."""

    name: str
    passed: bool
    sentence: str


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Show every setting and where it came from, and check account, token, model and endpoint."""
    resolved = resolve(read_options(workspace_root=Path.cwd()))
    checks = asyncio.run(examine(resolved))
    if as_json:
        typer.echo(json.dumps(_data(resolved, checks), indent=2))
    else:
        _print(resolved, checks)
    raise typer.Exit(0 if all(check.passed for check in checks) else 1)


async def examine(resolved: Resolved) -> list[Check]:
    """Check settings, credentials, model, and endpoint; what depends on a failed one is left out."""
    checks = [Check("settings", passed=False, sentence=each) for each in resolved.problems]
    checks += [_model(resolved)]
    settings = resolved.settings
    try:
        known = credentials(resolved)
    except Failure as failure:
        return [*checks, Check("credentials", passed=False, sentence=str(failure))]
    checks.append(Check("credentials", passed=True, sentence=f"account {known.account_id}"))
    endpoint = Endpoint(account_id=known.account_id, token=known.token, base_url=settings.base_url)
    timeouts = Timeouts(connect=settings.timeouts.connect)
    try:
        async with open_client(endpoint, timeouts) as client:
            names = await client.check()
    except Failure as failure:
        return [*checks, Check("endpoint", passed=False, sentence=str(failure))]
    found = f"{endpoint.host} answers, and takes the account and the token"
    return [*checks, Check("endpoint", passed=True, sentence=f"{found} ({len(names)} models)")]


def _model(resolved: Resolved) -> Check:
    chosen = model(resolved.settings.model or DEFAULT_MODEL)
    if chosen.status == "withdrawn":
        sentence = (
            f"{chosen.id} was withdrawn on {chosen.withdrawn_on}; set workersAI.model to "
            f"{chosen.successor}."
        )
        return Check("model", passed=False, sentence=sentence)
    known = "not in our catalogue, so cautious limits hold; " if chosen.status == "unknown" else ""
    window = f"{chosen.context_window:,} tokens of context"
    return Check("model", passed=True, sentence=f"{chosen.id}: {known}{window}")


def _print(resolved: Resolved, checks: list[Check]) -> None:
    console = Console()
    console.print(f"workers-ai-ls {__version__}", highlight=False)
    table = Table(box=None, pad_edge=False)
    for title in ("setting", "value", "from"):
        table.add_column(title, overflow="fold")
    for row in overview(resolved):
        table.add_row(*row)
    console.print(table)
    console.print()
    for check in checks:
        mark = "[green]ok[/]  " if check.passed else "[red]fix[/] "
        console.print(mark, end="")
        console.print(f"{check.name}: {check.sentence}", markup=False, highlight=False)


def _data(resolved: Resolved, checks: list[Check]) -> dict[str, object]:
    return {
        "version": __version__,
        "settings": [row._asdict() for row in overview(resolved)],
        "checks": [attrs.asdict(check) for check in checks],
    }
