"""Which token may go to the endpoint: each belongs to the address that it was given for."""

from collections.abc import Sequence

from workers_ai_ls.settings.addresses import web_origin
from workers_ai_ls.settings.origin import DEFAULT, Given
from workers_ai_ls.settings.table import DEFAULT_BASE_URL


def usable_token(tokens: Sequence[Given], addresses: Sequence[Given]) -> tuple[Given | None, str]:
    """The highest token that may be sent to the highest address, or the sentence why none may.

    Both are in rising order. A token belongs to the address that its own source gives, else to
    Cloudflare's, and is sent to no other origin. The value of an address that is not usable is "":
    then nothing is sent at all, for the user meant it for somewhere else than the default.
    """
    if not tokens:
        return None, ""
    address = addresses[-1] if addresses else Given("baseUrl", DEFAULT_BASE_URL, DEFAULT)
    if not address.value:
        return None, (
            f"No token is sent, because {address.origin} does not hold a usable address of the API:"
            " correct it."
        )
    endpoint = web_origin(str(address.value))
    own_address = {one.origin.source: one for one in addresses}
    for token in reversed(tokens):
        beside = own_address.get(token.origin.source)
        if not beside or beside.value:
            bound = web_origin(str(beside.value) if beside else DEFAULT_BASE_URL)
            if bound == endpoint:
                return token, ""
    return None, (
        f"The token from {tokens[-1].origin} was not given for {endpoint}, so it is not sent there:"
        f" set the token for {endpoint} in the same place as its address ({address.origin})."
    )
