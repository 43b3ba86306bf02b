"""A workspace of real code in several languages, from what is on this machine."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORKER = Path(__file__).parents[2] / "server" / "worker" / "node_modules"
_LONGEST = 200_000
"""Bytes. Longer files are tables and bundles."""

_FEWEST = 10


def collect(root: Path, lines: int) -> None:
    """Copy so many lines of code into a new folder: half of them Python, if there is other code.

    Files are taken evenly from all over a place, so that no library outweighs the rest.
    """
    places = [(name, files) for name, files in _places() if len(files) >= _FEWEST]
    share = lines // 2 // max(1, len(places) - 1)
    for name, files in places:
        wanted = lines // 2 if name == "python" else share
        _copy(root / name, files, wanted if len(places) > 1 else lines)


def _copy(folder: Path, files: list[Path], lines: int) -> None:
    # A stride of the golden ratio meets every file once, and every part of the list early.
    stride = max(1, int(len(files) * 0.618))
    while any(
        len(files) % divisor == 0 and stride % divisor == 0 for divisor in range(2, stride + 1)
    ):
        stride += 1
    for turn in range(len(files)):
        path = files[turn * stride % len(files)]
        try:
            content = path.read_bytes()
        except OSError:
            continue
        if not content or len(content) > _LONGEST:
            continue
        target = folder / f"{turn // 50:03}" / f"{turn:05}_{path.name}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        lines -= content.count(b"\n")
        if lines <= 0:
            return


def _places() -> Iterator[tuple[str, list[Path]]]:
    yield "python", _files(Path(sysconfig.get_path("purelib")), ".py")
    if go := shutil.which("go"):
        yield "go", _files(Path(go).resolve().parents[1] / "src", ".go")
    with suppress(OSError, subprocess.SubprocessError):
        command = ["rustc", "--print", "sysroot"]
        told = subprocess.run(command, capture_output=True, check=True, text=True, timeout=30)
        yield "rust", _files(Path(told.stdout.strip()) / "lib" / "rustlib" / "src", ".rs")
    yield "typescript", _files(_WORKER, ".ts", ".mts", ".tsx", ".js", ".mjs")
    yield (
        "c",
        _files(Path(sysconfig.get_path("include")), ".h") + _files(Path("/usr/include"), ".h"),
    )


def _files(folder: Path, *endings: str) -> list[Path]:
    if not folder.is_dir():
        return []
    found = (path for path in folder.rglob("*") if path.suffix in endings)
    return sorted(path for path in found if path.is_file() and not path.is_symlink())
