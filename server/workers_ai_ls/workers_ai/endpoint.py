"""Where requests go."""

import ipaddress
import re
from typing import Literal, TypeAlias
from urllib.parse import SplitResult, urlsplit

import attrs

CLOUDFLARE = "https://api.cloudflare.com/client/v4"
_API_PATH = "/client/v4"

EndpointKind: TypeAlias = Literal["rest", "openai", "gateway", "worker"]

# It becomes part of a URL's path, and may come from a workspace's settings, so `..` in it must
# never lead to another API.
_MODEL = re.compile(r"@?[A-Za-z0-9._:-]+(/@?[A-Za-z0-9._:-]+)*")


@attrs.frozen(kw_only=True)
class Gateway:
    """AI Gateway in front of the models; times in seconds, `None` for the gateway's own."""

    id: str
    token: str = attrs.field(default="", repr=False)
    """For the header `cf-aig-authorization`; only the older host takes it."""
    cache_ttl: int | None = None
    skip_cache: bool = False
    metadata: str = ""
    """A JSON object."""
    request_timeout: float | None = None


@attrs.frozen(kw_only=True)
class Endpoint:
    """Who answers.

    `rest`: Cloudflare's REST route of one account. `openai`: `/chat/completions`, of the account at
    Cloudflare or below `base_url` anywhere. `gateway`: AI Gateway's older host. `worker`: `base_url`
    itself, as a Worker of one's own has it.

    `token` and the values of `headers` are secrets, or `cmd:` and a command that prints one, in a
    header also behind a scheme (`Bearer cmd:…`). They are not in the repr, and nothing in this room
    writes them anywhere but into the request.
    """

    kind: EndpointKind = "rest"
    account_id: str = ""
    token: str = attrs.field(default="", repr=False)
    base_url: str = CLOUDFLARE
    headers: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)
    gateway: Gateway | None = None

    @property
    def host(self) -> str:
        """Host, with the port where one is given: what messages call the endpoint."""
        parts = split_address(self.base_url)
        if parts is None or not parts.hostname:
            return self.base_url
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        return f"{host}:{parts.port}" if parts.port else host

    @property
    def origin(self) -> str:
        """Scheme and host: the address of its sign-in page."""
        return f"{self.base_url.partition('://')[0]}://{self.host}"

    @property
    def is_loopback(self) -> bool:
        """Whether requests stay on this machine."""
        parts = split_address(self.base_url)
        return parts is not None and is_loopback_host(parts.hostname or "")

    @property
    def is_cloudflare(self) -> bool:
        """Whether requests name an account: all but those to a server or Worker of one's own.

        Of the OpenAI-compatible ones, it is Cloudflare's API whose path is `/client/v4`, also where
        a proxy stands in front of it.
        """
        if self.kind == "openai":
            parts = split_address(self.base_url)
            return parts is not None and parts.path.rstrip("/") == _API_PATH
        return self.kind != "worker"


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


def split_address(url: str) -> SplitResult | None:
    """Return the URL's parts, or `None` for what is no URL (a bad port, half an IPv6 address)."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts if url.isascii() and url.isprintable() and " " not in url else None
