"""The process that holds a model: `python -m workers_ai_local.child`, started by `start_local`.

Its standard input brings one line of settings and then stays open: when it closes, whoever started
this process is gone, and so is this process. Its standard output carries one announcement.
"""

import asyncio
import os
import threading
from pathlib import Path
from typing import BinaryIO, cast

from workers_ai_local.app import create_app
from workers_ai_local.cloudflare_models import cloudflare_model
from workers_ai_local.engine import ServedModel, Shape
from workers_ai_local.handover import Announcement, Settings
from workers_ai_local.llama import load_engine
from workers_ai_local.serving import base_url, listen, serve_until_idle
from workers_ai_ls.errors import Failure

_STDIN, _STDOUT, _STDERR = 0, 1, 2


def main() -> int:
    """Serve until idle. Returns the exit code: 0 after idle time, 1 when the model cannot run."""
    # What native code prints to standard output must not get between the announcement's bytes.
    with os.fdopen(os.dup(_STDOUT), "wb") as announcements:
        os.dup2(_STDERR, _STDOUT)
        settings = Settings.read(_first_line())
        threading.Thread(target=_leave_with_parent, daemon=True).start()
        try:
            _serve(settings, announcements)
        except Failure as failure:
            _announce(announcements, Announcement(error=str(failure)))
            return 1
    return 0


def _serve(settings: Settings, announcements: BinaryIO) -> None:
    served = tuple(_served(model, settings) for model in settings.models)
    shape = cast("Shape", settings.shape)
    engine = load_engine(Path(settings.path), served, settings.window, shape)
    listener = listen()  # From here on connections wait in the socket's queue: none is refused.
    _announce(announcements, Announcement(base_url=base_url(listener)))
    app = create_app(engine, token=settings.token)
    asyncio.run(serve_until_idle(app, listener, settings.idle_seconds))


def _served(model: str, settings: Settings) -> ServedModel:
    """An alias keeps its profile: the window of the model that it stands for."""
    window = min(settings.window, cloudflare_model(model).window or settings.window)
    return ServedModel(model, window, settings.description)


def _announce(announcements: BinaryIO, announcement: Announcement) -> None:
    announcements.write(announcement.line())
    announcements.flush()


def _first_line() -> bytes:
    """Read byte by byte: a buffered reader would be locked by the thread that waits for the end."""
    line = b""
    while not line.endswith(b"\n") and (byte := os.read(_STDIN, 1)):
        line += byte
    return line


def _leave_with_parent() -> None:
    while os.read(_STDIN, 1):
        pass
    os._exit(0)  # At once, whatever native code is doing: there is nothing here to save.


if __name__ == "__main__":
    raise SystemExit(main())
