"""What the places that a model's file comes from have in common."""

from collections.abc import Callable
from pathlib import Path

import attrs

from workers_ai_local.catalogue import LocalModel

Report = Callable[[int], None]
"""Takes the bytes of the model that are here so far, those of earlier tries included."""


class SourceUnavailable(Exception):  # noqa: N818 - a place that has nothing now, not a bug
    """A source could not give the file. `str()` says why in a few words."""


@attrs.frozen
class Source:
    """One place, with what a person is told of it before anything is fetched."""

    whence: Callable[[LocalModel], str]
    room: int
    """How many times the model's size must be free on disk."""
    kept: tuple[str, ...]
    """What an unfinished `fetch` leaves, as patterns that follow the model's file name."""
    fetch: Callable[[LocalModel, Path, Report], Path]
    """Fetch into a folder; return the whole file, which nobody has verified yet.

    What it leaves in the folder lets the next call go on. Raises `SourceUnavailable`.
    """
