"""From `initialize` to `exit`, and the notifications that keep the settings current."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from workers_ai_ls.workspace import path_of

from .client import client_of
from .noting_run import note_start

if TYPE_CHECKING:
    from .server import Server


def register(server: Server) -> None:
    """Register the handlers."""

    @server.feature(types.INITIALIZE)
    def _initialize(params: types.InitializeParams) -> None:
        server.client = client_of(params)
        folders = [folder.uri for folder in params.workspace_folders or ()]
        uris = folders or [uri for uri in (params.root_uri,) if uri]
        server.roots = [path for path in map(path_of, uris) if path]
        server.configuration.begin(params.initialization_options)

    @server.feature(types.INITIALIZED)
    async def _initialized(_: types.InitializedParams) -> None:
        await server.configuration.follow()
        await note_start(server)
        await server.indexes.follow()

    @server.feature(types.SHUTDOWN)
    async def _shutdown(*_: object) -> None:
        await server.board.shut_down()
        await server.services.close()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def _did_change_configuration(params: types.DidChangeConfigurationParams) -> None:
        await server.configuration.changed(params.settings)

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    async def _did_change_folders(params: types.DidChangeWorkspaceFoldersParams) -> None:
        gone = {path_of(folder.uri) for folder in params.event.removed}
        new = [path_of(folder.uri) for folder in params.event.added]
        server.roots = [root for root in server.roots if root not in gone]
        server.roots += [path for path in new if path and path not in server.roots]
        await server.configuration.pull()
        await server.indexes.folders_changed()

    @server.feature(types.WINDOW_WORK_DONE_PROGRESS_CANCEL)
    def _cancel_progress(params: types.WorkDoneProgressCancelParams) -> None:
        server.board.cancel(params.token)
