"""The endpoint that the settings name, as the wire takes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from workers_ai_ls.settings import DEFAULT_BASE_URL, credentials, metadata
from workers_ai_ls.workers_ai import Endpoint, Gateway, Timeouts

if TYPE_CHECKING:
    from workers_ai_ls.settings import Resolved, Settings


def endpoint_of(resolved: Resolved) -> Endpoint:
    """Build the endpoint. Raises Failure when something is missing that it needs."""
    settings = resolved.settings
    known = credentials(resolved)
    return Endpoint(
        kind=settings.endpoint,
        account_id=known.account_id,
        token=known.token,
        base_url=settings.address,
        headers=known.headers,
        gateway=_gateway(settings, known.gateway_token),
    )


def is_embedded(settings: Settings) -> bool:
    """Whether the server runs the model by itself, so that no account is needed."""
    default = settings.endpoint == "rest" and settings.address == DEFAULT_BASE_URL
    return default and settings.model.startswith("@local/")


def timeouts_of(settings: Settings) -> Timeouts:
    """The limits of one request."""
    return Timeouts(
        connect=settings.timeouts.connect,
        first_token=settings.timeouts.first_token,
        between_tokens=settings.timeouts.between_tokens,
    )


def _gateway(settings: Settings, token: str) -> Gateway | None:
    gateway = settings.gateway
    if not gateway.id:
        return None
    return Gateway(
        id=gateway.id,
        token=token,
        cache_ttl=gateway.cache_ttl,
        skip_cache=gateway.skip_cache,
        # A header holds one line of ASCII, whatever the user's JSON looks like.
        metadata=json.dumps(metadata(gateway.metadata)) if gateway.metadata else "",
        request_timeout=gateway.request_timeout,
    )
