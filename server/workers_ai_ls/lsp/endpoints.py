"""The client of the endpoint that the settings name, opened once; also of the embedded model."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from workers_ai_ls.errors import Failure
from workers_ai_ls.settings import DEFAULT_BASE_URL, credentials
from workers_ai_ls.workers_ai import Endpoint, Timeouts, open_client

if TYPE_CHECKING:
    from workers_ai_local import LocalEndpoint
    from workers_ai_ls.settings import Resolved, Settings
    from workers_ai_ls.workers_ai import Client

_LOCAL = "@local/"


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

    async def client(self, resolved: Resolved) -> Client:
        """The client for these settings. Raises Failure when they name no usable endpoint."""
        settings = resolved.settings
        async with self._opening:
            wanted = (await self._endpoint(resolved), _timeouts(settings))
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
        settings = resolved.settings
        if settings.model.startswith(_LOCAL) and settings.base_url == DEFAULT_BASE_URL:
            local = await self._embedded(settings.model)
            return Endpoint(account_id=local.account_id, token=local.token, base_url=local.base_url)
        known = credentials(resolved)
        return Endpoint(account_id=known.account_id, token=known.token, base_url=settings.base_url)

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


def _timeouts(settings: Settings) -> Timeouts:
    return Timeouts(
        connect=settings.timeouts.connect,
        first_token=settings.timeouts.first_token,
        between_tokens=settings.timeouts.between_tokens,
    )
