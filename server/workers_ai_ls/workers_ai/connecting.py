"""How connections are opened: one ahead when asked to, and none left behind by a cancelled request.

httpx has no way to open a connection without a request. TCP and TLS to a far host cost two or three
round trips (some 100 ms), about as long as a job needs for its context, so both can go on at once.
And httpcore 1.0 forgets a connection whose request is cancelled while it is being opened: nobody
closes its socket. So this stands where httpcore asks for new connections.
"""

import asyncio
import ssl
from collections.abc import Iterable
from typing import Any, TypeAlias

import attrs
import httpcore

_Opening: TypeAlias = asyncio.Task[httpcore.AsyncNetworkStream]


@attrs.frozen
class Target:
    """Where requests connect to: the endpoint, or the proxy in front of it (then without `tls`)."""

    host: str
    port: int
    tls: ssl.SSLContext | None


class Connector(httpcore.AsyncNetworkBackend):
    """A network backend that keeps at most one spare connection, for at most `lifetime` seconds.

    A spare that failed is forgotten: the request then connects anew and has its own error.
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
        self._spare: _Opening | None = None
        self._closing: set[asyncio.Task[None]] = set()

    def open_ahead(self) -> None:
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
        """Return the spare connection, or open one; TLS is part of it."""
        if (host, port) != (self._target.host, self._target.port):
            return await self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        if self._spare is not None:
            spare, self._spare = self._spare, None
            try:
                return await self._taken(spare)
            except (httpcore.NetworkError, httpcore.TimeoutException):
                pass  # The connection below fails the same way, or does not.
        return await self._taken(asyncio.create_task(self._open()))

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore does between its own attempts to connect (we ask for none)."""
        await self._inner.sleep(seconds)

    async def aclose(self) -> None:
        """Close the spare connection, and wait until all that is to be closed is."""
        if self._spare is not None:
            spare, self._spare = self._spare, None
            self._discard(spare)
        if self._closing:
            await asyncio.wait(self._closing)

    async def _taken(self, opening: _Opening) -> httpcore.AsyncNetworkStream:
        try:
            await asyncio.wait([opening])
        except asyncio.CancelledError:
            self._discard(opening)
            raise
        return opening.result()

    async def _open(self) -> httpcore.AsyncNetworkStream:
        target = self._target
        plain = await self._inner.connect_tcp(target.host, target.port, self._timeout)
        if target.tls is None:
            return _Opened(plain)
        return _Opened(plain, await _encrypted(plain, target.tls, target.host, self._timeout))

    def _opened(self, spare: _Opening) -> None:
        if spare.cancelled() or spare.exception() is not None:
            if self._spare is spare:
                self._spare = None
        else:
            asyncio.get_running_loop().call_later(self._lifetime, self._expire, spare)

    def _expire(self, spare: _Opening) -> None:
        if self._spare is spare:
            self._spare = None
            self._discard(spare)

    def _discard(self, opening: _Opening) -> None:
        """Close a connection that nobody takes, whether it is open yet or not."""
        closing = asyncio.create_task(_closed(opening))
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)


async def _closed(opening: _Opening) -> None:
    opening.cancel()  # No effect on one that is open.
    await asyncio.wait([opening])
    if not opening.cancelled() and opening.exception() is None:
        await opening.result().aclose()


async def _encrypted(
    plain: httpcore.AsyncNetworkStream,
    context: ssl.SSLContext,
    host: str | None,
    timeout: float | None,  # noqa: ASYNC109 - handed on to httpcore
) -> httpcore.AsyncNetworkStream:
    """Shake hands, and close the connection where that is cancelled, as httpcore does not."""
    try:
        return await plain.start_tls(context, host, timeout)
    except BaseException:
        await plain.aclose()
        raise


class _Opened(httpcore.AsyncNetworkStream):
    """An open connection, whose TLS handshake may be over before httpcore asks for it."""

    def __init__(
        self,
        plain: httpcore.AsyncNetworkStream,
        encrypted: httpcore.AsyncNetworkStream | None = None,
    ) -> None:
        self._plain = plain
        self._encrypted = encrypted

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        if self._encrypted is None:
            return await _encrypted(self._plain, ssl_context, server_hostname, timeout)
        return self._encrypted

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's signature
        return await self._plain.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's signature
        await self._plain.write(buffer, timeout)

    async def aclose(self) -> None:
        await (self._encrypted or self._plain).aclose()

    def get_extra_info(self, info: str) -> Any:
        return self._plain.get_extra_info(info)
