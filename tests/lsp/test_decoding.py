"""What editors send beside the specification costs no more than itself."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from typing import Any

import pytest
from cattrs.errors import BaseValidationError
from lsprotocol import types
from pygls.protocol import default_converter

from workers_ai_ls import lsp
from workers_ai_ls.lsp.decoding import decode

CONVERTER = default_converter()  # type: ignore[no-untyped-call]
MODULES = [found.name for found in pkgutil.iter_modules(lsp.__path__, "workers_ai_ls.lsp.")]


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_in_docstrings_hold(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0


def code_action(**context: Any) -> dict[str, Any]:
    at = {"line": 0, "character": 0}
    where = {"start": at, "end": at}
    return {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "textDocument/codeAction",
        "params": {
            "textDocument": {"uri": "file:///a.py"},
            "range": where,
            "context": {"diagnostics": [], **context},
        },
    }


def test_an_unknown_value_is_left_out() -> None:
    message = code_action(triggerKind=9, only=["quickfix", "of.mine"])
    params = decode(CONVERTER, message, types.CodeActionRequest).params
    assert params.context.trigger_kind is None
    assert list(params.context.only) == ["quickfix", "of.mine"]


def test_an_ill_formed_diagnostic_spares_the_others() -> None:
    at = {"line": 0, "character": 0}
    good = {"range": {"start": at, "end": at}, "message": "good"}
    bad = [{"message": "without a place"}, {**good, "range": {"start": at}}, 7]
    odd = {**good, "severity": 99, "tags": [1, 77], "message": "odd"}
    message = code_action(diagnostics=[bad[0], good, bad[1], odd, bad[2]])
    params = decode(CONVERTER, message, types.CodeActionRequest).params
    assert [each.message for each in params.context.diagnostics] == ["good", "odd"]
    assert params.context.diagnostics[1].severity is None
    assert list(params.context.diagnostics[1].tags) == [types.DiagnosticTag.Unnecessary]


@pytest.mark.parametrize("params", [None, [], 5, {}, {"textDocument": {}}])
def test_what_lacks_the_necessary_is_not_decoded(params: object) -> None:
    message = {**code_action(), "params": params}
    with pytest.raises(BaseValidationError):
        decode(CONVERTER, message, types.CodeActionRequest)


def test_where_every_member_counts_nothing_is_left_out() -> None:
    at = {"line": 0, "character": 0}
    ill = {"start": at, "end": {"line": 0, "character": -1}}
    params = {
        "textDocument": {"uri": "file:///a.py", "version": 2},
        "contentChanges": [{"range": ill, "text": "x"}],
    }
    message = {"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params}
    with pytest.raises(BaseValidationError):
        decode(CONVERTER, message, types.DidChangeTextDocumentNotification, lenient=False)
    assert params["contentChanges"][0]["range"] == ill  # type: ignore[index] # it is the list above
