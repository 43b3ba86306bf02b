"""*AI: Show prompt*: exactly what would be sent, without sending anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.lsp_editor import lsp_editor
from tests.raw_client import EDITS, PROGRESS, raw_client
from tests.redaction import made_up
from tests.scripted_endpoint import HANG, ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from pathlib import Path

CODE = f"import math\n\n\ndef half(x):\n    ┃y = x / 2  # {made_up.GITHUB}\n    return y\n"
GOOD = native_stream("```python\ndef half(x):\n    return x / 2\n```")
SHOWS = {
    **PROGRESS,
    **EDITS,
    "window": {"workDoneProgress": True, "showDocument": {"support": True}},
}


def pages(folder: Path) -> list[str]:
    """What was written to be shown."""
    found = (folder / "home").rglob("answers/prompt-*.md")
    return [path.read_text("utf-8") for path in found]


async def shown(folder: Path, editor: Any) -> str:
    """The page, once it is there."""
    await editor.until(lambda: pages(folder), "the page")
    (page,) = pages(folder)
    return page


async def test_it_shows_every_turn_as_it_is_sent_and_sends_nothing(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint, "visual-studio-code") as editor,
    ):
        editor.open("half.py", CODE)
        await editor.choose("AI: Show prompt")
        page = await shown(tmp_path, editor)
        assert not endpoint.connections
        assert editor.messages == []

        for title, kind in (("AI: Explain", "explain"), ("AI: Refactor", "refactor")):
            assert f"## {title}\n" in page, kind
        assert "## AI: Write tests\n" in page
        assert "## AI: Edit\n" not in page
        assert "- Model: @cf/qwen/qwen2.5-coder-32b-instruct\n" in page
        assert "- Secrets replaced: github token (1)\n" in page
        assert made_up.GITHUB not in page

        await editor.choose("AI: Refactor")
        await editor.ended()
        (request,) = endpoint.requests
        refactor = page[page.index("## AI: Refactor") : page.index("## AI: Write tests")]
        for message in request.body["messages"]:
            assert f"### Sent as {message['role']}\n" in refactor
            assert message["content"].rstrip() in refactor


async def test_it_needs_no_account(tmp_path: Path) -> None:
    async with lsp_editor(tmp_path) as editor:
        editor.open("half.py", CODE)
        await editor.choose("AI: Show prompt")
        assert "## AI: Explain" in await shown(tmp_path, editor)
        assert editor.messages == []


async def test_it_shows_the_edit_that_a_comment_asks_for(tmp_path: Path) -> None:
    async with lsp_editor(tmp_path) as editor:
        editor.open("half.py", "def half(x):\n    # AI: return a ┃float\n    return x\n")
        await editor.choose("AI: Show prompt")
        assert "return a float" in (await shown(tmp_path, editor)).partition("## AI: Edit\n")[2]


@pytest.mark.parametrize(
    "arguments",
    [("half.py", 4, 4, "edit", "be", "brief"), ("half.py", "4", "4", "edit", "be brief")],
)
async def test_one_action_is_named_with_an_instruction(
    tmp_path: Path, arguments: tuple[object, ...]
) -> None:
    async with lsp_editor(tmp_path) as editor:
        editor.open("half.py", CODE)
        await editor.execute("workers-ai.prompt", *arguments)
        page = await shown(tmp_path, editor)
        assert [line for line in page.splitlines() if line.startswith("## ")] == ["## AI: Edit"]
        assert "be brief" in page


async def test_an_unknown_action_is_told(tmp_path: Path) -> None:
    async with lsp_editor(tmp_path) as editor:
        uri = editor.open("half.py", CODE)
        place = {"start": {"line": 4, "character": 0}, "end": {"line": 4, "character": 0}}
        await editor.execute("workers-ai.prompt", {"uri": uri, "range": place, "action": "praise"})
        await editor.execute("workers-ai.prompt", "half.py")
        await editor.until(lambda: len(editor.messages) == 2, "both messages")
        assert all(
            each.startswith("workers-ai.prompt takes path, firstLine, lastLine[, action")
            for each in editor.messages
        )


async def test_where_nothing_can_be_read_there_is_nothing_to_show(tmp_path: Path) -> None:
    async with lsp_editor(tmp_path) as editor:
        editor.open("blank.py", "\n┃\n")
        await editor.execute("workers-ai.prompt", "blank.py", 1, 1)
        await editor.until(lambda: editor.messages, "a message")
        assert editor.messages == [
            "There is no code here; put the cursor into some code and try again."
        ]


async def test_a_file_that_is_kept_out_says_why_in_each_place(tmp_path: Path) -> None:
    async with lsp_editor(tmp_path, options={"context": {"exclude": ["half.py"]}}) as editor:
        editor.open("half.py", CODE)
        await editor.choose("AI: Show prompt")
        page = await shown(tmp_path, editor)
        assert page.count("half.py is kept out by the setting workersAI.context.exclude") == 3
        assert "y = x / 2" not in page


async def test_the_projects_own_words_are_named_and_shown(tmp_path: Path) -> None:
    async with lsp_editor(tmp_path) as editor:
        (tmp_path / "workspace" / "AGENTS.md").write_text("Write tabs, never spaces.\n")
        editor.open("half.py", CODE)
        await editor.choose("AI: Show prompt")
        page = await shown(tmp_path, editor)
        assert "- The project's own words: AGENTS.md\n" in page
        assert "Write tabs, never spaces." in page


async def test_a_thin_client_gets_it_as_an_answer(tmp_path: Path) -> None:
    async with ScriptedEndpoint(HANG) as endpoint, raw_client(tmp_path, endpoint) as client:
        await client.initialize(SHOWS, initializationOptions={"streamAnswers": True})
        client.open("half.py", "def half(x):\n    return x / 2\n")
        await client.execute("workers-ai.prompt", "half.py", 1, 1)
        params = await client.called("$/workers-ai/answer")
        assert (params["token"], params["action"]) == ("workers-ai/prompt", "prompt")
        assert params["text"].startswith("# What would be sent about half.py, line 1\n")
        assert not endpoint.connections
