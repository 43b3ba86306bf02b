"""Gives jobs what they work with: settings, the client of the endpoint, the journal."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from workers_ai_ls.jobs import Services
from workers_ai_ls.journal import open_journal
from workers_ai_ls.settings import credentials
from workers_ai_ls.workers_ai import Endpoint, Timeouts, open_client

if TYPE_CHECKING:
    from workers_ai_ls.journal import Journal
    from workers_ai_ls.settings import JournalBounds, Resolved
    from workers_ai_ls.workers_ai import Client

    from .server import Server


class Connections:
    """The client of the endpoint that the settings name, and the journal; each opened once."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._client: Client | None = None
        self._opened_for: tuple[Endpoint, Timeouts] | None = None
        self._clients = contextlib.AsyncExitStack()
        self._journal: Journal | None = None
        self._opening = asyncio.Lock()

    async def client(self, resolved: Resolved) -> Client:
        """The client for these settings. Raises Failure when they name no usable endpoint."""
        known = credentials(resolved)
        settings = resolved.settings
        wanted = (
            Endpoint(account_id=known.account_id, token=known.token, base_url=settings.base_url),
            Timeouts(
                connect=settings.timeouts.connect,
                first_token=settings.timeouts.first_token,
                between_tokens=settings.timeouts.between_tokens,
            ),
        )
        async with self._opening:
            if self._client is None or wanted != self._opened_for:
                # A client of other settings is closed at the end: a job may be using it.
                self._client = await self._clients.enter_async_context(open_client(*wanted))
                self._opened_for = wanted
            return self._client

    async def journal(self) -> Journal:
        """The journal, opened at its first use."""
        async with self._opening:
            if self._journal is None:
                bounds = self._server.configuration.resolved("").settings.journal
                self._journal = await asyncio.to_thread(_open_journal, bounds)
            if problem := self._journal.take_problem():
                self._server.editor.tell("warning", problem)
            return self._journal

    async def close(self) -> None:
        """Close both."""
        async with self._opening:
            await self._clients.aclose()
            if self._journal is not None:
                await asyncio.to_thread(self._journal.close)
            self._client = self._journal = None


def _open_journal(bounds: JournalBounds) -> Journal:
    journal = open_journal(keep_prompts=bounds.keep_prompts)
    journal.prune(bounds.days, bounds.megabytes)
    return journal


def services_for(server: Server) -> Services:
    """What the jobs of this server work with."""
    connections = Connections(server)
    return Services(
        editor=server.editor,
        settings=server.configuration.refreshed,
        client=connections.client,
        journal=connections.journal,
        close=connections.close,
        answers=Path(platformdirs.user_cache_dir("workers-ai-language-server", appauthor=False))
        / "answers",
    )
