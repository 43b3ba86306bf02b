"""Where a request goes: today Cloudflare's REST route, or whatever answers in its shape."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

import attrs

from workers_ai_ls.workers_ai.errors import BadEndpoint

CLOUDFLARE = "https://api.cloudflare.com/client/v4"

# Both reach the server's memory from elsewhere and both become part of a URL's path. A model id
# may even come from a workspace's settings, so `..` in it must never lead to another API.
_ACCOUNT = re.compile(r"[A-Za-z0-9_-]+")
_MODEL = re.compile(r"@?[A-Za-z0-9._:-]+(/[A-Za-z0-9._:-]+)*")
_TOKEN = re.compile(r"[\x21-\x7e]+")


@attrs.frozen(kw_only=True)
class Endpoint:
    """The REST route of one account.

    `token` is a secret: it is not in the repr, and nothing in this room writes it anywhere but
    into the request's `Authorization` header.
    """

    account_id: str
    token: str = attrs.field(repr=False)
    base_url: str = CLOUDFLARE

    @property
    def host(self) -> str:
        """Host, with the port where one is given: what messages call the endpoint."""
        parts = _split(self.base_url)
        if parts is None or not parts.hostname:
            return self.base_url
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        return f"{host}:{parts.port}" if parts.port else host

    @property
    def is_loopback(self) -> bool:
        """Whether requests stay on this machine."""
        parts = _split(self.base_url)
        return parts is not None and is_loopback_host(parts.hostname or "")


def endpoint_problem(endpoint: Endpoint) -> BadEndpoint | None:
    """Return what keeps the endpoint from being used at all, or `None`; asks no network."""
    sentence = _address_problem(endpoint.base_url) or _credentials_problem(endpoint)
    return None if sentence is None else BadEndpoint(sentence)


def _address_problem(url: str) -> str | None:
    address = f"WORKERS_AI_BASE_URL ({url})"
    parts = _split(url)
    if "@" in (url if parts is None else parts.netloc):
        # Without the address: what stands before its `@` is a secret.
        return (
            "WORKERS_AI_BASE_URL holds a user name or password: take it out and set "
            "CLOUDFLARE_API_TOKEN."
        )
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return f"{address} is not an http(s) address: correct it or leave it unset."
    if parts.query or parts.fragment:
        return f"{address} has a query or a fragment: leave out what follows the path."
    if parts.scheme == "http" and not is_loopback_host(parts.hostname):
        return f"{address} would send the API token and your code in clear text: use https."
    return None


def _credentials_problem(endpoint: Endpoint) -> str | None:
    if not _ACCOUNT.fullmatch(endpoint.account_id):
        return (
            "The account id is missing or has characters that none has: set CLOUDFLARE_ACCOUNT_ID."
        )
    if not _TOKEN.fullmatch(endpoint.token):
        return "The API token is missing or has characters that none has: set CLOUDFLARE_API_TOKEN."
    return None


def run_url(endpoint: Endpoint, model: str) -> str:
    """Return the URL that runs `model`; its `/` and `@` stay literal, `%2F` would answer 400.

    The caller has asked `is_model_id` first.
    """
    return f"{_account_url(endpoint)}/ai/run/{model}"


def models_url(endpoint: Endpoint) -> str:
    """Return the URL that lists models: a free check of account and token."""
    return f"{_account_url(endpoint)}/ai/models/search"


def is_model_id(model: str) -> bool:
    """Whether `model` can stand in a URL without changing where the URL leads.

    >>> is_model_id("@cf/qwen/qwen2.5-coder-32b-instruct"), is_model_id("@cf/../../zones")
    (True, False)
    """
    steps = model.split("/")
    return bool(_MODEL.fullmatch(model)) and "." not in steps and ".." not in steps


def is_loopback_host(host: str) -> bool:
    """Whether `host` is 127.0.0.0/8, ::1 or localhost.

    >>> is_loopback_host("127.0.0.2"), is_loopback_host("::1"), is_loopback_host("10.0.0.1")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _account_url(endpoint: Endpoint) -> str:
    return f"{endpoint.base_url.rstrip('/')}/accounts/{endpoint.account_id}"


def _split(url: str) -> SplitResult | None:
    """Return the URL's parts, or `None` for what is no URL (a bad port, half an IPv6 address)."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts if url.isascii() and url.isprintable() and " " not in url else None
