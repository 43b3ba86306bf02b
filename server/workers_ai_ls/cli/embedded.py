"""The embedded model for a command: downloaded if a person asked for it, then served."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from workers_ai_ls.errors import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workers_ai_local.download import Progress
    from workers_ai_local.local_endpoint import LocalEndpoint
    from workers_ai_local.model_file import ModelFile

    from .session import View


def variables(endpoint: LocalEndpoint) -> dict[str, str]:
    """The environment in which our server, or any client of Workers AI, uses the endpoint."""
    return {
        "WORKERS_AI_BASE_URL": endpoint.base_url,
        "CLOUDFLARE_ACCOUNT_ID": endpoint.account_id,
        "CLOUDFLARE_API_TOKEN": endpoint.token,
        "WORKERS_AI_MODEL": endpoint.model,
    }


@contextlib.contextmanager
def embedded_model(view: View) -> Iterator[dict[str, str]]:
    """Serve the small model while the block runs; gives the variables that lead there."""
    from workers_ai_local.local_endpoint import start_local

    file = model_file(view)
    view.status("loading the model")
    with start_local(file) as endpoint:
        yield variables(endpoint)


def model_file(view: View, title: str = "") -> ModelFile:
    """The model's file. A download is announced, and shown while it runs."""
    from workers_ai_local.catalogue import MODELS, SMALL
    from workers_ai_local.download import obtain_model_file
    from workers_ai_local.extra import require_extra

    require_extra()
    named = [each for each in MODELS if title.casefold() in each.id.casefold()]
    if title and len(named) != 1:
        known = ", ".join(each.id for each in MODELS)
        raise Failure(f"{title} is no local model; choose one of {known}.")
    view.status("looking for the model")
    return obtain_model_file(named[0] if title else SMALL, _Announcer(view).show)


class _Announcer:
    """Tells of a download: what, how large, whence and whereto, then how far it is."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._announced = ""

    def show(self, progress: Progress) -> None:
        """Take note of a further piece."""
        size = progress.model.size
        if progress.whence != self._announced:
            self._announced = progress.whence
            self._view.say(
                f"Downloading {progress.model.title}, {size / 1e6:.0f} MB, from {progress.whence} "
                f"to {progress.folder}. Ctrl+C stops it; the next try goes on from there."
            )
        self._view.status(f"{progress.received / size:.0%} of {size / 1e6:.0f} MB")
