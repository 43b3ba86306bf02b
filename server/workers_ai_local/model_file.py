"""Where a model's file is on this machine, and whether it really is that model.

Every answer re-reads the whole file (0.5 GB: a third of a second with SHA instructions, a second
or two without), next to 2 s for loading it: a remembered verdict would save that and could be
wrong.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs
import platformdirs

from workers_ai_local.catalogue import MODELS, SMALL, LocalModel
from workers_ai_ls.errors import Failure

VARIABLE = "WORKERS_AI_LOCAL_MODEL"


@attrs.frozen
class ModelFile:
    """A file whose checksum says that it is `model`."""

    model: LocalModel
    path: Path


class DamagedModelFile(Failure):
    """A cached or downloaded file was not the model; it has been removed."""


def find_model_file(
    model: LocalModel = SMALL,
    *,
    environ: Mapping[str, str] = os.environ,
    cache: Path | None = None,
    known: Sequence[LocalModel] = MODELS,
) -> ModelFile | None:
    """Return the verified file of `model`, or `None` when there is none. Never downloads.

    A path in `WORKERS_AI_LOCAL_MODEL` comes first and may hold any model of `known`. If it holds
    something else it is refused, but stays: the user put it there, so it is theirs to remove.
    A cached file that is not the model is refused and removed.
    """
    if named := environ.get(VARIABLE):
        return _named_file(Path(named).expanduser(), known)
    path = cached_path(model, cache)
    return ModelFile(model, verified(path, model)) if path.exists() else None


def require_model_file(
    model: LocalModel = SMALL,
    *,
    environ: Mapping[str, str] = os.environ,
    cache: Path | None = None,
    known: Sequence[LocalModel] = MODELS,
) -> ModelFile:
    """Return the verified file of `model`, or raise a `Failure` that says how to get it."""
    found = find_model_file(model, environ=environ, cache=cache, known=known)
    if found is None:
        raise Failure(
            f"The local model is not on this machine yet: run 'workers-ai-ls demo' once to download "
            f"it ({model.size // 10**6} MB), or set {VARIABLE} to its path"
        )
    return found


def cached_path(model: LocalModel, cache: Path | None = None) -> Path:
    """Where the downloaded file of `model` is kept. `cache` replaces the user's cache folder."""
    folder = cache or _user_cache() / "models"
    return folder / model.file_name


def verified(path: Path, model: LocalModel) -> Path:
    """Return `path` when it holds `model`; otherwise remove it and raise `DamagedModelFile`."""
    if not holds(path, model):
        path.unlink()
        raise DamagedModelFile(
            f"The file {path.name} was not {model.title} (its SHA-256 differs) and has been removed: "
            f"run 'workers-ai-ls demo' to download it again, or set {VARIABLE} to the right file"
        )
    return path


def holds(path: Path, model: LocalModel) -> bool:
    """Tell whether the file at `path` has the size and the SHA-256 of `model`."""
    if path.stat().st_size != model.size:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == model.sha256


def _named_file(path: Path, known: Sequence[LocalModel]) -> ModelFile:
    if not path.is_file():
        raise Failure(f"{VARIABLE} names {path}, which is no file: correct it, or unset it")
    try:
        found = next((model for model in known if holds(path, model)), None)
    except OSError as error:
        raise Failure(
            f"{VARIABLE} names {path}, which cannot be read: correct it, or unset it"
        ) from error
    if found is None:
        names = " or ".join(model.file_name for model in known)
        raise Failure(
            f"{VARIABLE} names {path}, whose SHA-256 is not that of {names}: name one of these "
            f"files as its publisher made it, or unset the variable"
        )
    return ModelFile(found, path)


def _user_cache() -> Path:
    return platformdirs.user_cache_path("workers-ai-language-server", appauthor=False)
