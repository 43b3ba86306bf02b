"""Editors that take edits in their own ways, and editors that can do less."""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from lsprotocol import types

from tests.lsp_course import Desk
from tests.lsp_editor import LspEditor, lsp_editor
from tests.raw_client import raw_client
from tests.scripted_endpoint import ScriptedEndpoint, native_stream
from workers_ai_ls.workspace import uri_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CODE = "import math\n\n\ndef half(x):\n    ┃y = x / 2\n    return y\n"
PLAIN = CODE.replace("┃", "")
HALVED = "import math\n\n\ndef half(x):\n    return x / 2\n"
GOOD = native_stream("```python\ndef half(x):\n    return x / 2\n```")
TESTS = native_stream(
    "```python\nfrom half import half\n\n\ndef test_two():\n    assert half(2) == 1\n```"
)
OLD_TESTS = "from half import half\n\n\ndef test_one():\n    assert half(1) == 0.5\n"
YES = types.ApplyWorkspaceEditResult(applied=True)
NO = types.ApplyWorkspaceEditResult(applied=False, failure_reason="stale")


def can(**edit: Any) -> types.ClientCapabilities:
    edit = {"document_changes": True, **edit}
    return types.ClientCapabilities(
        workspace=types.WorkspaceClientCapabilities(
            apply_edit=True, workspace_edit=types.WorkspaceEditClientCapabilities(**edit)
        ),
        window=types.WindowClientCapabilities(
            work_done_progress=True,
            show_document=types.ShowDocumentClientCapabilities(support=True),
        ),
    )


ANNOTATIONS = types.ChangeAnnotationsSupportOptions()
CREATE = [types.ResourceOperationKind.Create]


def first(do: Callable[[], types.ApplyWorkspaceEditResult], editor: LspEditor) -> None:
    """Take the first edit as `do` does, and the others as usual."""

    def take(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        return do() if len(editor.edits) == 1 else editor.apply(params)

    editor.take_edit = take


async def test_an_edit_that_is_refused_once_is_made_at_the_second_try(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint, capabilities=can()) as editor,
    ):
        first(lambda: NO, editor)
        course = await Desk(editor, endpoint).run("refactor", CODE)
        assert course.end.startswith("done")
        assert editor.text(course.uri) == HALVED
        assert course.edits == 2
        assert not course.messages


async def test_an_edit_that_typing_made_stale_is_computed_anew(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint, capabilities=can()) as editor,
    ):

        def type_above() -> types.ApplyWorkspaceEditResult:
            editor.type(editor.current, "import math\n", "import math\nimport sys\n")
            return NO

        first(type_above, editor)
        course = await Desk(editor, endpoint).run("refactor", CODE)
        assert course.end.startswith("done")
        assert editor.text(course.uri) == HALVED.replace("math\n", "math\nimport sys\n")
        assert not course.messages


async def test_a_stale_edit_that_is_dropped_in_silence_is_computed_anew(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint, "neovim") as editor,
    ):

        def drop() -> types.ApplyWorkspaceEditResult:
            editor.type(editor.current, "import math\n", "import math\nimport sys\n")
            return YES

        first(drop, editor)
        course = await Desk(editor, endpoint).run("refactor", CODE)
        assert course.end.startswith("done")
        assert editor.text(course.uri) == HALVED.replace("math\n", "math\nimport sys\n")


@pytest.mark.parametrize("versions", [True, False])
async def test_an_editor_that_says_yes_and_does_nothing_is_told_of(
    tmp_path: Path, *, versions: bool
) -> None:
    async with (
        ScriptedEndpoint(GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint, capabilities=can(document_changes=versions)) as editor,
    ):
        editor.take_edit = lambda _: YES
        course = await Desk(editor, endpoint).run("refactor", CODE)
        assert course.end.startswith("held")
        (message,) = course.messages
        assert "the editor did not take the edit" in message
        assert editor.text(course.uri) == PLAIN
        # Without versions the same edit could be made twice.
        assert course.edits == (2 if versions else 1)
        editor.take_edit = None
        await editor.choose("AI: Apply anyway")
        await editor.until(lambda: editor.text(course.uri) == HALVED)


async def test_an_edit_that_is_made_but_never_told_of_is_not_made_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        ScriptedEndpoint(GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint, capabilities=can()) as editor,
    ):
        change = functools.partial(LspEditor._change, editor, tell=False)
        monkeypatch.setattr(LspEditor, "_change", lambda _, *arguments: change(*arguments))
        course = await Desk(editor, endpoint).run("refactor", CODE)
        assert editor.text(course.uri) == HALVED
        assert course.end.startswith("held")
        assert len(course.messages) == 1


