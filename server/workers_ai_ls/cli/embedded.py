"""Runs the embedded model for a command, downloading it first if a person has asked for it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from rich.progress import BarColumn, DownloadColumn, TextColumn, TransferSpeedColumn
from rich.progress import Progress as Bar

from workers_ai_ls.errors import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from workers_ai_local.download import Progress
    from workers_ai_local.local_endpoint import LocalEndpoint
    from workers_ai_local.model_file import ModelFile


def variables(endpoint: LocalEndpoint) -> dict[str, str]:
    """The environment in which our server, or any client of Workers AI, uses the endpoint."""
    return {
        "WORKERS_AI_BASE_URL": endpoint.base_url,
        "CLOUDFLARE_ACCOUNT_ID": endpoint.account_id,
        "CLOUDFLARE_API_TOKEN": endpoint.token,
        "WORKERS_AI_MODEL": endpoint.model,
    }


@contextlib.contextmanager
def environment(console: Console, *, wanted: bool) -> Iterator[dict[str, str]]:
    """The variables of an embedded model for as long as the block runs; none unless `wanted`."""
    if not wanted:
        yield {}
        return
    from workers_ai_local.local_endpoint import start_local

    with start_local(model_file(console)) as endpoint:
        yield variables(endpoint)


def model_file(console: Console, title: str = "") -> ModelFile:
    """The embedded model's file; a download is announced and shown while it runs."""
    from workers_ai_local.catalogue import MODELS, SMALL
    from workers_ai_local.download import obtain_model_file

    model = next((each for each in MODELS if title and title in each.id), None if title else SMALL)
    if model is None:
        known = ", ".join(each.id for each in MODELS)
        raise Failure(f"{title} is no local model; choose one of {known}.")
    bar = Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=console,
    )
    tasks: dict[str, int] = {}

    def show(progress: Progress) -> None:
        if progress.whence not in tasks:
            size = progress.model.size / 1e6
            console.print(
                f"Downloading {progress.model.title} ({size:.0f} MB) from {progress.whence} "
                f"to {progress.folder}",
                highlight=False,
            )
            tasks[progress.whence] = bar.add_task("model", total=progress.model.size)
        bar.update(tasks[progress.whence], completed=progress.received)  # type: ignore[arg-type]

    with bar:
        return obtain_model_file(model, show)
