"""A folder that looks like the user's, with some texts changed: a place to try an answer out.

The user's own files are never written to try something. A test beside the others would be the
simpler way, but Go, Rust and Java take no second file with the same names in it, watchers would see
it come and go, and a killed server would leave it there. So the trial is a folder of the user's
cache that holds links to all that the real one holds; only the folders on the way to a changed
file, and that file, are its own. The code that is tried thus reads the rest of the workspace as it
is, with what is installed there, and texts that the editor has not saved can take part.
"""

import asyncio
import contextlib
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Collection, Mapping
from pathlib import Path
from typing import Final

import attrs
import platformdirs

from workers_ai_ls.workspace.failures import CannotWrite

_BUILT: Final = {
    "pom.xml": ("target",),
    "build.gradle": ("build", ".gradle"),
    "build.gradle.kts": ("build", ".gradle"),
}
"""By a file beside them: folders where a class that was compiled for a trial would be run again."""


@attrs.frozen
class Trial:
    """`top` is the trial's folder for the real `origin`."""

    top: Path
    origin: Path

    def at(self, path: Path) -> Path:
        """Where a path below the real folder is in the trial."""
        return self.top / path.relative_to(self.origin)

    def plain(self, output: str) -> str:
        """What a program has said in the trial, with paths as they are from the real folder."""
        for shown in (os.path.realpath(self.top), str(self.top)):
            output = output.replace(f"{shown}{os.sep}", "").replace(shown, ".")
        return output


def trials_dir() -> Path:
    """Give the folder of the trials in the user's cache; it need not exist yet."""
    cache = platformdirs.user_cache_path("workers-ai-language-server", appauthor=False)
    return cache / "trials"


@contextlib.asynccontextmanager
async def trial(
    origin: Path, texts: Mapping[Path, str], folders: Collection[Path] = (), *, home: Path
) -> AsyncIterator[Trial]:
    """Make a trial of the folder `origin` in `home`, and remove it at the end.

    `texts` are those of files below `origin`, which may be new; `folders` (below it too) are those
    that programs run in, so that what they leave goes with the trial. Raises CannotWrite.
    """
    made = Trial(await asyncio.to_thread(_begun, home), origin)
    filling = asyncio.ensure_future(asyncio.to_thread(_fill, made, texts, folders))
    try:
        await asyncio.shield(filling)
        yield made
    finally:
        # A thread cannot be cancelled, and what it makes later would stay.
        while not filling.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait({filling})
        # Links are removed, not followed.
        shutil.rmtree(made.top, ignore_errors=True)


def _begun(home: Path) -> Path:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(home)
        return Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=home))
    except OSError as error:
        raise CannotWrite(home, error) from error


def _sweep(home: Path) -> None:
    """Remove what servers that were killed have left."""
    for left in home.iterdir():
        pid = left.name.partition("-")[0]
        if not (pid.isdecimal() and _is_running(int(pid))):
            shutil.rmtree(left, ignore_errors=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _fill(made: Trial, texts: Mapping[Path, str], folders: Collection[Path]) -> None:
    own = {made.origin, *folders, *(path.parent for path in texts)}
    for folder in [*own]:
        own.update(each for each in folder.parents if each.is_relative_to(made.origin))
    try:
        for folder in sorted(own, key=lambda each: len(each.parts)):
            made.at(folder).mkdir(mode=0o700, exist_ok=True)
            _link(folder, made.at(folder), {*own, *texts})
        for path, text in texts.items():
            made.at(path).write_bytes(text.encode("utf-8", "replace"))
    except OSError as error:
        raise CannotWrite(made.top, error) from error


def _link(folder: Path, there: Path, own: Collection[Path]) -> None:
    """Link to all in a folder but what the trial has itself."""
    if not folder.is_dir():
        return
    names = os.listdir(folder)  # noqa: PTH208 - bare names are all that is wanted, and many of them
    built = {name for marker, some in _BUILT.items() if marker in names for name in some}
    for name in names:
        if name not in built and folder / name not in own:
            (there / name).symlink_to(folder / name)
