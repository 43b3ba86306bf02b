"""The page's files and who gets them."""

import hmac
import html
from importlib import resources

import attrs
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from workers_ai_local.local_endpoint import ACCOUNT_ID
from workers_ai_local.playground.event_source import EventSourceDesk
from workers_ai_local.playground.guard import Guard
from workers_ai_local.playground.key import PATH, key_of

_FILES = {
    "answer.js": "text/javascript",
    "page.css": "text/css",
    "page.js": "text/javascript",
    "reading.js": "text/javascript",
    "transports.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


def routes(token: str, base: str, account_id: str | None = None) -> list[Route]:
    """Return what serves the page of an application that takes `token`.

    `base` is the path that the API stands under there, such as `/client/v4`; `account_id` is the
    account that it takes, if not any. They go before any route that takes every path.
    """
    api = f"{base}/accounts/{account_id or ACCOUNT_ID}/ai"
    desk = EventSourceDesk(token, api)
    guard = [Middleware(Guard)]
    return [
        Route(PATH, _Page(token, api).answer, methods=["GET"], middleware=guard),
        *(
            Route(f"{PATH}/{name}", _File(name, kind).answer, methods=["GET"], middleware=guard)
            for name, kind in _FILES.items()
        ),
        Route(f"{PATH}/events", desk.take, methods=["POST"], middleware=guard),
        Route(f"{PATH}/events/{{ticket}}", desk, methods=["GET"], middleware=guard),
    ]


@attrs.frozen
class _Page:
    """`GET /playground?key=…`: the page, with the token in it."""

    token: str
    api: str

    async def answer(self, request: Request) -> Response:
        key = request.query_params.get("key", "")
        if not hmac.compare_digest(key.encode(), key_of(self.token).encode()):
            return PlainTextResponse(
                "This is not the key of this endpoint: open the address that it printed "
                "when it was started.",
                403,
            )
        page = _read("index.html")
        for name, value in {"token": self.token, "api": self.api}.items():
            page = page.replace(f"{{{{ {name} }}}}", html.escape(value))
        return HTMLResponse(page)


@attrs.frozen
class _File:
    """`GET /playground/page.js` and the like: the same for everybody, without a secret."""

    name: str
    kind: str

    async def answer(self, _: Request) -> Response:
        return Response(_read(self.name), media_type=self.kind)


def _read(name: str) -> str:
    return (resources.files(__package__ or "") / name).read_text(encoding="utf-8")
