"""Which secrets may go to the endpoint: each belongs to the address that it was given for."""

from collections.abc import Sequence

from workers_ai_ls.settings.addresses import web_origin
from workers_ai_ls.settings.origin import Given
from workers_ai_ls.settings.table import CLOUDFLARE_URLS, DEFAULT_BASE_URL


def usable_secret(
    secrets: Sequence[Given], addresses: Sequence[Given], default: str = DEFAULT_BASE_URL
) -> tuple[Given | None, str]:
    """The highest secret that may be sent to the highest address, or the sentence why none may.

    Both are in rising order; without an address `default` is in force. A secret belongs to the
    address that its own source gives, else to Cloudflare's, and is sent to no other origin. The
    value of an address that is not usable is "": no secret goes there or anywhere instead.
    """
    address = str(addresses[-1].value) if addresses else default
    if not secrets or not address:
        return None, ""
    endpoint = web_origin(address)
    own_address = {one.origin.source: one for one in addresses}
    for secret in reversed(secrets):
        beside = own_address.get(secret.origin.source)
        if beside and not beside.value:
            continue
        bound = (str(beside.value),) if beside else CLOUDFLARE_URLS
        if endpoint in map(web_origin, bound):
            return secret, ""
    where = f" ({addresses[-1].origin})" if addresses else ""
    return None, (
        f"The {_called(secrets[-1])} from {secrets[-1].origin} was not given for {endpoint}, so it "
        f"is not sent there: set it for {endpoint} in the same place as its address{where}."
    )


def unusable_address(addresses: Sequence[Given]) -> str:
    """Return the sentence for a highest address that is not usable, or "".

    Then nothing is sent at all: the user meant it for somewhere else than the next lower address.
    """
    if not addresses or addresses[-1].value:
        return ""
    return (
        f"No request is made, because {addresses[-1].origin} does not hold a usable address of the "
        "API: correct it."
    )


def _called(secret: Given) -> str:
    return "token" if secret.name == "apiToken" else f"setting workersAI.{secret.name}"