async def test_a_change_that_is_told_of_late_counts(tmp_path: Path) -> None:
    """Eglot tells of changes half a second after it has replied."""
    async with (
        ScriptedEndpoint(GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint, capabilities=can(document_changes=False)) as editor,
    ):
        later: list[asyncio.TimerHandle] = []

        def reply_first(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            later.append(asyncio.get_running_loop().call_later(0.5, editor.apply, params))
            return YES

        editor.take_edit = reply_first
        course = await Desk(editor, endpoint).run("refactor", CODE)
        assert course.end.startswith("done")
        assert editor.text(course.uri) == HALVED
        assert course.edits == 1


async def test_an_editor_of_plain_changes_gets_plain_changes(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint, capabilities=can(document_changes=False)) as editor,
    ):
        course = await Desk(editor, endpoint).run("refactor", CODE)
        assert editor.text(course.uri) == HALVED
        (edit,) = editor.edits
        assert edit.edit.document_changes is None
        assert list(edit.edit.changes or {}) == [course.uri]


async def test_without_progress_and_show_document_a_message_shows_the_explanation(
    tmp_path: Path,
) -> None:
    async with (
        ScriptedEndpoint(native_stream("It ", "halves.")) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        await client.initialize({})
        client.open("half.py", PLAIN)
        await client.execute("workers-ai.explain", "half.py", 5, 5)
        shown = await client.called("window/showMessage")
        assert "It halves." in shown["message"]
        assert shown["type"] == 3
        asked = {each["method"] for each in client.received if "method" in each}
        assert asked == {"window/showMessage"}


async def test_where_no_file_can_be_written_a_message_shows_the_explanation(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream("It halves.")) as endpoint,
        lsp_editor(tmp_path, endpoint, environment={"XDG_CACHE_HOME": "/dev/null"}) as editor,
    ):
        course = await Desk(editor, endpoint).run("explain", CODE)
        assert course.end.startswith("done")
        (message,) = course.messages
        assert "It halves." in message
        assert "cannot be written" in message


async def test_no_progress_is_sent_for_a_token_that_was_refused(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream("It halves.")) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        no = {"error": {"code": -32601, "message": "no"}}
        client.answers["window/workDoneProgress/create"] = no
        await client.initialize()
        client.open("half.py", PLAIN)
        await client.execute("workers-ai.explain", "half.py", 5, 5)
        await client.called("window/showMessage")
        assert not any(each.get("method") == "$/progress" for each in client.received)


async def test_helix_is_shown_the_document_that_it_does_not_announce(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream("It halves.")) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        client.answers["window/showDocument"] = {"success": True}
        encodings = {"positionEncodings": ["utf-8", "utf-32", "utf-16"]}
        result = await client.initialize({"general": encodings}, clientInfo={"name": "helix"})
        assert result["capabilities"]["positionEncoding"] == "utf-16"
        client.open("half.py", PLAIN)
        await client.execute("workers-ai.explain", "half.py", 5, 5)
        shown = await client.called("window/showDocument")
        assert shown["uri"].endswith(".md")
        assert not client.shown


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 12), ("utf-32", 9), ("utf-16", 10)])
async def test_positions_count_as_the_editor_counts(
    tmp_path: Path, encoding: str, column: int
) -> None:
    text = "s = '😋'; t = (1)\n"
    answer = native_stream("```python\ns = '😋'; u = (1)\n```")
    async with ScriptedEndpoint(answer) as endpoint, raw_client(tmp_path, endpoint) as client:
        client.answers["workspace/applyEdit"] = {"applied": False}
        edits = {"workspaceEdit": {"documentChanges": True}}
        await client.initialize({"general": {"positionEncodings": [encoding]}, "workspace": edits})
        client.open("s.py", text)
        await client.execute("workers-ai.refactor", "s.py", 1, 1)
        edit = (await client.called("workspace/applyEdit"))["edit"]["documentChanges"][0]
        (change,) = edit["edits"]
        assert change["range"]["start"] == {"line": 0, "character": column}


# Asking before applying --------------------------------------------------------------------------


@pytest.mark.parametrize("accepted", [True, False])
async def test_preview_asks_once_where_the_editor_can_ask(
    tmp_path: Path, *, accepted: bool
) -> None:
    async with (
        ScriptedEndpoint(GOOD) as endpoint,
        lsp_editor(
            tmp_path,
            endpoint,
            capabilities=can(change_annotation_support=ANNOTATIONS),
            options={"apply": "preview"},
        ) as editor,
    ):
        if not accepted:
            editor.take_edit = lambda _: NO
        course = await Desk(editor, endpoint).run("refactor", CODE)
        (edit,) = editor.edits
        annotations = edit.edit.change_annotations or {}
        assert [each.needs_confirmation for each in annotations.values()] == [True]
        assert editor.text(course.uri) == (HALVED if accepted else PLAIN)
        assert course.end.startswith("done" if accepted else "held")
        assert len(course.messages) == (0 if accepted else 1)


