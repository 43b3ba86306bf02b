"""What of the settings keeps an endpoint from being used at all; asks no network."""

import json
import re

from workers_ai_ls.workers_ai.endpoint import Endpoint, Gateway, is_loopback_host, split_address
from workers_ai_ls.workers_ai.errors import BadEndpoint

_SEGMENT = re.compile(r"[A-Za-z0-9_-]+")  # of a URL's path
_TOKEN = re.compile(r"[\x21-\x7e]+|cmd:.+")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"[\x20-\x7e]*\S")


def endpoint_problem(endpoint: Endpoint) -> BadEndpoint | None:
    """Return what keeps the endpoint from being used, or `None`."""
    sentence = (
        _address_problem(endpoint.base_url)
        or _credentials_problem(endpoint)
        or (_account_problem(endpoint) if endpoint.is_cloudflare else None)
        or _gateway_problem(endpoint.kind == "gateway", endpoint.gateway)
    )
    return None if sentence is None else BadEndpoint(sentence)


def _address_problem(url: str) -> str | None:
    address = f"WORKERS_AI_BASE_URL ({url})"
    parts = split_address(url)
    if "@" in (url if parts is None else parts.netloc):
        # Without the address: what stands before its `@` is a secret.
        return (
            "WORKERS_AI_BASE_URL holds a user name or password: take it out and set "
            "CLOUDFLARE_API_TOKEN."
        )
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return f"{address} is not an http(s) address: correct it or leave it unset."
    if parts.query or parts.fragment:
        # Without them: a query can be a secret, too.
        bare = url.partition("#")[0].partition("?")[0]
        return f"WORKERS_AI_BASE_URL has a query or a fragment: set it to {bare} alone."
    if parts.scheme == "http" and not is_loopback_host(parts.hostname):
        return f"{address} would send the API token and your code in clear text: use https."
    return None


def _credentials_problem(endpoint: Endpoint) -> str | None:
    if endpoint.token and not _TOKEN.fullmatch(endpoint.token):
        return "The API token has characters that none has: set CLOUDFLARE_API_TOKEN."
    # httpx would refuse these too, and show the value.
    good = all(
        _HEADER_NAME.fullmatch(name) and _HEADER_VALUE.fullmatch(value)
        for name, value in endpoint.headers
    )
    if not good:
        return "A header has characters that none has: correct WORKERS_AI_HEADERS."
    return None


def _account_problem(endpoint: Endpoint) -> str | None:
    if not _SEGMENT.fullmatch(endpoint.account_id):
        return (
            "The account id is missing or has characters that none has: set CLOUDFLARE_ACCOUNT_ID."
        )
    if not endpoint.token and not endpoint.headers:
        return "The API token is missing: run `workers-ai-ls login`, or set CLOUDFLARE_API_TOKEN."
    return None


def _gateway_problem(is_needed: bool, gateway: Gateway | None) -> str | None:  # noqa: FBT001 - one of two
    if gateway is None:
        needed = "The endpoint is AI Gateway, and no gateway is named: set WORKERS_AI_GATEWAY."
        return needed if is_needed else None
    if not _SEGMENT.fullmatch(gateway.id):
        return "The gateway's name has characters that none has: correct WORKERS_AI_GATEWAY."
    if gateway.token and not _TOKEN.fullmatch(gateway.token):
        return "The gateway's token has characters that none has: set WORKERS_AI_GATEWAY_TOKEN."
    try:
        metadata = json.loads(gateway.metadata or "{}")
    except (ValueError, RecursionError):
        metadata = None
    if not isinstance(metadata, dict):
        return "The gateway's metadata is no JSON object: correct workersAI.gateway.metadata."
    return None
