"""Running the application: a free port on loopback, idle time, a thread for tests."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

import attrs
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from workers_ai_local.app import BASE

_LOOK_EVERY = 0.05


@attrs.define
class IdleWatch:
    """An application that calls `idle` once nobody has asked it anything for `seconds`."""

    app: ASGIApp
    seconds: float
    idle: Callable[[], None]
    _running: int = attrs.field(default=0, init=False)
    _timer: asyncio.TimerHandle | None = attrs.field(default=None, init=False)

    def start(self) -> None:
        """Count from now, in the running event loop."""
        self._timer = asyncio.get_running_loop().call_later(self.seconds, self.idle)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; time counts again once the last one has ended."""
        if self._timer is not None:
            self._timer.cancel()
        self._running += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._running -= 1
            if not self._running:
                self.start()


def base_url(listener: socket.socket) -> str:
    """Return what takes the place of Cloudflare's base URL."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}{BASE}"


def listen() -> socket.socket:
    """Return a listening socket on a free port of loopback."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    return listener


def http_server(app: ASGIApp) -> uvicorn.Server:
    """Return a server for `app` that logs nothing: prompts and tokens are nobody's business."""
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="critical",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


async def serve_until_idle(app: ASGIApp, listener: socket.socket, idle_seconds: float) -> None:
    """Serve `app` on `listener` until nobody has asked anything for `idle_seconds`."""

    def stop() -> None:
        server.should_exit = True

    watch = IdleWatch(app, idle_seconds, stop)
    server = http_server(watch)
    watch.start()
    await server.serve(sockets=[listener])


@contextlib.contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """Serve `app` in a thread while the context is open; gives the base URL."""
    listener = listen()
    server = http_server(app)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        while not server.started:
            thread.join(_LOOK_EVERY)
        yield base_url(listener)
    finally:
        server.should_exit = True
        thread.join()