@pytest.mark.parametrize("name", ["neovim", "emacs"])
async def test_preview_shows_the_difference_where_the_editor_cannot_ask(
    tmp_path: Path, name: str
) -> None:
    async with (
        ScriptedEndpoint(GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint, name, options={"apply": "preview"}) as editor,
    ):
        course = await Desk(editor, endpoint).run("refactor", CODE)
        assert course.edits == 0
        assert editor.text(course.uri) == PLAIN
        if editor.client.shown_documents:
            shown = editor.text(editor.client.shown_documents[-1].uri)
        else:
            shown = course.messages[0]
        assert "+    return x / 2" in shown
        await editor.choose("AI: Apply anyway")
        await editor.until(lambda: editor.text(course.uri) == HALVED)


async def test_preview_asks_before_a_file_is_created(tmp_path: Path) -> None:
    capabilities = can(change_annotation_support=ANNOTATIONS, resource_operations=CREATE)
    async with (
        ScriptedEndpoint(TESTS) as endpoint,
        lsp_editor(
            tmp_path, endpoint, capabilities=capabilities, options={"apply": "preview"}
        ) as editor,
    ):
        editor.take_edit = lambda _: NO
        course = await Desk(editor, endpoint).run("tests", CODE, name="half.py")
        (edit,) = editor.edits
        (creation,) = edit.edit.document_changes or ()
        assert isinstance(creation, types.CreateFile)
        assert (edit.edit.change_annotations or {})[creation.annotation_id or ""].needs_confirmation
        assert course.end.startswith("held")
        editor.take_edit = None
        await editor.choose("AI: Apply anyway")
        await editor.until(lambda: any(uri.endswith("test_half.py") for uri in editor.documents))


# Test files that are edited meanwhile ------------------------------------------------------------


def open_tests(editor: LspEditor) -> str:
    path = editor.folder / "tests" / "test_half.py"
    editor.open("tests/test_half.py", OLD_TESTS)
    return uri_of(path)


async def test_typing_in_the_test_file_while_the_edit_is_under_way_stays(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(TESTS) as endpoint,
        lsp_editor(tmp_path, endpoint, capabilities=can()) as editor,
    ):
        target = open_tests(editor)

        def type_there() -> types.ApplyWorkspaceEditResult:
            editor.type(target, "half(1) == 0.5", "half(1) == 1 / 2")
            return NO

        first(type_there, editor)
        course = await Desk(editor, endpoint).run("tests", CODE, name="half.py")
        assert course.end.startswith("done"), course.messages
        assert "half(1) == 1 / 2" in editor.text(target)
        assert editor.text(target).count("def test_two") == 1


async def test_applying_a_held_answer_keeps_what_was_typed_into_the_test_file(
    tmp_path: Path,
) -> None:
    async with (
        ScriptedEndpoint(TESTS) as endpoint,
        lsp_editor(tmp_path, endpoint, "neovim", options={"apply": "preview"}) as editor,
    ):
        target = open_tests(editor)
        course = await Desk(editor, endpoint).run("tests", CODE, name="half.py")
        assert course.edits == 0
        editor.type(target, "half(1) == 0.5", "half(1) == 1 / 2")
        editor.current = course.uri
        await editor.choose("AI: Apply anyway")
        await editor.until(lambda: "def test_two" in editor.text(target))
        assert "half(1) == 1 / 2" in editor.text(target)


# Taking back -------------------------------------------------------------------------------------


async def test_a_revert_that_the_editor_drops_is_told_of_and_can_be_done_again(
    tmp_path: Path,
) -> None:
    async with (
        ScriptedEndpoint(GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint, "neovim") as editor,
    ):
        course = await Desk(editor, endpoint).run("refactor", CODE)
        editor.take_edit = lambda _: YES
        await editor.choose("AI: Revert")
        await editor.until(lambda: editor.messages)
        assert "did not take it back" in editor.messages[-1]
        assert editor.text(course.uri) == HALVED
        editor.take_edit = None
        await editor.choose("AI: Revert")
        await editor.until(lambda: editor.text(course.uri) == PLAIN)


async def test_a_document_that_is_opened_anew_meanwhile_is_not_edited_blindly(
    tmp_path: Path,
) -> None:
    gate = asyncio.Event()
    answer = attrs.evolve(GOOD, parts=(GOOD.parts[0], gate, *GOOD.parts[1:]))
    async with ScriptedEndpoint(answer) as endpoint, raw_client(tmp_path, endpoint) as client:
        await client.initialize()
        client.open("half.py", PLAIN)
        await client.execute("workers-ai.refactor", "half.py", 5, 5)
        await endpoint.wait_for_requests()
        # Without a didClose, as some editors do after a reload.
        client.open("half.py", "# something else\n" + PLAIN)
        gate.set()
        await client.ended()
        assert not any(each.get("method") == "workspace/applyEdit" for each in client.received)
