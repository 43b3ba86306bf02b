"""The client of the endpoint that the settings name, opened once; also of the embedded model."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from workers_ai_ls.errors import Failure
from workers_ai_ls.jobs import endpoint_of, is_embedded, timeouts_of
from workers_ai_ls.settings import (
    KeyringFailure,
    NoKeyring,
    stored_soon,
    wanted_from_keyring,
    with_stored,
)
from workers_ai_ls.workers_ai import Endpoint, is_loopback_host, open_client

if TYPE_CHECKING:
    from pathlib import Path

    from workers_ai_local import LocalEndpoint
    from workers_ai_ls.settings import Resolved, Stored
    from workers_ai_ls.workers_ai import Client, Timeouts


class Endpoints:
    """Opens what the settings of a job ask for, and keeps it for the next one."""

    def __init__(self) -> None:
        self._client: Client | None = None
        self._opened_for: tuple[Endpoint, Timeouts] | None = None
        self._clients = contextlib.AsyncExitStack()
        self._local: LocalEndpoint | None = None
        self._local_id = ""
        """The model that was asked for; a file that the user names may hold another one."""
        self._opening = asyncio.Lock()
        self._keyring = FromKeyring()

    async def client(self, resolved: Resolved) -> Client:
        """The client for these settings. Raises Failure when they name no usable endpoint."""
        async with self._opening:
            wanted = (await self._endpoint(resolved), timeouts_of(resolved.settings))
            if self._client is None or wanted != self._opened_for:
                # A client of other settings is closed at the end: a job may be using it.
                self._client = await self._clients.enter_async_context(open_client(*wanted))
                self._opened_for = wanted
            return self._client

    async def close(self) -> None:
        """Close every connection, and end the embedded model's process."""
        async with self._opening:
            await self._clients.aclose()
            self._client = None
            if self._local is not None:
                await asyncio.to_thread(self._local.stop)

    async def _endpoint(self, resolved: Resolved) -> Endpoint:
        if not is_embedded(resolved.settings):
            return endpoint_of(await self._keyring.completed(resolved))
        local = await self._embedded(resolved.settings.model)
        return Endpoint(account_id=local.account_id, token=local.token, base_url=local.base_url)

    async def _embedded(self, model_id: str) -> LocalEndpoint:
        """The embedded model's process, which ends by itself after a while without requests.

        Never downloads: nobody who runs a code action expects half a gigabyte.
        """
        from workers_ai_local import MODELS, require_model_file, start_local

        if self._local is not None and self._local.running and self._local_id == model_id:
            return self._local
        model = next((each for each in MODELS if each.id == model_id), None)
        if model is None:
            known = " or ".join(each.id for each in MODELS)
            raise Failure(f"{model_id} is no local model; set workersAI.model to {known}.")
        file = await asyncio.to_thread(require_model_file, model)
        if self._local is not None:
            await asyncio.to_thread(self._local.stop)
        self._local = await asyncio.to_thread(start_local, file, aliases=(model_id,))
        self._local_id = model_id
        return self._local


class FromKeyring:
    """Completes settings that lack a credential, and asks the system's keyring once per origin.

    It asks again when the user's file has changed, for `login` and `logout` change both.
    """

    def __init__(self) -> None:
        self._found: dict[str, Stored | None] = {}
        self._changed_at: int | None = None

    async def completed(self, resolved: Resolved) -> Resolved:
        """Add what the keyring holds. Raises `KeyringFailure` where it is needed and fails."""
        origin = wanted_from_keyring(resolved)
        if not origin:
            return resolved
        changed_at = _changed_at(resolved.user_file)
        if changed_at != self._changed_at:
            self._found.clear()
            self._changed_at = changed_at
        if origin not in self._found:
            self._found[origin] = await _stored(origin)
        return with_stored(resolved, self._found[origin])


async def _stored(origin: str) -> Stored | None:
    try:
        return await stored_soon(origin)
    except NoKeyring:
        return None
    except KeyringFailure:
        # A server on this machine seldom asks for a key, and then says so by itself.
        if is_loopback_host(urlsplit(origin).hostname or ""):
            return None
        raise


def _changed_at(file: Path) -> int | None:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return None
