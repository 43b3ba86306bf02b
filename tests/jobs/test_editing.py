"""What counts is the document's change; the reply only decides how long to wait for it."""

from __future__ import annotations

import attrs
import pytest

from tests.jobs.bare_editor import BareEditor, opened
from workers_ai_ls.jobs import Applied
from workers_ai_ls.jobs.delivering import edits_at
from workers_ai_ls.jobs.editing import Landing, make_edit

BEFORE = "a = 1\nb = (2)\nc = 3\n"
START, OLD, NEW = 6, "b = (2)", "b = 2"
AFTER = "a = 1\nb = 2\nc = 3\n"
YES, NO = Applied(yes=True), Applied(yes=False, reason="busy")


async def edit(editor: BareEditor, *, confirm: bool = False) -> Landing:
    snapshot = editor.open_document.snapshot()
    edits = edits_at(START, OLD, NEW)
    return await make_edit("AI: Edit", snapshot, edits, NEW, START, editor, confirm=confirm)


def editor_that_replies(reply: Applied, *, makes_it: bool) -> BareEditor:
    def take(text: str) -> Applied:
        if makes_it:
            editor.becomes(text)
        return reply

    editor = BareEditor(opened(BEFORE), take)
    return editor


@pytest.mark.parametrize("reply", [YES, NO])
async def test_a_change_that_is_seen_counts_whatever_the_reply(reply: Applied) -> None:
    editor = editor_that_replies(reply, makes_it=True)
    assert await edit(editor) == Landing(START)
    assert not editor.waited


@pytest.mark.parametrize(
    ("reply", "versions", "confirm", "again", "limit"),
    [
        (YES, True, False, True, 3.0),
        (YES, False, False, False, 3.0),
        (NO, True, False, True, 1.0),
        (NO, False, False, True, 1.0),
        (YES, True, True, True, 3.0),
        (NO, True, True, False, 0.0),
    ],
)
async def test_an_edit_that_does_not_land(
    reply: Applied, *, versions: bool, confirm: bool, again: bool, limit: float
) -> None:
    editor = editor_that_replies(reply, makes_it=False)
    editor.checks_versions = versions
    landing = await edit(editor, confirm=confirm)
    reason = "the editor did not take the edit" + (" (busy)" if reply is NO else "")
    assert landing == Landing(None, again, reason)
    assert editor.waited == [pytest.approx(limit, abs=0.1)]


async def test_typing_that_came_along_moves_the_place() -> None:
    editor = editor_that_replies(YES, makes_it=False)

    def change() -> bool:
        editor.becomes("# typed\n" + AFTER + "d = 4\n")
        return True

    editor.on_wait = change
    assert await edit(editor) == Landing(START + len("# typed\n"))


async def test_typing_alone_is_no_landing() -> None:
    editor = editor_that_replies(YES, makes_it=False)
    changes = iter([True, True, False])

    def change() -> bool:
        editor.becomes(BEFORE + "d = 4\n")
        return next(changes)

    editor.on_wait = change
    assert (await edit(editor)).at is None


@pytest.mark.parametrize(("reply", "at"), [(YES, START), (NO, None)])
async def test_of_a_file_that_is_not_open_the_reply_is_all(reply: Applied, at: int | None) -> None:
    editor = editor_that_replies(reply, makes_it=False)
    snapshot = attrs.evolve(editor.open_document.snapshot(), version=None)
    landing = await make_edit("AI: Edit", snapshot, edits_at(START, OLD, NEW), NEW, START, editor)
    assert landing.at == at
    assert not editor.waited
