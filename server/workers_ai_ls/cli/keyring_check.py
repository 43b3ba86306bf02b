"""What `doctor` says about the system's keyring, and the settings with what that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.jobs import is_embedded
from workers_ai_ls.settings import (
    KeyringFailure,
    NoKeyring,
    stored,
    wanted_from_keyring,
    with_stored,
)

from .check import Check

if TYPE_CHECKING:
    from workers_ai_ls.settings import Resolved


def completed(given: Resolved) -> tuple[Resolved, list[Check]]:
    """Ask the keyring as a job would: only where no other source gives a credential."""
    if is_embedded(given.settings):
        return given, []
    origin = wanted_from_keyring(given)
    if not origin:
        return given, [Check("keyring", "ok", _why_not_asked(given))]
    try:
        found = stored(origin)
    except NoKeyring:
        sentence = "this system has none; `workers-ai-ls login --no-keyring` keeps tokens in a file"
        return given, [Check("keyring", "note", sentence)]
    except KeyringFailure as failure:
        return given, [Check("keyring", "fix", str(failure))]
    if found is None:
        return given, [Check("keyring", "note", f"holds nothing for {origin}")]
    return with_stored(given, found), [Check("keyring", "ok", f"holds the token for {origin}")]


def _why_not_asked(given: Resolved) -> str:
    settings = given.settings
    if not settings.api_token and not settings.headers:
        return "is not asked, because the endpoint has no usable address"
    name = "apiToken" if settings.api_token else "headers"
    return f"is not asked, because {given.origins[name]} gives a credential"
