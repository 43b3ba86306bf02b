"""The notifications that keep documents and files current."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from .server import Server


def register(server: Server) -> None:
    """Register the handlers."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def _did_open(params: types.DidOpenTextDocumentParams) -> None:
        server.documents.open(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def _did_change(params: types.DidChangeTextDocumentParams) -> None:
        documents, client = server.documents, server.client
        change = documents.change_in_order if client.disorders_changes else documents.change
        change(params, client.encoding)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def _did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.board.close(params.text_document.uri)
        server.documents.close(params.text_document.uri)
        server.diagnostics.pop(params.text_document.uri, None)
        server.indexes.changed([params.text_document.uri])

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def _did_save(params: types.DidSaveTextDocumentParams) -> None:
        server.indexes.changed([params.text_document.uri])

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _did_change_files(params: types.DidChangeWatchedFilesParams) -> None:
        server.indexes.changed(change.uri for change in params.changes)
