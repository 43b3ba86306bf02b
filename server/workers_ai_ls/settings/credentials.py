"""The credentials of a request, and the one message for when there are none."""

from pathlib import Path

import attrs

from workers_ai_ls.errors import Failure
from workers_ai_ls.settings.addresses import web_origin
from workers_ai_ls.settings.checking import checked
from workers_ai_ls.settings.forms import header_lines
from workers_ai_ls.settings.resolving import Resolved
from workers_ai_ls.settings.table import BY_NAME


@attrs.frozen
class Credentials:
    """What a request carries, and the only origin that it may be sent to.

    Each secret is itself, or `cmd:` and the command that prints it.
    """

    account_id: str
    token: str = attrs.field(repr=False)
    bound_to: str
    """As `web_origin` spells it, such as `https://api.cloudflare.com`."""
    headers: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)
    """Further ones: name, in lower case, and value."""
    gateway_token: str = attrs.field(default="", repr=False)


class MissingCredentials(Failure):
    """There is no account or no token that may be sent to the endpoint."""


class MissingAddress(Failure):
    """The endpoint is a Worker, and its address is not set."""

    def __init__(self) -> None:
        super().__init__(
            "The Worker's address is not set: set WORKERS_AI_BASE_URL, or run "
            "`workers-ai-ls login` with the address."
        )


def credentials(resolved: Resolved) -> Credentials:
    """What may be sent to the endpoint in force.

    Raises `MissingCredentials` when something is missing that the endpoint needs, and
    `MissingAddress`.
    """
    settings = resolved.settings
    if resolved.address_refusal:
        raise MissingCredentials(resolved.address_refusal)
    if not settings.address:
        raise MissingAddress
    if settings.needs_account:
        _check_account(resolved)
    return Credentials(
        settings.account_id,
        settings.api_token,
        web_origin(settings.address),
        header_lines(settings.headers),
        settings.gateway.token,
    )


def is_credential(text: str) -> bool:
    """Whether `text` can be a token, or the command that prints one.

    >>> is_credential("cmd:pass show ai"), is_credential("two words")
    (True, False)
    """
    try:
        checked(BY_NAME["apiToken"], text)
    except ValueError:
        return False
    return True


def _check_account(resolved: Resolved) -> None:
    settings = resolved.settings
    if not settings.api_token and not settings.headers:
        raise MissingCredentials(resolved.token_refusal or _how_to_give_them(resolved.user_file))
    if not settings.account_id:
        raise MissingCredentials(_how_to_give_them(resolved.user_file))


def _how_to_give_them(user_file: Path) -> str:
    return (
        "No Cloudflare credentials were found: run `workers-ai-ls login`, or set "
        "CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN, or accountId and apiToken under "
        f"[workersAI] in {user_file}, or try without an account: `workers-ai-ls demo` (once) or "
        "`workers-ai-ls local` (serving)."
    )
