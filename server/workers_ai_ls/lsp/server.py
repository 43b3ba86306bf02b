"""The language server: its state, and the features that make it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from workers_ai_ls import __version__
from workers_ai_ls.jobs import Board

from . import code_actions, commands, following, lifecycle
from .client import Client
from .configuration import Configuration
from .documents import Documents
from .editor import LspEditor
from .indexes import Indexes
from .protocol import Protocol, quick_converter
from .services import services_for

if TYPE_CHECKING:
    from pathlib import Path

    from workers_ai_ls.context import Diagnostic


class Server(LanguageServer):
    """One editor's server."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__(
            "workers-ai-ls",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=Protocol,
            converter_factory=quick_converter,
        )
        self.client = Client()
        self.documents = Documents()
        self.roots: list[Path] = []
        self.diagnostics: dict[str, tuple[Diagnostic, ...]] = {}
        """What the editor last said about each document, with its request for code actions."""
        self.editor = LspEditor(self)
        self.configuration = Configuration(self)
        self.indexes = Indexes(self)
        self.services = services_for(self)
        self.board = Board(self.services)

    def report_server_error(self, error: Exception, source: object) -> None:
        """Leave errors of the protocol in the log: no user can act on them."""


def create_server() -> Server:
    """Make a server with all of its features."""
    server = Server()
    lifecycle.register(server)
    following.register(server)
    code_actions.register(server)
    commands.register(server)
    return server
