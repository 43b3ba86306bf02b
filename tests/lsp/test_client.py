"""Recorded capabilities become plain values, once."""

from __future__ import annotations

from typing import Any

import pytest
from lsprotocol import types
from pytest_lsp import client_capabilities

from workers_ai_ls.lsp.client import client_of


def params_of(
    capabilities: types.ClientCapabilities, name: str | None, options: Any = None
) -> types.InitializeParams:
    return types.InitializeParams(
        capabilities=capabilities,
        client_info=types.ClientInfo(name) if name else None,
        initialization_options=options,
    )


@pytest.mark.parametrize(
    ("recorded", "name", "expected"),
    [
        (
            "visual-studio-code",
            "Visual Studio Code",
            {
                "document_changes": True,
                "creates_files": True,
                "deletes_files": True,
                "asks_before_applying": True,
                "shows_documents": True,
                "work_done_progress": True,
                "configuration": True,
                "registers_configuration": True,
            },
        ),
        (
            "neovim",
            "Neovim",
            {
                "document_changes": True,
                "asks_before_applying": False,
                "shows_documents": True,
                "work_done_progress": True,
                "asks_questions": True,
            },
        ),
        (
            "emacs",
            "Eglot",
            {"document_changes": True, "asks_before_applying": False, "asks_questions": False},
        ),
    ],
)
def test_recorded_editors(recorded: str, name: str, expected: dict[str, bool]) -> None:
    client = client_of(params_of(client_capabilities(recorded), name))
    assert {key: getattr(client, key) for key in expected} == expected
    assert client.encoding == "utf-16"


def test_an_editor_that_says_nothing_can_nothing() -> None:
    client = client_of(params_of(types.ClientCapabilities(), None))
    assert not client.document_changes
    assert not client.shows_documents
    assert not client.work_done_progress
    assert not client.streams_answers
    assert client.name == ""


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (None, "utf-16"),
        ([], "utf-16"),
        (["utf-8", "utf-32", "utf-16"], "utf-16"),
        (["utf-8", "utf-32"], "utf-8"),
        (["utf-32", "utf-8"], "utf-32"),
    ],
)
def test_the_encoding(offered: list[Any] | None, chosen: str) -> None:
    general = types.GeneralClientCapabilities(position_encodings=offered)
    client = client_of(params_of(types.ClientCapabilities(general=general), "x"))
    assert client.encoding == chosen


@pytest.mark.parametrize(
    ("options", "streams"),
    [
        ({"streamAnswers": True}, True),
        ({"streamAnswers": False}, False),
        ([], False),
        (None, False),
    ],
)
def test_a_thin_client_opts_in(options: object, *, streams: bool) -> None:
    client = client_of(params_of(types.ClientCapabilities(), "x", options))
    assert client.streams_answers is streams
