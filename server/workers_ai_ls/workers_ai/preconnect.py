"""A connection opened ahead, so that a job's request finds it while it still builds its prompt.

TCP and TLS to a far host cost two or three round trips (some 100 ms), about as long as a job needs
for its context. httpx has no way to open a connection without a request, so this stands where
httpcore asks for new connections, and hands out the one that it has ready.
"""

import asyncio
import ssl
from collections.abc import Iterable
from typing import Any

import attrs
import httpcore


@attrs.frozen
class Target:
    """Where to connect: the endpoint, or the proxy in front of it (then without `tls`)."""

    host: str
    port: int
    tls: ssl.SSLContext | None


class Preconnect(httpcore.AsyncNetworkBackend):
    """A network backend that keeps at most one spare connection, for at most `lifetime` seconds.

    A spare that failed is forgotten: the request then connects by itself and has its own error.
    """

    def __init__(
        self,
        inner: httpcore.AsyncNetworkBackend,
        target: Target,
        *,
        timeout: float,
        lifetime: float = 10.0,
    ) -> None:
        self._inner = inner
        self._target = target
        self._timeout = timeout
        self._lifetime = lifetime
        self._spare: asyncio.Task[httpcore.AsyncNetworkStream] | None = None
        self._closing: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin to open the spare connection; nothing happens when there already is one."""
        if self._spare is None:
            self._spare = spare = asyncio.create_task(self._open())
            spare.add_done_callback(self._opened)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Return the spare connection if it leads there, or open one."""
        if self._spare is not None and (host, port) == (self._target.host, self._target.port):
            spare, self._spare = self._spare, None
            try:
                return await spare
            except asyncio.CancelledError:
                self._discard(spare)
                raise
            except (httpcore.NetworkError, httpcore.TimeoutException):
                pass  # The connection below fails the same way, or does not.
        return await self._inner.connect_tcp(host, port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore does between its own attempts to connect (we ask for none)."""
        await self._inner.sleep(seconds)

    async def aclose(self) -> None:
        """Close the spare connection, if it was never used."""
        if self._spare is not None:
            spare, self._spare = self._spare, None
            self._discard(spare)
            await asyncio.wait([spare])
        if self._closing:
            await asyncio.wait(self._closing)

    async def _open(self) -> httpcore.AsyncNetworkStream:
        target = self._target
        plain = await self._inner.connect_tcp(target.host, target.port, self._timeout)
        if target.tls is None:
            return plain
        encrypted = await plain.start_tls(target.tls, target.host, self._timeout)
        return _Encrypted(encrypted, target)

    def _opened(self, spare: asyncio.Task[httpcore.AsyncNetworkStream]) -> None:
        if spare.cancelled() or spare.exception() is not None:
            if self._spare is spare:
                self._spare = None
        else:
            asyncio.get_running_loop().call_later(self._lifetime, self._expire, spare)

    def _expire(self, spare: asyncio.Task[httpcore.AsyncNetworkStream]) -> None:
        if self._spare is spare:
            self._spare = None
            self._discard(spare)

    def _discard(self, spare: asyncio.Task[httpcore.AsyncNetworkStream]) -> None:
        """Close a spare that nobody took, whether it is open yet or not."""
        if spare.done() and not spare.cancelled() and spare.exception() is None:
            closing = asyncio.create_task(spare.result().aclose())
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)
        else:
            spare.cancel()


class _Encrypted(httpcore.AsyncNetworkStream):
    """A stream whose TLS handshake is over when httpcore asks for it."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, target: Target) -> None:
        self._stream = stream
        self._target = target

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109, ARG002 - httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        if ssl_context is not self._target.tls or server_hostname != self._target.host:
            await self._stream.aclose()
            raise httpcore.ConnectError("the connection was opened for another host")
        return self._stream

    async def aclose(self) -> None:
        await self._stream.aclose()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
