"""Serving a script from a thread of the test's own process."""

import contextlib
import secrets
import threading
from collections.abc import Iterator, Mapping

import attrs

from workers_ai_local.app import BASE, DEFAULT_GATEWAYS, create_app
from workers_ai_local.replay.engine import ReplayEngine
from workers_ai_local.replay.script import Script, read_script
from workers_ai_local.serving import serving

ACCOUNT_ID = "0" * 32


@attrs.define
class ReplayEndpoint:
    """A running endpoint, and all that it was asked."""

    base_url: str
    """Takes the place of `https://api.cloudflare.com/client/v4`."""
    token: str
    model: str
    account_id: str = ACCOUNT_ID
    events: list[dict[str, object]] = attrs.field(factory=list)
    """See `workers_ai_local.app.Observe`."""
    _changed: threading.Condition = attrs.field(factory=threading.Condition)

    @property
    def origin(self) -> str:
        """Below it are `/v1`, plain or with account and gateway, and `/run`."""
        return self.base_url.removesuffix(BASE)

    def observe(self, event: dict[str, object]) -> None:
        """Note `event`, in the server's thread."""
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait_for(self, event: str, count: int = 1, seconds: float = 10.0) -> dict[str, object]:
        """Block until there are `count` events of one kind; return the last of these.

        Raises `TimeoutError`.
        """

        def such() -> list[dict[str, object]]:
            return [noted for noted in self.events if noted["event"] == event]

        with self._changed:
            if not self._changed.wait_for(lambda: len(such()) >= count, seconds):
                raise TimeoutError(f"{len(such())} of {count} {event} events came")
            return such()[count - 1]


@contextlib.contextmanager
def replaying(
    script: Script | Mapping[str, object],
    *,
    account_id: str | None = None,
    gateways: Mapping[str, str | None] = DEFAULT_GATEWAYS,
) -> Iterator[ReplayEndpoint]:
    """Serve `script` while the context is open; `create_app` says what the rest means."""
    script = script if isinstance(script, Script) else read_script(script)
    endpoint = ReplayEndpoint("", script.token or secrets.token_urlsafe(32), script.models[0])
    app = create_app(
        ReplayEngine(script),
        token=endpoint.token,
        observe=endpoint.observe,
        account_id=account_id,
        gateways=gateways,
    )
    with serving(app) as endpoint.base_url:
        yield endpoint
