"""Which settings hold for a document: pulled from the editor, pushed by it, and read from files."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

import attrs
from lsprotocol import types

from workers_ai_ls.settings import Resolved, read_options, resolve
from workers_ai_ls.workspace import path_of

from .asking import ask

if TYPE_CHECKING:
    from pathlib import Path

    from .server import Server

_SECTION = "workersAI"

_PULLED_S = 2.0
"""How long a job waits for an editor that was asked for its settings."""

OWN_OPTIONS = ("streamAnswers", "showEdits", "showModel", "changesFirst", "untrusted")
"""Initialization options that are no settings: they say what the editor's own setup can do."""


@attrs.define
class Configuration:
    """The settings of each workspace folder."""

    _server: Server
    _initial: object = None
    _pushed: object = None
    _pulled: dict[Path | None, object] = attrs.field(factory=dict)
    _resolved: dict[Path | None, Resolved] = attrs.field(factory=dict)
    _told: set[str] = attrs.field(factory=set)
    _pulling: int = 0
    _settled: asyncio.Event = attrs.field(factory=asyncio.Event)

    def begin(self, options: Any) -> None:
        """Take the initialization options in."""
        if isinstance(options, dict):
            options = {key: value for key, value in options.items() if key not in OWN_OPTIONS}
        self._initial = options

    async def follow(self) -> None:
        """Pull the settings, and ask to be told when they change."""
        await self.pull()
        if self._server.client.registers_configuration:
            registration = types.Registration(
                id="workers-ai-configuration",
                method=types.WORKSPACE_DID_CHANGE_CONFIGURATION,
                register_options=types.DidChangeConfigurationRegistrationOptions(section=_SECTION),
            )
            params = types.RegistrationParams([registration])
            await ask(self._server.protocol, types.CLIENT_REGISTER_CAPABILITY, params)

    async def changed(self, settings: object) -> None:
        """Take in what the editor pushed; `null` is its way to say that there is news to pull."""
        self._pushed = settings
        self._resolved.clear()
        await self.pull()

    def resolved(self, uri: str) -> Resolved:
        """The settings for a document, as last read: cheap enough for every cursor move."""
        root = self._root(uri)
        return self._resolved.get(root) or self.refreshed(uri)

    def refreshed(self, uri: str) -> Resolved:
        """The settings for a document, with the files read again; what is wrong is told once."""
        root = self._root(uri)
        options = read_options(
            workspace_root=None if self._server.client.untrusted else root,
            lsp=[self._initial, self._pushed, self._pulled.get(root)],
        )
        resolved = self._resolved[root] = resolve(options)
        self._show_model(uri)
        for problem in resolved.problems:
            if problem not in self._told:
                self._told.add(problem)
                self._server.editor.tell("warning", f"workers-ai-ls: {problem}")
        return resolved

    async def pull(self) -> None:
        """Ask an editor that can tell for the settings of each folder."""
        self._pulling += 1
        self._settled.clear()
        try:
            await self._pull()
        finally:
            self._pulling -= 1
            if not self._pulling:
                self._settled.set()
        self._show_model("")

    async def settled(self) -> None:
        """Wait for settings that are under way: an extension runs its first command at once."""
        if self._pulling:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_PULLED_S):
                    await self._settled.wait()

    async def _pull(self) -> None:
        if not self._server.client.configuration:
            return
        roots: list[Path | None] = [*self._server.roots] or [None]
        items = [
            types.ConfigurationItem(scope_uri=root.as_uri() if root else None, section=_SECTION)
            for root in roots
        ]
        params = types.ConfigurationParams(items)
        answer = await ask(self._server.protocol, types.WORKSPACE_CONFIGURATION, params)
        if isinstance(answer, list | tuple) and len(answer) == len(roots):
            self._pulled = dict(zip(roots, answer, strict=True))
            self._resolved.clear()

    def _show_model(self, uri: str) -> None:
        """Show which model is asked about a document."""
        if self._server.client.shows_model:
            settings = self.resolved(uri).settings
            self._server.editor.show_model(self._server.services.successors.now(settings))

    def _root(self, uri: str) -> Path | None:
        path = path_of(uri)
        roots = self._server.roots
        inside = [root for root in roots if path is not None and path.is_relative_to(root)]
        return max(inside, key=lambda root: len(root.parts), default=roots[0] if roots else None)
