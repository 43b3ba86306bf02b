"""What every answer of the page's own addresses goes through."""

import attrs
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OURS = frozenset({"127.0.0.1", "localhost", "[::1]"})

_HEADERS = {
    # Trusted types: the browser itself refuses whatever would put an answer in as HTML.
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@attrs.frozen
class Guard:
    """Answers only under a name of this machine, and tells the browser to trust nobody else.

    A web page elsewhere can have its own name resolve to 127.0.0.1 and would then count as our
    origin; its `Host` header gives it away. Any port will do: it may be forwarded.
    """

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        app = self.app if _is_ours(Headers(scope=scope).get("host", "")) else _FOREIGN
        await app(scope, receive, send_guarded)


_FOREIGN = PlainTextResponse(
    "This page is served under 127.0.0.1 and localhost only: open the printed address.", 403
)


def _is_ours(host: str) -> bool:
    name, colon, port = host.lower().rpartition(":")
    return (name if colon and port.isdecimal() else host.lower()) in _OURS
