"""The open documents: waiting for a change, and for a pause in the typing."""

from __future__ import annotations

import asyncio
import time

import pytest
from lsprotocol import types

from workers_ai_ls.lsp import documents as module
from workers_ai_ls.lsp.documents import Documents

URI = "file:///a.py"


def opened() -> Documents:
    documents = Documents()
    documents.open(types.TextDocumentItem(URI, "python", 1, "x\n"))
    return documents


def type_something(documents: Documents, version: int) -> None:
    change = types.TextDocumentContentChangeWholeDocument(f"x{version}\n")
    document = types.VersionedTextDocumentIdentifier(version=version, uri=URI)
    documents.change(types.DidChangeTextDocumentParams(document, [change]), "utf-16")


async def test_there_is_nothing_to_wait_for_while_nobody_types() -> None:
    async with asyncio.timeout(0.1):
        await opened().pause(URI)


async def test_a_pause_begins_with_the_last_change() -> None:
    documents = opened()
    type_something(documents, 2)
    begun = time.monotonic()
    asyncio.get_running_loop().call_later(0.1, type_something, documents, 3)
    async with asyncio.timeout(5):
        await documents.pause(URI)
    assert time.monotonic() - begun >= 0.1 + module._PAUSE_S - 0.01


async def test_somebody_who_never_stops_is_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_LONGEST_S", 0.5)
    documents = opened()
    versions = iter(range(2, 1000))
    type_something(documents, next(versions))

    async def type_on() -> None:
        while True:
            type_something(documents, next(versions))
            await asyncio.sleep(0.02)

    typing = asyncio.create_task(type_on())
    try:
        async with asyncio.timeout(5):
            await documents.pause(URI)
    finally:
        typing.cancel()
    assert next(versions) > 5


async def test_a_wait_for_a_change_ends_with_it_or_with_the_time() -> None:
    documents = opened()
    assert await documents.changed(URI, 0.01) is False
    asyncio.get_running_loop().call_soon(type_something, documents, 2)
    assert await documents.changed(URI, 5) is True


async def test_a_cancel_that_comes_with_a_change_is_not_lost() -> None:
    documents = opened()
    waiting = asyncio.create_task(documents.changed(URI, 5))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    type_something(documents, 2)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
