"""The index of the workspace, as jobs use it: it knows open documents, and hears of changed files."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from tests.lsp_editor import lsp_editor
from tests.scripted_endpoint import ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from pathlib import Path

    from tests.lsp_editor import LspEditor

SHOP = "from money import plus\n\n\ndef total(prices):\n    ┃return plus(*prices)\n"
MONEY = 'def plus(*amounts):\n    """The sum of amounts."""\n    return sum(amounts)\n'


def written(editor: LspEditor, name: str, text: str) -> Path:
    """Write a file of the workspace behind the editor's back."""
    path = editor.folder / name
    path.write_text(text)
    return path


async def prompt_of(editor: LspEditor, endpoint: ScriptedEndpoint, number: int) -> str:
    """The prompt of the next explanation."""
    await editor.choose("AI: Explain")
    await editor.until(lambda: len(editor.ends) >= number)
    return str(endpoint.requests[-1].body["messages"][-1]["content"])


async def shows(editor: LspEditor, endpoint: ScriptedEndpoint, text: str) -> None:
    """Explain until the prompt shows a text: an index hears of a change a moment later."""
    async with asyncio.timeout(20):
        number = len(editor.ends) + 1
        while text not in await prompt_of(editor, endpoint, number):
            number += 1


async def test_the_first_prompt_in_a_fresh_workspace_shows_what_other_files_define(
    tmp_path: Path,
) -> None:
    async with (
        ScriptedEndpoint(native_stream("x")) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        written(editor, "money.py", MONEY)
        editor.open("shop.py", SHOP)
        prompt = await prompt_of(editor, endpoint, 1)
        assert "# money.py" in prompt
        assert "def plus(*amounts):" in prompt


async def test_an_open_document_wins_over_the_disk_until_it_is_closed(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream("x")) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        money = editor.open("money.py", MONEY)
        uri = editor.open("shop.py", SHOP)
        editor.type(money, "*amounts", "first, *amounts")
        editor.current = uri
        await shows(editor, endpoint, "def plus(first, *amounts):")
        editor.close(money)
        await shows(editor, endpoint, "def plus(*amounts):")


async def test_saving_an_ignore_file_takes_what_it_names_out_of_prompts(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream("x")) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        # Who calls something is known once the whole workspace has been read.
        written(
            editor, "bill.py", "from shop import total\n\n\ndef bill():\n    return total([1])\n"
        )
        ignore = editor.open(".workers-ai-ignore", "# nothing yet\n", "plaintext")
        editor.open("shop.py", SHOP)
        await shows(editor, endpoint, "return total([1])")
        written(editor, ".workers-ai-ignore", "bill.py\n")
        saved = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(ignore))
        editor.client.text_document_did_save(saved)
        async with asyncio.timeout(20):
            number = len(editor.ends) + 1
            while "total([1])" in await prompt_of(editor, endpoint, number):
                number += 1
