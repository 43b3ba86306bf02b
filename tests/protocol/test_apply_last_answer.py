"""*Apply last answer*: an answer of the journal comes into the document as any edit does."""

from __future__ import annotations

import asyncio
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from tests.lsp_course import Desk
from tests.lsp_editor import LspEditor, lsp_editor
from tests.scripted_endpoint import HANG, ScriptedEndpoint, native_stream
from workers_ai_ls.journal import Entry, digest, open_journal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from workers_ai_ls.journal import Outcome

pytestmark = pytest.mark.asyncio(loop_scope="module")

CODE = "def half(x):\n    ┃y = x / 2\n    return y\n"
PLAIN = CODE.replace("┃", "")
HALVED = "def half(x):\n    return x / 2\n"
ANSWER = "```python\ndef half(x):\n    return x / 2\n```"
GOOD = native_stream(ANSWER)
ELIDED = native_stream("```python\ndef half(x):\n    # ... rest of the code unchanged\n```")
AT_REST = ["AI: Explain", "AI: Refactor", "AI: Write tests", "AI: Show prompt"]
APPLIED = ["AI: Show difference", "AI: Revert", "AI: Try again"]
HELD = ["AI: Apply anyway", "AI: Show difference", "AI: Discard"]
APPLY = "workers-ai.applyLastAnswer"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    folder = tmp_path_factory.mktemp("reapplied")
    async with ScriptedEndpoint(HANG) as endpoint, lsp_editor(folder, endpoint) as editor:
        yield Desk(editor, endpoint)


def keep(editor: LspEditor, uri: str, code: str = PLAIN.rstrip("\n"), **more: Any) -> int:
    """Put an entry into the server's journal, as another server would have; returns its number."""
    given: dict[str, Any] = {
        "uri": uri,
        "action": "refactor",
        "model": "m",
        "answer": ANSWER,
        "outcome": "held",
        "finish_reason": "stop",
        "first_line": 1,
        "last_line": 3,
        "original_hash": digest(code),
    }
    home = editor.folder.parent / "home"
    state = home / ".local" / "state" / "workers-ai-language-server" / "journal.sqlite3"
    with closing(open_journal(state)) as journal:
        return journal.record(Entry(**(given | more)))


def outcome_of(editor: LspEditor, number: int) -> str:
    (file,) = (editor.folder.parent / "home").rglob("journal.sqlite3")
    with closing(open_journal(file)) as journal:
        entry = journal.entry(number)
    assert entry is not None
    return entry.outcome


def number_of(editor: LspEditor, uri: str) -> int:
    """The number of the newest entry about a document."""
    (file,) = (editor.folder.parent / "home").rglob("journal.sqlite3")
    with closing(open_journal(file)) as journal:
        return journal.entries(1, uri)[0].id


async def offered(editor: LspEditor, titles: list[str]) -> None:
    """Wait until just these are offered: the server hears of its own edit by a notification."""
    async with asyncio.timeout(10):
        while await editor.titles() != titles:
            pass


async def applied(editor: LspEditor, *arguments: Any) -> str:
    """Run the command; returns how its job ended."""
    ends = len(editor.ends)
    assert await editor.execute(APPLY, *arguments) is None
    return await editor.ended(ends + 1)


async def difference(editor: LspEditor, shown: int) -> str:
    await editor.until(lambda: len(editor.client.shown_documents) > shown)
    return editor.text(editor.client.shown_documents[-1].uri)


async def test_what_was_reverted_is_applied_once_more_and_has_follow_ups(desk: Desk) -> None:
    editor = desk.editor
    course = await desk.run("refactor", CODE, GOOD)
    await editor.execute("workers-ai.revert")
    await editor.until(lambda: editor.text(course.uri) == PLAIN)
    await offered(editor, AT_REST)
    await editor.until(lambda: outcome_of(editor, number_of(editor, course.uri)) == "reverted")
    asked = len(desk.endpoint.requests)

    assert await applied(editor, {"uri": course.uri}) == "done"
    assert editor.text(course.uri) == HALVED
    assert await editor.titles() == [*APPLIED, *AT_REST]
    assert len(desk.endpoint.requests) == asked
    await editor.choose("AI: Revert")
    await editor.until(lambda: editor.text(course.uri) == PLAIN)


