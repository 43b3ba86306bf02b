"""Getting a model's file onto this machine: announced, resumable, atomic, verified."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from workers_ai_local.catalogue import MODELS, LocalModel
from workers_ai_local.file_lock import locked
from workers_ai_local.mirror import MIRROR
from workers_ai_local.model_file import (
    VARIABLE,
    DamagedModelFile,
    ModelFile,
    cached_path,
    find_model_file,
    verified,
)
from workers_ai_local.official import OFFICIAL
from workers_ai_local.sources import Source, SourceUnavailable
from workers_ai_ls.errors import Failure

SOURCES = (OFFICIAL, MIRROR)


@attrs.frozen
class Progress:
    """What is being downloaded, how large it is, whence, and how far it has come.

    The first one of each source comes before anything is fetched there, with `received` 0.
    """

    model: LocalModel
    whence: str
    received: int
    """Bytes of `model.size`, earlier tries included."""
    folder: Path


def obtain_model_file(
    model: LocalModel,
    progress: Callable[[Progress], None],
    *,
    environ: Mapping[str, str] = os.environ,
    cache: Path | None = None,
    known: Sequence[LocalModel] = MODELS,
    sources: Sequence[Source] = SOURCES,
) -> ModelFile:
    """Return the verified file of `model`, downloading it when it is nowhere on this machine.

    The only function that downloads a model: call it where a person asked for one and reads
    `progress`. It blocks; an exception that `progress` raises ends it, and the next call goes on
    from there. Raises `Failure` when every source fails, when the disk is too full, or when
    `WORKERS_AI_LOCAL_MODEL` names a wrong file.
    """
    target = cached_path(model, cache)
    target.parent.mkdir(parents=True, exist_ok=True)
    with locked(target.with_name(f"{target.name}.lock")):
        try:
            found = find_model_file(model, environ=environ, cache=cache, known=known)
        except DamagedModelFile:
            found = None  # It is removed by now, and the download that follows is announced.
        return found or ModelFile(model, _download(model, target, progress, sources))


def _download(
    model: LocalModel,
    target: Path,
    progress: Callable[[Progress], None],
    sources: Sequence[Source],
) -> Path:
    reasons: list[str] = []
    folder = target.parent
    for source in sources:
        whence = source.whence(model)
        try:
            _require_room(model, source, folder)
            fetched = verified(_fetch(model, source, folder, progress), model).replace(target)
            for left in [path for each in sources for path in _kept(model, each, folder)]:
                left.unlink()
        except SourceUnavailable as error:
            reasons.append(f"{whence}: {error}")
        except DamagedModelFile:
            reasons.append(f"{whence}: what it sent has another SHA-256 and was removed")
        except OSError as error:
            raise Failure(
                f"{model.title} could not be written to {folder} ({error.strerror}): free some space "
                f"or permit writing there, or set {VARIABLE} to the file's path"
            ) from error
        else:
            return fetched
    raise Failure(
        f"{model.title} could not be downloaded ({'; '.join(reasons)}): try again with a network, "
        f"set {VARIABLE} to the path of {model.file_name}, or run a model with Ollama instead"
    )


def _fetch(
    model: LocalModel, source: Source, folder: Path, progress: Callable[[Progress], None]
) -> Path:
    announced = Progress(model, source.whence(model), 0, folder)
    progress(announced)
    return source.fetch(
        model,
        folder,
        lambda received: progress(attrs.evolve(announced, received=min(received, model.size))),
    )


def _require_room(model: LocalModel, source: Source, folder: Path) -> None:
    kept = sum(path.stat().st_size for path in _kept(model, source, folder))
    needed = source.room * model.size - kept
    if shutil.disk_usage(folder).free < needed:
        raise Failure(
            f"{model.title} needs {needed // 10**6} MB in {folder}, which has less: free some space, "
            f"or set {VARIABLE} to a file elsewhere"
        )


def _kept(model: LocalModel, source: Source, folder: Path) -> Iterator[Path]:
    """What earlier tries at `source` left for the next one."""
    for suffix in source.kept:
        yield from folder.glob(model.file_name + suffix)
