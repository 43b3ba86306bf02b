"""The files that show explanations: one per explained symbol, in the user's cache."""

import hashlib
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

import platformdirs

from workers_ai_ls.workspace.failures import CannotWrite

# Older ones are removed.
KEPT = 100
_LONGEST_NAME = 60


def answers_dir() -> Path:
    """Give the folder of the answers in the user's cache; it need not exist yet."""
    cache = platformdirs.user_cache_path("workers-ai-language-server", appauthor=False)
    return cache / "answers"


def answer_file(cache_dir: Path, title: str, uri: str) -> Path:
    """Give the file for the answer about `title` (a symbol, say) in the document `uri`.

    The same symbol of the same document always gets the same file, so that asking again replaces
    the answer that the user sees.
    """
    name = re.sub(r"\W+", "-", title).strip("-_")[:_LONGEST_NAME] or "answer"
    # A file name is limited in bytes: 60 letters may have 240 of them.
    name = name.encode()[: 3 * _LONGEST_NAME].decode(errors="ignore")
    digest = hashlib.sha256(f"{uri}\0{title}".encode(errors="replace")).hexdigest()
    return cache_dir / f"{name}-{digest[:8]}.md"


def write_answer(path: Path, markdown: str) -> None:
    """Put the answer where `answer_file` says: readable by the user alone, and never by halves.

    Raises CannotWrite.
    """
    folder = path.parent
    temporary = None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # A folder that was there before, or a umask, may say otherwise.
        folder.chmod(0o700)
        descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=".", suffix=".tmp")
        with os.fdopen(descriptor, "wb") as file:
            file.write(markdown.encode(errors="replace"))
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink()
        raise CannotWrite(path, error) from error
    _prune(folder, path)


def _prune(folder: Path, newest: Path) -> None:
    """Remove the oldest answers. What can't be removed stays: the answer itself is written."""
    with suppress(OSError):
        dated = sorted(
            ((file.stat().st_mtime_ns, file) for file in folder.glob("*.md") if file != newest),
            reverse=True,
        )
        for _, file in dated[KEPT - 1 :]:
            with suppress(OSError):
                file.unlink()
