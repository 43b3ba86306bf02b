"""Starts the server for one editor."""

from __future__ import annotations

import logging
import os
import sys


def main() -> None:
    """Serve on standard input and output until the editor says `exit`.

    Logs go to standard error: `WORKERS_AI_LOG` sets the level (WARNING).
    """
    if sys.stdin.isatty():
        sys.exit(
            "workers-ai-ls is started by an editor, which speaks LSP to it. Try `workers-ai-ls "
            "demo`, or see `workers-ai-ls --help`."
        )
    level = os.environ.get("WORKERS_AI_LOG", "WARNING").upper()
    known = logging.getLevelNamesMapping()
    logging.basicConfig(level=known.get(level, logging.WARNING), stream=sys.stderr)
    # pygls logs the text of every message at INFO: the user's code has no place in a log.
    logging.getLogger("pygls").setLevel(max(logging.WARNING, known.get(level, 0)))

    from .server import create_server
    from .stdio import serve

    serve(create_server())
