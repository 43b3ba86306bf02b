"""pygls's protocol, corrected where real editors break it.

Every correction has a regression test in `tests/protocol/test_pygls_traps.py`; when pygls mends
one, its test still passes without the override, which can then go.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
from typing import TYPE_CHECKING, Any

from cattrs import Converter
from lsprotocol import converters, types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams, JsonRpcInvalidRequest
from pygls.protocol import LanguageServerProtocol, default_converter, lsp_method
from pygls.protocol.json_rpc import (
    JsonRPCNotification,
    JsonRPCRequestMessage,
    JsonRPCResponseMessage,
)

from .decoding import Undecodable, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from concurrent.futures import Future

logger = logging.getLogger(__name__)

_EXACT = (types.TEXT_DOCUMENT_DID_CHANGE,)
"""Read as a whole or not at all: a change that lost its range would replace the whole text."""

_UNTYPED = (JsonRPCRequestMessage, JsonRPCResponseMessage, JsonRPCNotification)
"""Kinds of messages that only pygls's own converter knows."""

_ILL_FORMED = types.ResponseError(
    code=types.ErrorCodes.InvalidRequest, message="The editor's reply could not be read."
)


def quick_converter() -> Converter:
    """A converter that needs 13 ms for an `initialize` instead of 20, and does not say what is wrong."""
    return converters.get_converter(Converter(detailed_validation=False))


@functools.cache
def _detailed_converter() -> Converter:
    converter: Converter = default_converter()  # type: ignore[no-untyped-call]
    return converter


class Protocol(LanguageServerProtocol):
    """LSP over JSON-RPC, as the editors of this world speak it."""

    _ending: asyncio.Event | None = None
    """Set when `shutdown`, if it was asked for, is through."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Decode leniently, and never let a message vanish: a request gets a reply, come what may."""
        if "jsonrpc" not in data:
            return data
        method = data.get("method")
        try:
            kind = self._type_of(data)
            if kind not in _UNTYPED:
                with contextlib.suppress(Exception):
                    return self._converter.structure(data, kind)
            return decode(_detailed_converter(), data, kind, lenient=method not in _EXACT)
        except Exception:
            logger.exception("Unable to decode %s", method or "a reply")
        if "method" in data:
            return Undecodable(data.get("id"), str(method), data.get("params"))
        return types.ResponseErrorMessage(id=data.get("id"), error=_ILL_FORMED)

    def _type_of(self, data: dict[str, Any]) -> type[Any]:
        if "method" in data:
            known = self.get_message_type(data["method"])
            if known is None:
                data.setdefault("params", None)
            return known or (JsonRPCRequestMessage if "id" in data else JsonRPCNotification)
        kind = self._result_types.pop(data["id"], None)
        if data.get("error") is not None:
            return types.ResponseErrorMessage
        # Some libraries send `"error": null` beside a result.
        data.pop("error", None)
        return kind or JsonRPCResponseMessage

    def handle_message(self, message: Any) -> None:
        """Handle one message; a request that can't be handled is answered with an error."""
        match message:
            case Undecodable(id=None, method=types.TEXT_DOCUMENT_DID_CHANGE):
                self._lose(message.params)
            case Undecodable(id=number, method=method):
                reason = f"The parameters of {method} could not be read."
                self._refuse(number, JsonRpcInvalidParams(reason))
            case {"method": _, "id": number}:
                self._refuse(number, JsonRpcInvalidRequest("This is no message of JSON-RPC 2.0."))
            case dict() | list() | str() | int() | float() | None:
                logger.warning("Ignored what is no message of JSON-RPC 2.0")
            case _ if self._shutdown and hasattr(message, "method") and hasattr(message, "id"):
                self._refuse(message.id, JsonRpcInvalidRequest("The server is shutting down."))
            case _:
                super().handle_message(message)

    def _refuse(self, number: str | int | None, reason: JsonRpcException) -> None:
        if number is not None:
            self._send_response(number, error=reason.to_response_error())

    def _lose(self, params: Any) -> None:
        """Close a document whose text is no longer known, so that no edit goes astray in it."""
        match params:
            case {"textDocument": {"uri": str(uri)}}:
                closed = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
                self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE](closed)

    def _execute_handler(
        self,
        msg_id: str | int,
        handler: Callable[..., Any],
        callback: Callable[[Future[Any]], None],
        args: tuple[Any, ...] | None = None,
        kwargs: dict[str, Any] | None = None,
    ) -> None:
        """Forget the future when it is done: pygls keeps one for every notification."""

        def finished(future: Future[Any]) -> None:
            self._request_futures.pop(msg_id, None)
            # What shutting down cancels has nobody left to tell.
            with contextlib.suppress(asyncio.CancelledError):
                callback(future)

        super()._execute_handler(msg_id, handler, finished, args, kwargs)

    def _handle_response(
        self, msg_id: str | int, result: Any = None, error: types.ResponseError | None = None
    ) -> None:
        """Ignore the reply to a request that nobody awaits any more."""
        future = self._request_futures.get(msg_id)
        if future is not None and future.done():
            del self._request_futures[msg_id]
            return
        super()._handle_response(msg_id, result, error)

    def _send_response(
        self, msg_id: str | int, result: Any = None, error: types.ResponseError | None = None
    ) -> None:
        """Send a reply; tracebacks stay in our own log."""
        if error is not None:
            error = types.ResponseError(code=error.code, message=error.message)
        super()._send_response(msg_id, result, error)

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(
        self, params: types.InitializeParams
    ) -> Generator[Any, Any, types.InitializeResult]:
        """Choose UTF-16 whenever the client can: some (Eglot 1.17) mix up what they prefer."""
        general = params.capabilities.general
        if general and general.position_encodings:
            general.position_encodings = sorted(
                general.position_encodings, key=lambda encoding: encoding != "utf-16"
            )
        return (yield from super().lsp_initialize(params))

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *args: Any) -> Generator[Any, Any, None]:
        """Shut down while requests are under way, whose end changes the table that pygls walks."""
        self._ending = asyncio.Event()
        current = self.msg_id
        under_way = [each for key, each in self._request_futures.items() if key != current]
        handler = self.fm.features.get(types.SHUTDOWN)
        if handler is not None:
            yield handler, args, None
        for future in under_way:
            future.cancel()
        self._shutdown = True
        self._ending.set()

    @lsp_method(types.EXIT)
    def lsp_exit(self, *args: Any) -> Generator[Any, Any, None]:
        """Exit once `shutdown` is through: some editors do not wait for its reply."""
        if self._ending is not None:
            yield self._ending.wait, (), None
        yield from super().lsp_exit(*args)

    # Our own store keeps the documents (documents.py): pygls's copies the whole text for each
    # keystroke. These hand over to the server's features and touch nothing else.

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Hand the opened document to our own store."""
        self.fm.features[types.TEXT_DOCUMENT_DID_OPEN](params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Hand the changes to our own store."""
        self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE](params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Hand the closed document to our own store."""
        self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE](params)

    @lsp_method(types.WINDOW_WORK_DONE_PROGRESS_CANCEL)
    def lsp_work_done_progress_cancel(self, params: types.WorkDoneProgressCancelParams) -> None:
        """Hand the cancellation to the jobs, which know their tokens."""
        self.fm.features[types.WINDOW_WORK_DONE_PROGRESS_CANCEL](params)
