"""Changes that came in any order are applied in theirs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from workers_ai_ls.lsp import ordering as module
from workers_ai_ls.lsp.documents import Documents

if TYPE_CHECKING:
    import pytest

URI = "file:///a.py"
TYPED = "import sys  # 🦄"


def opened() -> Documents:
    documents = Documents()
    documents.open(types.TextDocumentItem(URI, "python", 0, ""))
    return documents


def key(version: int) -> types.DidChangeTextDocumentParams:
    """The change that types the character number `version` of TYPED."""
    at = types.Position(0, len(TYPED[: version - 1].encode("utf-16-le")) // 2)
    change = types.TextDocumentContentChangePartial(types.Range(at, at), TYPED[version - 1])
    document = types.VersionedTextDocumentIdentifier(version=version, uri=URI)
    return types.DidChangeTextDocumentParams(document, [change])


def take(documents: Documents, *versions: int) -> None:
    for version in versions:
        documents.change_in_order(key(version), "utf-16")


def text(documents: Documents) -> str:
    return documents.by_uri[URI].snapshot().text


@given(st.permutations(range(1, len(TYPED) + 1)))
async def test_any_order_gives_the_text_that_was_typed(versions: list[int]) -> None:
    documents = opened()
    take(documents, *versions)
    assert text(documents) == TYPED
    assert documents.by_uri[URI].version == len(TYPED)
    assert not documents.is_out_of_step(URI)


async def test_a_change_waits_for_the_ones_before_it() -> None:
    documents = opened()
    take(documents, 1, 3)
    assert text(documents) == TYPED[:1]
    assert documents.by_uri[URI].version == 1
    take(documents, 2)
    assert text(documents) == TYPED[:3]


async def test_a_version_that_was_never_sent_is_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_LATE_S", 0.01)
    documents = opened()
    take(documents, 1, 3, 4)
    assert await documents.changed(URI, 5)
    assert documents.by_uri[URI].version == 4
    assert not documents.is_out_of_step(URI)


async def test_a_change_that_is_too_late_leaves_the_document_out_of_step_until_it_is_opened_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_LATE_S", 0.0)
    documents = opened()
    take(documents, 2)
    await asyncio.sleep(0.01)
    take(documents, 1)
    assert documents.is_out_of_step(URI)
    documents.close(URI)
    documents.open(types.TextDocumentItem(URI, "python", 0, ""))
    assert not documents.is_out_of_step(URI)


async def test_what_waits_for_a_closed_document_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_LATE_S", 0.0)
    documents = opened()
    take(documents, 2)
    documents.close(URI)
    documents.open(types.TextDocumentItem(URI, "python", 0, "x"))
    await asyncio.sleep(0.01)
    assert text(documents) == "x"