@pytest.mark.parametrize(
    "outcome", ["held", "failed", "cancelled", "discarded", "reverted", "running"]
)
async def test_an_answer_from_before_the_server_started(desk: Desk, outcome: Outcome) -> None:
    editor = desk.editor
    uri = editor.open(f"earlier_{outcome}.py", CODE)
    number = keep(editor, uri, outcome=outcome)
    assert await applied(editor, f"earlier_{outcome}.py") == "done"
    assert editor.text(uri) == HALVED
    assert outcome_of(editor, number) == "applied"
    assert await editor.titles() == [*APPLIED, *AT_REST]


@pytest.mark.parametrize("outcome", ["applied", "shown", "unchanged", "refused"])
async def test_what_is_in_the_document_or_is_no_edit_is_not_meant(
    desk: Desk, outcome: Outcome
) -> None:
    editor = desk.editor
    uri = editor.open(f"not_{outcome}.py", CODE)
    keep(editor, uri, outcome=outcome)
    keep(editor, uri, action="explain")
    keep(editor, uri, answer="")
    seen = len(editor.messages)
    await editor.execute(APPLY, {"uri": uri})
    await editor.until(lambda: len(editor.messages) > seen)
    assert f"no edit for not_{outcome}.py that is not in it" in editor.messages[-1]
    assert editor.text(uri) == PLAIN


async def test_the_newest_of_the_document_is_meant_and_any_by_its_number(desk: Desk) -> None:
    editor = desk.editor
    uri = editor.open("newest.py", CODE)
    elsewhere = editor.open("elsewhere.py", CODE)
    older = keep(editor, uri)
    newer = ANSWER.replace("x / 2", "0.5 * x")
    keep(editor, uri, answer=newer)
    last = keep(editor, elsewhere, answer=ANSWER.replace("x / 2", "x * 0.5"))

    assert await applied(editor, {"uri": uri}) == "done"
    assert "0.5 * x" in editor.text(uri)
    await editor.execute("workers-ai.revert", "newest.py")
    await editor.until(lambda: editor.text(uri) == PLAIN)
    assert await applied(editor, {"uri": uri, "entry": older}) == "done"
    assert editor.text(uri) == HALVED
    # Without a document it is the newest of those that are open, or that of its entry.
    assert await applied(editor) == "done"
    assert "x * 0.5" in editor.text(elsewhere)
    await editor.execute("workers-ai.revert", "elsewhere.py")
    await editor.until(lambda: editor.text(elsewhere) == PLAIN)
    for arguments in ({"entry": last},), ("elsewhere.py", str(last)):
        assert await applied(editor, *arguments) == "done"
        assert "x * 0.5" in editor.text(elsewhere)
        await editor.execute("workers-ai.revert", "elsewhere.py")
        await editor.until(lambda: editor.text(elsewhere) == PLAIN)


@pytest.mark.parametrize(
    "text",
    [
        "import math\n\n\n" + PLAIN,
        PLAIN + "\n\ndef other(x):\n    y = x / 2\n    return y\n",
        "😋 = 1\n\n\n" + PLAIN,
    ],
)
async def test_code_that_has_moved_is_found(desk: Desk, text: str) -> None:
    editor = desk.editor
    uri = editor.open("moved.py", text)
    number = keep(editor, uri)
    assert await applied(editor, {"uri": uri, "entry": number}) == "done"
    assert editor.text(uri) == text.replace(PLAIN, HALVED, 1)
    editor.close(uri)


async def test_a_part_of_a_line_is_found(desk: Desk) -> None:
    editor = desk.editor
    uri = editor.open("part.py", "😋 = 1\nvalue = (1 + 2) * 3\n")
    more = {"first_line": 2, "last_line": 2, "answer": "```python\n3\n```"}
    keep(editor, uri, "(1 + 2)", **more)
    assert await applied(editor, {"uri": uri}) == "done"
    assert editor.text(uri) == "😋 = 1\nvalue = 3 * 3\n"


