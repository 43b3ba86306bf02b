"""Starts the server for one editor."""

from __future__ import annotations

import logging
import os
import sys

_WRONG_USAGE = 2
_INTERRUPTED = 130
"""Exit codes, as the command line has them."""


def main() -> None:
    """Serve on standard input and output until the editor says `exit`.

    Logs go to standard error: `WORKERS_AI_LOG` sets the level (WARNING).
    """
    if sys.stdin is None or sys.stdin.isatty():
        sys.stderr.write(
            "workers-ai-ls is started by an editor, which speaks LSP to it: try `workers-ai-ls "
            "demo`, or see `workers-ai-ls --help`.\n"
        )
        sys.exit(_WRONG_USAGE)
    try:
        _serve()
    except KeyboardInterrupt:
        # An editor that shares its terminal with us is being interrupted; that is no error here.
        sys.exit(_INTERRUPTED)


def _serve() -> None:
    level = os.environ.get("WORKERS_AI_LOG", "WARNING").upper()
    known = logging.getLevelNamesMapping()
    logging.basicConfig(level=known.get(level, logging.WARNING), stream=sys.stderr)
    # pygls logs the text of every message at INFO: the user's code has no place in a log.
    logging.getLogger("pygls").setLevel(max(logging.WARNING, known.get(level, 0)))

    from .quick_start import collect_seldom, import_protocol, leave_alone

    collect_seldom()
    import_protocol()
    from .server import create_server
    from .stdio import serve

    server = create_server()
    leave_alone()
    serve(server)
