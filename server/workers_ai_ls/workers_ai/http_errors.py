"""httpx's exceptions, mapped to failures once, at the room's own edge."""

import socket
import ssl
from collections.abc import Iterator

import httpx

from workers_ai_ls.workers_ai.errors import ConnectionLost, Unreachable, Untrusted, WireFailure
from workers_ai_ls.workers_ai.refusals import Asked


def unreachable(error: httpx.HTTPError, asked: Asked) -> WireFailure:
    """Return the failure of a request to which no response came."""
    causes = tuple(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Untrusted(asked.refusal(detail=cause.verify_message))
    if any(_is_tls_failure(cause) for cause in causes):
        return Untrusted(asked.refusal(detail="the TLS handshake failed"))
    return Unreachable(asked.refusal(detail=_reason(causes, asked.host)))


def lost(error: httpx.HTTPError, asked: Asked) -> WireFailure:
    """Return the failure of a response that broke off."""
    if isinstance(error, httpx.DecodingError):
        return ConnectionLost(asked.refusal(detail="its compression is damaged"))
    return ConnectionLost(asked.refusal(detail="the connection was lost"))


def _reason(causes: tuple[BaseException, ...], host: str) -> str:
    """Return what happened and what to do, to stand behind "… cannot be reached: "."""
    is_local = host.startswith(("127.", "localhost", "[::1]"))
    start = "start `workers-ai-ls local`, or correct" if is_local else "check"
    reasons: tuple[tuple[type[BaseException], str], ...] = (
        (httpx.ProxyError, "the proxy of HTTPS_PROXY refused, so correct or unset it"),
        (httpx.TimeoutException, "it did not answer in time, so check the network and try again"),
        (socket.gaierror, "its name is not found, so check the network and WORKERS_AI_BASE_URL"),
        (ConnectionRefusedError, f"nothing listens there, so {start} WORKERS_AI_BASE_URL"),
        (httpx.ConnectError, "no connection could be made, so check the network and try again"),
    )
    for kind, reason in reasons:
        if any(isinstance(cause, kind) for cause in causes):
            return reason
    return "the connection was closed before an answer came, so try again"


def _is_tls_failure(error: BaseException) -> bool:
    """Whether TLS failed; a handshake that only waited for more bytes stands among the causes too."""
    waiting = (ssl.SSLWantReadError, ssl.SSLWantWriteError)
    return isinstance(error, ssl.SSLError) and not isinstance(error, waiting)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and all that it was raised from, also those of a group."""
    pending: list[BaseException | None] = [error]
    seen: set[int] = set()
    while pending:
        cause = pending.pop()
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        pending += [cause.__cause__, cause.__context__]
        if isinstance(cause, BaseExceptionGroup):
            pending += cause.exceptions