CHANGED = PLAIN.replace("x / 2", "x / 3")
TWICE = "# one\n" + PLAIN + "\n\n" + PLAIN


@pytest.mark.parametrize("text", [CHANGED, TWICE, PLAIN[:20]], ids=["changed", "twice", "shorter"])
async def test_code_that_has_changed_or_stands_twice_is_not_touched_and_the_difference_shown(
    desk: Desk, text: str
) -> None:
    editor = desk.editor
    uri = editor.open("changed.py", text)
    number = keep(editor, uri)
    edits, shown = len(editor.edits), len(editor.client.shown_documents)

    assert await applied(editor, {"uri": uri, "entry": number}) == "held"
    assert "+    return x / 2\n" in await difference(editor, shown)
    await editor.until(lambda: "has changed since, so it was not replaced" in editor.messages[-1])
    assert (editor.text(uri), len(editor.edits)) == (text, edits)
    assert await editor.titles() == [*HELD, *AT_REST]
    await editor.choose("AI: Discard")
    assert await editor.titles() == AT_REST
    editor.close(uri)


async def test_a_changed_place_is_replaced_once_the_user_says_so(desk: Desk) -> None:
    editor = desk.editor
    uri = editor.open("anyway.py", CHANGED)
    keep(editor, uri)
    await applied(editor, {"uri": uri})
    await editor.choose("AI: Apply anyway")
    await editor.until(lambda: editor.text(uri) == HALVED)
    await offered(editor, [*APPLIED, *AT_REST])
    await editor.choose("AI: Revert")
    await editor.until(lambda: editor.text(uri) == CHANGED)


async def test_code_that_is_gone_with_its_lines_is_told(desk: Desk) -> None:
    editor = desk.editor
    uri = editor.open("gone.py", "x = 1\n")
    number = keep(editor, uri, first_line=10, last_line=12, outcome="reverted")
    assert await applied(editor, {"uri": uri}) == "failed"
    await editor.until(lambda: "no longer in gone.py" in editor.messages[-1])
    assert outcome_of(editor, number) == "reverted"


async def test_an_answer_that_was_interrupted_is_held_as_it_is_cut_off(desk: Desk) -> None:
    editor = desk.editor
    uri = editor.open("interrupted.py", CODE)
    cut = "```python\ndef half(x):\n    return"
    number = keep(editor, uri, answer=cut, outcome="running", finish_reason="")
    assert await applied(editor, {"uri": uri}) == "held"
    assert editor.text(uri) == PLAIN
    assert await editor.titles() == [*HELD, *AT_REST]
    assert outcome_of(editor, number) == "held"


async def test_one_that_is_held_is_held_once(desk: Desk) -> None:
    editor = desk.editor
    course = await desk.run("refactor", CODE, ELIDED)
    assert await applied(editor, {"uri": course.uri}) == "held"
    assert await editor.titles() == [*HELD, *AT_REST]
    await editor.choose("AI: Discard")
    assert await editor.titles() == AT_REST


async def test_it_takes_the_place_of_what_runs_on_the_same_code(desk: Desk) -> None:
    editor = desk.editor
    desk.endpoint.script(HANG)
    uri = editor.open("superseded.py", CODE)
    keep(editor, uri)
    ends = len(editor.ends)
    await editor.execute("workers-ai.refactor", "superseded.py", 2, 2)
    await editor.execute(APPLY, {"uri": uri})
    await editor.ended(ends + 2)
    assert {each.message for each in editor.ends[ends:]} == {"cancelled", "done"}
    assert editor.text(uri) == HALVED


