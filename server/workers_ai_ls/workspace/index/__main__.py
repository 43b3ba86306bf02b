"""`python -m workers_ai_ls.workspace.index ROOT [FILE]`: build the index of a workspace.

The server starts it, reads its progress as lines of JSON, and ends it by closing its input.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import attrs

from workers_ai_ls.errors import Failure
from workers_ai_ls.workspace.index.building import Progress, build
from workers_ai_ls.workspace.index.opening import index_path

_PERIOD = 0.1
"""Seconds between two reports."""


def main(arguments: list[str]) -> int:
    """Build; returns the exit status: 2 without a folder, 1 for a failure, which is told."""
    if not arguments or not Path(arguments[0]).is_dir():
        sys.stderr.write("Name the folder whose index is to be built.\n")
        return 2
    _lower_priority()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    root = Path(arguments[0])
    path = Path(arguments[1]) if arguments[1:] else index_path(root)
    try:
        build(root, path, _reporting())
    except Failure as failure:
        _say({"state": "failed", "sentence": str(failure)})
        return 1
    return 0


def _reporting() -> Callable[[Progress], None]:
    """Tell of a build, but of its course no more than ten times a second."""
    last = 0.0

    def report(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if progress.state != "building" or not progress.done or now - last >= _PERIOD:
            last = now
            _say(attrs.asdict(progress))

    return report


def _say(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _lower_priority() -> None:
    # On Windows the server says so when it starts this process.
    if hasattr(os, "nice"):
        os.nice(10)


def _end_with_parent() -> None:
    """End at once when the input does, as it does when the parent ends in whatever way."""
    # Not through a buffer: its lock would be held when the interpreter ends.
    while os.read(0, 1024):
        pass
    # Each batch is written as a whole or not at all, so there is nothing to tidy up.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
