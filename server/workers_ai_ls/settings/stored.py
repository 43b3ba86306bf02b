"""What the system keyring holds for an origin, and how it comes among the settings."""

from collections.abc import Mapping

import attrs

from workers_ai_ls.settings.addresses import web_origin
from workers_ai_ls.settings.checking import checked
from workers_ai_ls.settings.declaring import filled, held
from workers_ai_ls.settings.origin import Origin
from workers_ai_ls.settings.resolving import Resolved
from workers_ai_ls.settings.table import BY_NAME, CLOUDFLARE_URLS, DEFAULT_BASE_URL, Settings


@attrs.frozen
class Stored:
    """The secrets of one origin, and of no other: that it stands under its key binds it."""

    origin: str
    """As `keyring_origin` spells it, such as `https://api.cloudflare.com`."""
    secrets: Mapping[str, str] = attrs.field(repr=False)
    """By setting's name, such as `apiToken`. Raises ValueError for what such a setting can't hold."""

    def __attrs_post_init__(self) -> None:
        for name, value in self.secrets.items():
            if name not in BY_NAME or not BY_NAME[name].secret:
                raise ValueError("not a secret")
            checked(BY_NAME[name], value)


def keyring_origin(address: str) -> str:
    """Return the key of an endpoint's secrets; all of Cloudflare's addresses have the same one.

    >>> keyring_origin("https://ai.team.example/run")
    'https://ai.team.example'
    >>> keyring_origin("https://gateway.ai.cloudflare.com/v1")
    'https://api.cloudflare.com'
    """
    origin = web_origin(address)
    cloudflares = map(web_origin, CLOUDFLARE_URLS)
    return web_origin(DEFAULT_BASE_URL) if origin in cloudflares else origin


def wanted_from_keyring(resolved: Resolved) -> str:
    """Return the origin to look up in the keyring, or "" where that is not needed.

    Asking a keyring can take a while and can open a window, so it is asked only where no other
    source gives a credential.
    """
    settings = resolved.settings
    if resolved.address_refusal or not settings.address:
        return ""
    return "" if settings.api_token or settings.headers else keyring_origin(settings.address)


def with_stored(resolved: Resolved, stored: Stored | None) -> Resolved:
    """Set the secrets of the keyring where no other source gives one; nothing for another origin."""
    if stored is None or stored.origin != wanted_from_keyring(resolved):
        return resolved
    values = dict(held(resolved.settings))
    used = {name: value for name, value in stored.secrets.items() if value and not values[name]}
    refusal = "" if "apiToken" in used else resolved.token_refusal
    answered = resolved.token_refusal if refusal != resolved.token_refusal else None
    origin = Origin("keyring", stored.origin)
    return attrs.evolve(
        resolved,
        settings=filled(Settings, values | used),
        origins={**resolved.origins, **dict.fromkeys(used, origin)},
        problems=tuple(problem for problem in resolved.problems if problem != answered),
        token_refusal=refusal,
    )
