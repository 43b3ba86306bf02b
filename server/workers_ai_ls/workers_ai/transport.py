"""The connections that requests travel on: HTTP/1.1, kept alive, through a proxy if there is one.

HTTP/1.1 only, because httpcore never resets an HTTP/2 stream: a cancelled job would go on
receiving. On HTTP/1.1 a running job has a connection of its own, and cancelling closes it.
"""

import ssl
import urllib.request
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urlsplit

import httpcore
import httpx

from workers_ai_ls.workers_ai.connecting import Connector, Target
from workers_ai_ls.workers_ai.endpoint import Endpoint
from workers_ai_ls.workers_ai.errors import BadEndpoint
from workers_ai_ls.workers_ai.timeouts import Timeouts

# Longer than a person thinks between two actions; the pool notices when the server hung up first.
_KEEP_ALIVE_S = 60.0
_LIMITS = httpx.Limits(
    max_connections=None, max_keepalive_connections=4, keepalive_expiry=_KEEP_ALIVE_S
)


def new_transport(
    endpoint: Endpoint, timeouts: Timeouts
) -> tuple[httpx.AsyncHTTPTransport, Connector | None]:
    """Return the transport, and what opens a connection ahead on it.

    Raises `BadEndpoint` for a proxy of an unknown kind.
    """
    tls = _tls(endpoint)
    proxy = _proxy(endpoint)
    transport = httpx.AsyncHTTPTransport(
        verify=tls, http1=True, http2=False, limits=_LIMITS, proxy=proxy
    )
    parts = urlsplit(proxy or endpoint.base_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    through_tls = tls if proxy is None and parts.scheme == "https" else None
    target = Target(parts.hostname or "", port, through_tls)
    return transport, _replaced_backend(transport, target, timeouts.connect)


def new_http(transport: httpx.AsyncHTTPTransport, timeouts: Timeouts) -> httpx.AsyncClient:
    """Return the client: no redirect is followed, and no cookie is kept."""
    return httpx.AsyncClient(
        transport=transport,
        trust_env=False,  # The transport has taken from the environment what is wanted of it.
        follow_redirects=False,
        timeout=httpx.Timeout(None, connect=timeouts.connect),
        headers={
            "user-agent": "workers-ai-language-server",
            # A compressed stream is delayed by the compressor's buffer.
            "accept-encoding": "identity",
        },
        # The cookies of a session that has ended would stand beside fresh credentials.
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
    )


def has_idle_connection(transport: httpx.AsyncHTTPTransport) -> bool:
    """Whether the next request finds a connection that an earlier one left open."""
    pool = _pool(transport)
    return pool is not None and any(
        connection.is_idle() and not connection.has_expired() for connection in pool.connections
    )


async def close_abandoned(transport: httpx.AsyncHTTPTransport) -> None:
    """Close the connections that httpcore keeps though no request has them.

    A request that is cancelled when it has its connection, and has not yet sent a byte, leaves it
    behind like this (httpcore 1.0.9): neither idle nor closed, and open for ever.
    """
    pool = _pool(transport)
    requests = getattr(pool, "_requests", None)
    if pool is None or not isinstance(requests, list):
        return
    taken = [request.connection for request in requests]
    for connection in pool.connections:
        if connection not in taken and not connection.is_idle():
            await connection.aclose()


def _tls(endpoint: Endpoint) -> ssl.SSLContext:
    """Return what trusts certifi's authorities, or those of `SSL_CERT_FILE` or `SSL_CERT_DIR`.

    They take 18 ms to read. Plain HTTP, which stays on this machine, gets a context that trusts
    nobody instead, for httpx would read them otherwise.
    """
    if urlsplit(endpoint.base_url).scheme == "http":
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls = httpx.create_ssl_context()
    tls.set_alpn_protocols(["http/1.1"])  # As httpcore will; a spare connection is made before.
    return tls


def _replaced_backend(
    transport: httpx.AsyncHTTPTransport, target: Target, connect_s: float
) -> Connector | None:
    """Put `Connector` where httpcore connects.

    httpx has no parameter for it, so private names are used, here and in `close_abandoned`. Where a
    release has others, connections are opened as httpcore does; a test pins the names, so that we
    learn of it.
    """
    pool = _pool(transport)
    inner = getattr(pool, "_network_backend", None)
    if pool is None or not isinstance(inner, httpcore.AsyncNetworkBackend):
        return None
    connector = Connector(inner, target, timeout=connect_s)
    pool._network_backend = connector  # noqa: SLF001 - guarded above
    return connector


def _pool(transport: httpx.AsyncHTTPTransport) -> httpcore.AsyncConnectionPool | None:
    pool = getattr(transport, "_pool", None)
    return pool if isinstance(pool, httpcore.AsyncConnectionPool) else None


def _proxy(endpoint: Endpoint) -> str | None:
    """Return the proxy that the environment (or the system's settings) names for the endpoint.

    Not left to httpx, which fails on a SOCKS proxy even where no request would pass it, and which
    would send requests to the local endpoint through a proxy.
    """
    parts = urlsplit(endpoint.base_url)
    if endpoint.is_loopback or urllib.request.proxy_bypass(parts.hostname or ""):
        return None
    proxies = urllib.request.getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy:
        return None
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    if urlsplit(proxy).scheme not in ("http", "https"):
        raise BadEndpoint(
            f"The proxy that the environment names for {endpoint.host} is not an HTTP proxy: "
            "name one in HTTPS_PROXY, or except the host in NO_PROXY."
        )
    return proxy
