"""Where `login` keeps what it has found: the system's keyring, and the user's own file."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from workers_ai_ls.settings import (
    CLOUDFLARE_URLS,
    DEFAULT_BASE_URL,
    KeyringFailure,
    Stored,
    change_user_file,
    forget,
    keyring_origin,
    read_options,
    resolve,
    store,
    user_file_path,
)

if TYPE_CHECKING:
    from pathlib import Path

    from .asking import Asking
    from .finding import Found


def keep(found: Found, asking: Asking, *, use_keyring: bool) -> str:
    """Keep the credentials and, in the user's file, the address; return the sentence that says where.

    What the file held for another endpoint goes, for it would now be sent to this one. Raises
    `Failure` where nothing may keep them; then the file is as it was.
    """
    endpoint, path = found.endpoint, user_file_path()
    secrets: dict[str, str | None] = {"apiToken": None, "headers": None}
    if endpoint.headers:
        # Not secret: the command that prints the credential.
        secrets["headers"] = "\n".join(f"{name}: {value}" for name, value in endpoint.headers)
        place = f"cloudflared, named in {path}, gives the credential whenever it is needed."
    elif not endpoint.token:
        if use_keyring:
            with contextlib.suppress(KeyringFailure):
                forget(keyring_origin(endpoint.base_url))
        place = f"It asks for no key; its address stands in {path}."
    elif use_keyring and _in_keyring(found, path, asking):
        place = f"The system keyring keeps the token, and {path} the address."
    else:
        secrets["apiToken"] = endpoint.token
        place = f"{path}, which only you can read, keeps the token."
    change_user_file(path, {**kept_settings(found), **secrets})
    return place


def kept_settings(found: Found) -> dict[str, str | None]:
    """What is no secret, by setting's name; `None` for what is to be unset."""
    endpoint = found.endpoint
    settings: dict[str, str | None] = {"endpoint": endpoint.kind, "baseUrl": endpoint.base_url}
    if endpoint.account_id:
        settings["accountId"] = endpoint.account_id
    if endpoint.base_url == DEFAULT_BASE_URL:
        settings["baseUrl"] = None
        before = resolve(read_options(environment={})).settings
        if before.needs_account and before.address in CLOUDFLARE_URLS:
            # AI Gateway, say: another way to the same account.
            settings["endpoint"] = before.endpoint
    return settings


def _in_keyring(found: Found, path: Path, asking: Asking) -> bool:
    """Whether the keyring keeps the token; if it can't, the person decides about the file."""
    endpoint = found.endpoint
    try:
        store(Stored(keyring_origin(endpoint.base_url), {"apiToken": endpoint.token}))
    except KeyringFailure as failure:
        if asking.agrees(f"{failure} Keep the token in {path}, where only you can read it?"):
            return False
        raise KeyringFailure(
            "The system keyring cannot keep the token: unlock it if it is locked, or add "
            f"--no-keyring to keep the token in {path}, which only you can read."
        ) from None
    return True
