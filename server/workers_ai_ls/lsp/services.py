"""Gives jobs what they work with: the editor, settings, the endpoint's client, the journal."""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING

from workers_ai_ls.jobs import Services
from workers_ai_ls.workspace import answers_dir

if TYPE_CHECKING:
    from workers_ai_ls.journal import Journal
    from workers_ai_ls.settings import JournalBounds, Resolved
    from workers_ai_ls.workers_ai import Client

    from .endpoints import Endpoints
    from .server import Server


def services_for(server: Server) -> Services:
    """What the jobs of this server work with."""
    shelf = Shelf(server)

    @functools.cache
    def endpoints() -> Endpoints:
        from .endpoints import Endpoints
        from .memory import return_large_blocks

        # Here the first job begins, and nothing before it needs much.
        return_large_blocks()
        return Endpoints()

    async def client(resolved: Resolved) -> Client:
        return await endpoints().client(resolved)

    async def settings(uri: str) -> Resolved:
        await server.configuration.settled()
        return server.configuration.refreshed(uri)

    async def close() -> None:
        await server.indexes.close()
        await endpoints().close()
        await shelf.close()

    return Services(
        editor=server.editor,
        settings=settings,
        client=client,
        journal=shelf.journal,
        close=close,
        answers=answers_dir(),
        index=server.indexes.at,
    )


class Shelf:
    """The journal, opened at its first use."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._journal: Journal | None = None
        self._opening = asyncio.Lock()

    async def journal(self) -> Journal:
        """The open journal; what is wrong with its disk is told once."""
        async with self._opening:
            if self._journal is None:
                bounds = self._server.configuration.resolved("").settings.journal
                self._journal = await asyncio.to_thread(_open, bounds)
            if problem := self._journal.take_problem():
                self._server.editor.tell("warning", problem)
            return self._journal

    async def close(self) -> None:
        """Close the journal."""
        async with self._opening:
            if self._journal is not None:
                await asyncio.to_thread(self._journal.close)
                self._journal = None


def _open(bounds: JournalBounds) -> Journal:
    from workers_ai_ls.journal import open_journal

    journal = open_journal(keep_prompts=bounds.keep_prompts)
    journal.prune(bounds.days, bounds.megabytes)
    return journal
