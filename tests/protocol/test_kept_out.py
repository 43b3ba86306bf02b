"""An action in a file that is kept out ends with the reason, before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.lsp_editor import lsp_editor
from tests.scripted_endpoint import ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from pathlib import Path

CODE = "def half(x):\n    ┃y = x / 2\n    return y\n"
GOOD = native_stream("```python\ndef half(x):\n    return x / 2\n```")


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        (".env.py", None, ".env.py is a file of secret settings, so nothing of it is ever sent"),
        ("made/half.py", None, "half.py is ignored by this project, so nothing of it is sent"),
        ("half.py", {"context": {"exclude": ["half.*"]}}, "half.py is kept out by the setting"),
    ],
)
@pytest.mark.parametrize("title", ["AI: Explain", "AI: Refactor", "AI: Write tests"])
async def test_the_reason_is_told_and_nothing_is_sent(
    tmp_path: Path, name: str, options: Any, told: str, title: str
) -> None:
    async with (
        ScriptedEndpoint(GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint, options=options) as editor,
    ):
        (editor.folder / ".gitignore").write_text("made/\n")
        uri = editor.open(name, CODE)
        await editor.choose(title)
        assert await editor.ended() == "failed"
        await editor.until(lambda: editor.messages, "the reason")
        (message,) = editor.messages
        assert message.startswith(f"{title}: {told}")
        assert not endpoint.connections
        assert editor.text(uri) == CODE.replace("┃", "")
        assert "AI: Apply anyway" not in await editor.titles()


async def test_tests_are_not_asked_for_where_their_file_is_kept_out(tmp_path: Path) -> None:
    options = {"context": {"exclude": ["test_*.py"]}}
    async with (
        ScriptedEndpoint(GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint, options=options) as editor,
    ):
        editor.open("half.py", CODE)
        await editor.choose("AI: Write tests")
        assert await editor.ended() == "failed"
        await editor.until(lambda: editor.messages, "the reason")
        assert "test_half.py is kept out by the setting" in editor.messages[0]
        assert not endpoint.requests


async def test_what_the_prompt_draws_on_is_checked_each_time(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(GOOD, GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        (editor.folder / "AGENTS.md").write_text("Be brief and precise.\n")
        editor.open("half.py", CODE)
        await editor.choose("AI: Explain")
        await editor.ended()
        (editor.folder / ".workers-ai.toml").write_text('context.exclude = ["AGENTS.md"]\n')
        await editor.choose("AI: Explain")
        await editor.ended(2)
        first, second = (request.raw_body.decode() for request in endpoint.requests)
        assert "Be brief and precise." in first
        assert "Be brief and precise." not in second
