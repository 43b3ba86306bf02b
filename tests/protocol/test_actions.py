"""The main job over the wire of LSP, with a scripted endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types

from tests.lsp_editor import lsp_editor
from tests.scripted_endpoint import ScriptedEndpoint, native_stream
from workers_ai_ls.workspace import uri_of

if TYPE_CHECKING:
    from pathlib import Path

HALF = "import math\n\n\ndef half(x):\n    ┃if True:\n        return x / 2\n\n\nprint(half(4))\n"
REWRITTEN = "import math\n\n\ndef half(x):\n    return x / 2\n\n\nprint(half(4))\n"
ANSWER = ("```python\ndef half(x):\n", "    return x / 2\n", "```")
EDITORS = ["visual-studio-code", "neovim", "emacs"]


@pytest.mark.parametrize("name", EDITORS)
async def test_refactor_replaces_exactly_the_function_in_one_edit(
    tmp_path: Path, name: str
) -> None:
    async with (
        ScriptedEndpoint(native_stream(*ANSWER)) as endpoint,
        lsp_editor(tmp_path, endpoint, name) as editor,
    ):
        uri = editor.open("half.py", HALF)
        await editor.choose("AI: Refactor")
        assert (await editor.ended()).startswith("done")

        assert editor.text(uri) == REWRITTEN
        assert len(editor.edits) == 1
        assert endpoint.requests[0].body["stream"] is True
        assert endpoint.requests[0].body["max_tokens"] >= 1024
        assert not editor.messages


async def test_explain_shows_markdown_and_changes_nothing(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream("`half` halves ", "its argument.")) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        uri = editor.open("half.py", HALF)
        await editor.choose("AI: Explain")
        await editor.ended()

        (shown,) = editor.client.shown_documents
        assert "`half` halves its argument." in editor.text(shown.uri)
        assert editor.text(uri) == HALF.replace("┃", "")
        assert not editor.edits


async def test_write_tests_creates_the_file_where_the_project_keeps_tests(tmp_path: Path) -> None:
    tests = "```python\nfrom half import half\n\n\ndef test_half():\n    assert half(4) == 2\n```"
    async with (
        ScriptedEndpoint(native_stream(tests)) as endpoint,
        lsp_editor(
            tmp_path, endpoint, "neovim", capabilities=_with_resources("create", "delete")
        ) as editor,
    ):
        (editor.folder / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
        uri = editor.open("half.py", HALF)
        await editor.choose("AI: Write tests")
        await editor.ended()

        created = uri_of(editor.folder / "tests" / "test_half.py")
        assert editor.text(created).startswith("from half import half\n")
        assert editor.text(uri) == HALF.replace("┃", "")

        editor.current = uri
        await editor.choose("AI: Revert")
        await editor.until(lambda: created not in editor.documents, "the file to go")
        assert not (editor.folder / "tests" / "test_half.py").exists()


async def test_write_tests_appends_to_the_existing_file(tmp_path: Path) -> None:
    tests = "```python\nimport pytest\nfrom half import half\n\n\ndef test_two():\n    assert half(2) == 1\n```"
    async with (
        ScriptedEndpoint(native_stream(tests)) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        old = "from half import half\n\n\ndef test_one():\n    assert half(1) == 0.5\n"
        target = editor.folder / "tests" / "test_half.py"
        target.parent.mkdir()
        target.write_text(old)
        editor.open("half.py", HALF)
        await editor.choose("AI: Write tests")
        await editor.ended()

        assert editor.text(uri_of(target)) == (
            "from half import half\nimport pytest\n\n\ndef test_one():\n    assert half(1) == 0.5\n"
            "\n\ndef test_two():\n    assert half(2) == 1\n"
        )


async def test_edit_follows_the_comment_and_removes_it(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(
            native_stream("```python\ndef f(x):\n    return float(x)\n```")
        ) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        uri = editor.open("f.py", "def f(x):\n    # AI: return a ┃float\n    return x\n")
        assert "AI: Edit" in await editor.titles()
        await editor.choose("AI: Edit")
        await editor.ended()

        assert editor.text(uri) == "def f(x):\n    return float(x)\n"
        sent = endpoint.requests[0].body["messages"][-1]["content"]
        assert "return a float" in sent
        assert "# AI:" not in sent


async def test_edit_takes_its_instruction_from_a_key_binding(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(
            native_stream("```python\ndef f(x):\n    return float(x)\n```")
        ) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        uri = editor.open("f.py", "def f(x):\n    return x\n")
        assert (
            await editor.execute("workers-ai.edit", "f.py", "1", "2", "return", "a float") is None
        )
        await editor.ended()

        assert editor.text(uri) == "def f(x):\n    return float(x)\n"
        assert "return a float" in endpoint.requests[0].body["messages"][-1]["content"]


def _with_resources(*operations: str) -> types.ClientCapabilities:
    return types.ClientCapabilities(
        workspace=types.WorkspaceClientCapabilities(
            apply_edit=True,
            workspace_edit=types.WorkspaceEditClientCapabilities(
                document_changes=True,
                resource_operations=[types.ResourceOperationKind(each) for each in operations],
            ),
        ),
        window=types.WindowClientCapabilities(work_done_progress=True),
    )
