"""The credentials of a request, and the one message for when there are none."""

from pathlib import Path

import attrs

from workers_ai_ls.errors import Failure
from workers_ai_ls.settings.addresses import web_origin
from workers_ai_ls.settings.resolving import Resolved


@attrs.frozen
class Credentials:
    """Account and token, and the only origin that they may be sent to."""

    account_id: str
    token: str = attrs.field(repr=False)
    bound_to: str
    """As `web_origin` spells it, such as `https://api.cloudflare.com`."""


class MissingCredentials(Failure):
    """There is no account or no token that may be sent to the endpoint."""


def credentials(resolved: Resolved) -> Credentials:
    """Account and token for the endpoint in force. `MissingCredentials` when one is missing."""
    settings = resolved.settings
    if resolved.token_refusal:
        raise MissingCredentials(resolved.token_refusal)
    if not settings.account_id or not settings.api_token:
        raise MissingCredentials(_how_to_give_them(resolved.user_file))
    return Credentials(settings.account_id, settings.api_token, web_origin(settings.base_url))


def _how_to_give_them(user_file: Path) -> str:
    return (
        "No Cloudflare credentials were found: set CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN, "
        f"or accountId and apiToken under [workersAI] in {user_file}, "
        "or try without an account: `workers-ai-ls demo` (once) or `workers-ai-ls local` (serving)."
    )