async def test_tests_go_to_the_test_file_again(desk: Desk) -> None:
    editor = desk.editor
    tests = "```python\nfrom tested import half\n\n\ndef test_half():\n    assert half(4) == 2\n```"
    uri = editor.open("tested.py", CODE)
    number = keep(editor, uri, action="tests", answer=tests)
    assert await applied(editor, {"uri": uri, "entry": number}) == "done"
    created = editor.folder / "test_tested.py"
    assert "assert half(4) == 2" in editor.text(created.as_uri())
    assert editor.text(uri) == PLAIN
    editor.current = uri
    await editor.choose("AI: Revert")
    await editor.until(lambda: not created.exists())


async def test_the_difference_that_an_entry_would_make(desk: Desk) -> None:
    editor = desk.editor
    uri = editor.open("compared.py", CODE)
    number = keep(editor, uri)
    for arguments in {"uri": uri, "entry": number}, {"entry": number}:
        shown = len(editor.client.shown_documents)
        await editor.execute("workers-ai.showDifference", arguments)
        text = await difference(editor, shown)
        assert "-    y = x / 2\n-    return y\n+    return x / 2\n" in text
        editor.current = uri
        assert await editor.titles() == AT_REST
    assert editor.text(uri) == PLAIN
    assert outcome_of(editor, number) == "held"


async def test_an_entry_is_shown_by_its_number(desk: Desk) -> None:
    editor = desk.editor
    number = keep(editor, "file:///nowhere.py", answer="just this", detail="Because.")
    keep(editor, "file:///nowhere.py")
    shown = len(editor.client.shown_documents)
    await editor.execute("workers-ai.showLastAnswer", {"entry": number})
    assert (await difference(editor, shown)).endswith("Because.\n\njust this\n")


@pytest.mark.parametrize(
    ("command", "arguments", "said"),
    [
        ("applyLastAnswer", [{"entry": 10**6}], "no answer 1000000"),
        ("applyLastAnswer", [{"uri": "file:///not/open.py"}], "open.py is not open"),
        ("applyLastAnswer", ["not_open.py"], "not_open.py is not open"),
        ("applyLastAnswer", [{"entry": "x"}], "applyLastAnswer takes"),
        ("applyLastAnswer", [5], "applyLastAnswer takes"),
        ("applyLastAnswer", [{"entry": 2**70}], f"no answer {2**70}"),
        ("showLastAnswer", [{"entry": 10**6}], "no answer 1000000"),
        ("showDifference", [{"entry": 10**6}], "no answer 1000000"),
    ],
    ids=str,
)
async def test_what_cannot_be_meant_is_told(
    desk: Desk, command: str, arguments: list[Any], said: str
) -> None:
    editor = desk.editor
    seen, ends = len(editor.messages), len(editor.ends)
    assert await editor.execute(f"workers-ai.{command}", *arguments) is None
    await editor.until(lambda: len(editor.messages) > seen)
    assert said in editor.messages[-1]
    assert "bug" not in editor.messages[-1]
    assert len(editor.ends) == ends


async def test_an_explanation_and_a_closed_document_are_told(desk: Desk) -> None:
    editor = desk.editor
    uri = editor.open("explained.py", CODE)
    number = keep(editor, uri, action="explain")
    seen = len(editor.messages)
    await editor.execute(APPLY, {"entry": number})
    await editor.until(lambda: len(editor.messages) > seen)
    assert f"Answer {number} is no edit" in editor.messages[-1]
    editor.close(uri)
    await editor.execute(APPLY, {"entry": number})
    await editor.until(lambda: len(editor.messages) > seen + 1)
    assert "explained.py is not open" in editor.messages[-1]


async def test_with_preview_it_is_shown_first(tmp_path: Path) -> None:
    options = {"apply": "preview"}
    async with lsp_editor(tmp_path, name="neovim", options=options) as editor:
        uri = editor.open("half.py", CODE)
        number = keep(editor, uri)
        assert await applied(editor, {"uri": uri}) == "ready"
        assert editor.text(uri) == PLAIN
        assert (await editor.titles())[:3] == HELD
        await editor.choose("AI: Apply anyway")
        await editor.until(lambda: editor.text(uri) == HALVED)
        await editor.until(lambda: outcome_of(editor, number) == "applied")
