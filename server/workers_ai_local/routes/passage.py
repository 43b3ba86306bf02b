"""What AI Gateway does to a request that passes through it, and to the answer.

A request passes through a gateway by the older host's path, or by `cf-aig-gateway-id` on any other.
"""

import hashlib
import re
import secrets
import time

import attrs
from starlette.requests import Request
from starlette.types import Message, Send

from workers_ai_local.api_errors import gateway_missing, gateway_refused
from workers_ai_local.routes.admission import same
from workers_ai_local.routes.caching import Cache
from workers_ai_local.routes.service import Service

_MONTH = 2_592_000
_SECONDS = re.compile("[0-9]{1,9}")
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def has_own_host(connection: Request) -> bool:
    """Whether the gateway's own host is asked, so that the gateway speaks before the API does."""
    return "gateway" in connection.path_params


def passage(service: Service, connection: Request, body: bytes) -> "Passage | None":
    """Return the way through the gateway that the request names, if any. Raises `ApiError`."""
    name = connection.path_params.get("gateway") or connection.headers.get("cf-aig-gateway-id")
    if name is None:
        return None
    if name not in service.gateways:
        raise gateway_missing()
    token = service.gateways[name]
    if has_own_host(connection) and token is not None:
        given = connection.headers.get("cf-aig-authorization", "")
        if not same(given, f"Bearer {token}"):
            raise gateway_refused()
    return Passage(
        service.cache,
        key=_key(name, connection, body),
        seconds=_seconds(connection),
        skip=connection.headers.get("cf-aig-skip-cache", "").lower() == "true",
    )


def _log_id() -> str:
    """Return a ULID: 48 bits of time in milliseconds, 80 of chance, in base 32."""
    number = int(time.time() * 1000) << 80 | secrets.randbits(80)
    return "".join(_CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))


@attrs.frozen
class Passage:
    """One request's way through a gateway."""

    cache: Cache
    key: str
    seconds: float
    """How long the answer is kept, 0 for not at all: a gateway caches only where it is told to."""
    skip: bool
    log_id: str = attrs.field(factory=_log_id)
    _sent: list[Message] = attrs.field(factory=list, init=False)

    async def repeats(self, send: Send) -> bool:
        """Send the answer that the cache has, and return whether it had one."""
        kept = None if self.skip else self.cache.find(self.key)
        if kept is None:
            return False
        marked = self.marking(send, "HIT")
        for message in kept:
            await marked(dict(message))
        return True

    def marking(self, send: Send, status: str = "MISS") -> Send:
        """Return a `send` that puts the gateway's headers on the answer."""
        added = [
            (b"cf-aig-cache-status", status.encode()),
            (b"cf-aig-log-id", self.log_id.encode()),
        ]

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        return marked

    def recording(self, send: Send) -> Send:
        """Return a `send` that marks the answer, and remembers it where it may be kept."""
        marked = self.marking(send)
        if self.skip or not self.seconds:
            return marked

        async def recorded(message: Message) -> None:
            self._sent.append(dict(message))  # Whoever passes it on may change it.
            await marked(message)

        return recorded

    def keep(self) -> None:
        """Keep what was sent for the next one who asks the same."""
        if self._sent:
            self.cache.keep(self.key, tuple(self._sent), self.seconds)


def _key(gateway: str, connection: Request, body: bytes) -> str:
    chosen = connection.headers.get("cf-aig-cache-key")
    if chosen is not None:
        return f"{gateway} {chosen}"
    asked = b"\0".join([connection.url.path.encode(), body])
    return f"{gateway} {hashlib.sha256(asked).hexdigest()}"


def _seconds(connection: Request) -> float:
    asked = connection.headers.get("cf-aig-cache-ttl", "")
    return min(int(asked), _MONTH) if _SECONDS.fullmatch(asked) else 0
