"""The least that pygls users write: one feature, everything else as the library has it."""

from __future__ import annotations

from lsprotocol import types
from pygls.lsp.server import LanguageServer

server = LanguageServer("minimal", "1")


@server.feature(types.TEXT_DOCUMENT_CODE_ACTION)
def _code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
    """Offer as many actions as the measured server does."""
    where = {"uri": params.text_document.uri, "line": params.range.start.line}
    return [
        types.CodeAction(
            title=title,
            kind=types.CodeActionKind.Refactor,
            command=types.Command(title, f"minimal.{title}", arguments=[where]),
        )
        for title in ("one", "two", "three")
    ]


if __name__ == "__main__":
    server.start_io()
