"""The embedded model without an account: the server starts it by itself, and ends it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.lsp_editor import lsp_editor
from tests.workers_ai_local.real_model import real_model

if TYPE_CHECKING:
    from pathlib import Path

LOCAL = {"model": "@local/qwen2.5-coder-0.5b-instruct", "maxTokens": 64}


async def test_a_local_model_answers_without_an_account(tmp_path: Path) -> None:
    environment = {"WORKERS_AI_LOCAL_MODEL": str(real_model().path)}
    async with lsp_editor(tmp_path, environment=environment, options=LOCAL) as editor:
        editor.open("half.py", "def half(x):\n    return ┃x / 2\n")
        await editor.choose("AI: Explain")
        await editor.until(lambda: editor.ends or editor.messages, within=60)

        assert not editor.messages
        (shown,) = editor.client.shown_documents
        assert "half" in editor.text(shown.uri)


async def test_the_second_action_in_a_document_finds_the_prompts_beginning_in_the_cache(
    tmp_path: Path,
) -> None:
    environment = {"WORKERS_AI_LOCAL_MODEL": str(real_model().path)}
    text = "import math\n\n\ndef half(x):\n    return ┃x / 2\n\n\ndef floor(x):\n    return math.floor(x)\n"
    async with lsp_editor(tmp_path, environment=environment, options=LOCAL) as editor:
        uri = editor.open("half.py", text)
        await editor.choose("AI: Explain")
        await editor.until(lambda: editor.ends or editor.messages, within=60)
        at = editor.text(uri).index("return math")
        editor.select(uri, at, at)
        await editor.choose("AI: Explain")
        await editor.until(lambda: len(editor.ends) > 1 or editor.messages, within=60)

        assert not editor.messages
        # An embedded model has no price, so no neurons are claimed.
        cost = re.compile(r"done in [\d.]+ s, (\d+) tokens in \((\d+) cached\), \d+ out")
        found = cost.fullmatch(editor.ends[-1].message or "")
        assert found, editor.ends[-1].message
        read, cached = map(int, found.groups())
        # The instructions and the file's name and imports, at least.
        assert read > cached > 50


async def test_without_the_model_file_the_message_says_how_to_get_it(tmp_path: Path) -> None:
    async with lsp_editor(tmp_path, options=LOCAL) as editor:
        editor.open("half.py", "def half(x):\n    return ┃x / 2\n")
        await editor.choose("AI: Explain")
        assert await editor.ended() == "failed"
        await editor.until(lambda: editor.messages, "a message")
        (message,) = editor.messages
        assert "workers-ai-ls demo" in message


async def test_a_local_model_that_there_is_not_is_never_replaced_by_another(
    tmp_path: Path,
) -> None:
    environment = {"WORKERS_AI_LOCAL_MODEL": str(real_model().path)}
    options = {"model": "@local/qwen2.5-coder-7b"}
    async with lsp_editor(tmp_path, environment=environment, options=options) as editor:
        editor.open("half.py", "def half(x):\n    return ┃x / 2\n")
        await editor.choose("AI: Explain")
        assert await editor.ended() == "failed"
        await editor.until(lambda: editor.messages, "a message")
        (message,) = editor.messages
        assert "@local/qwen2.5-coder-7b is no local model" in message
        assert "@local/qwen2.5-coder-0.5b-instruct" in message
