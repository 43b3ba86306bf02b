import asyncio
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from workers_ai_ls.journal import (
    Entry,
    Journal,
    JournalUnavailable,
    digest,
    journal_path,
    open_journal,
)

RUNNING = Entry(
    time=1_000_000_000.0,
    uri="file:///a%20b/😋.py",
    action="refactor",
    model="@cf/a/b",
    prompt_hash=digest("prompt"),
    first_line=3,
    last_line=5,
    original_hash=digest("code"),
)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(tmp_path / "state" / "journal.sqlite3")
    yield opened
    opened.close()


def test_an_answer_from_start_to_end(journal: Journal) -> None:
    number = journal.record(RUNNING)
    journal.append(number, "def f():\n")
    journal.append(number, "    return '😋'\n")
    partial = attrs.evolve(RUNNING, id=number, answer="def f():\n    return '😋'\n")
    assert journal.entry(number) == partial
    journal.update(
        number, outcome="applied", detail="Done.", tokens_in=7, tokens_out=9, tokens_cached=0,
        neurons=0.25, finish_reason="stop",
    )  # fmt: skip
    assert journal.entry(number) == attrs.evolve(
        partial, outcome="applied", detail="Done.", tokens_in=7, tokens_out=9, tokens_cached=0,
        neurons=0.25, finish_reason="stop",
    )  # fmt: skip
    assert journal.take_problem() == ""


def test_it_is_there_after_a_restart(journal: Journal) -> None:
    kept = attrs.evolve(RUNNING, answer="text", outcome="held")
    number = journal.record(kept)
    journal.close()
    again = open_journal(journal.path)
    assert again.entry(number) == attrs.evolve(kept, id=number)
    again.close()


def test_prompts_are_kept_only_where_the_user_allows(journal: Journal) -> None:
    number = journal.record(attrs.evolve(RUNNING, prompt="secret plan"))
    kept = journal.entry(number)
    assert kept is not None
    assert kept.prompt is None
    assert kept.prompt_hash == RUNNING.prompt_hash
    journal.close()
    assert b"secret plan" not in journal.path.read_bytes()
    allowed = open_journal(journal.path, keep_prompts=True)
    kept = allowed.entry(allowed.record(attrs.evolve(RUNNING, prompt="open plan")))
    assert kept is not None
    assert kept.prompt == "open plan"
    allowed.close()


def test_the_last_answer_is_the_newest_with_text(journal: Journal) -> None:
    assert journal.last() is None
    first = journal.record(Entry(uri="a", answer="A", outcome="held"))
    second = journal.record(Entry(uri="b", answer="B", outcome="shown"))
    journal.record(Entry(uri="a", answer="", outcome="failed"))
    for uri, expected in ((None, second), ("a", first), ("b", second)):
        found = journal.last(uri)
        assert found is not None
        assert found.id == expected
    assert journal.last("c") is None


def test_entries_come_newest_first(journal: Journal) -> None:
    numbers = [journal.record(Entry(detail=str(i))) for i in range(5)]
    assert [entry.id for entry in journal.entries(3)] == numbers[:1:-1]
    assert len(journal.entries()) == 5
    more = [journal.record(Entry(uri="file:///x.py", detail=str(i))) for i in range(20)]
    assert len(journal.entries()) == 20
    assert [entry.id for entry in journal.entries(None)] == [*reversed(more), *reversed(numbers)]
    assert [entry.id for entry in journal.entries(2, "file:///x.py")] == more[:17:-1]
    assert journal.entries(None, "file:///y.py") == ()


def test_ids_are_not_used_twice(journal: Journal) -> None:
    old = journal.record(Entry(time=0.0))
    assert journal.prune(1, 1) == 1
    assert journal.entry(old) is None
    assert journal.record(Entry()) > old
    journal.update(old, answer="late")
    assert journal.entry(old) is None


def test_what_an_endpoint_can_send_can_be_stored(journal: Journal) -> None:
    number = journal.record(Entry(answer="a\0b\ud83d", tokens_in=10**30, neurons=float("inf")))
    journal.append(number, "\ude0bc\0")
    journal.update(number, detail="\udc80")
    kept = journal.entry(number)
    assert kept is not None
    assert kept.answer == "a\ufffdb\ufffd\ufffdc\ufffd"
    assert (kept.detail, kept.tokens_in, kept.neurons) == ("\ufffd", None, float("inf"))
    assert journal.on_disk


def test_a_value_cannot_become_sql(journal: Journal) -> None:
    number = journal.record(Entry(uri="'; DROP TABLE answers; --", answer='"'))
    found = journal.last("'; DROP TABLE answers; --")
    assert found is not None
    assert found.id == number


@pytest.mark.parametrize("changes", [{}, {"id": 3}, {"outcome = 'x' --": 1}])
def test_only_known_fields_change(journal: Journal, changes: dict[str, object]) -> None:
    number = journal.record(Entry())
    with pytest.raises(TypeError, match="nothing to change"):
        journal.update(number, **changes)  # type: ignore[arg-type] # that is the test


async def test_threads_share_it(journal: Journal) -> None:
    async def job(name: str) -> None:
        number = await asyncio.to_thread(journal.record, Entry(uri=name))
        for _ in range(20):
            await asyncio.to_thread(journal.append, number, name)
        await asyncio.to_thread(journal.update, number, outcome="shown")

    await asyncio.gather(*(job(f"<{i}>") for i in range(20)))
    entries = journal.entries(100)
    assert {entry.uri: entry.answer for entry in entries} == {
        f"<{i}>": f"<{i}>" * 20 for i in range(20)
    }
    assert {entry.outcome for entry in entries} == {"shown"}


def test_after_closing_it_says_so(journal: Journal) -> None:
    journal.close()
    journal.close()
    for use in (lambda: journal.record(Entry()), journal.last, lambda: journal.prune(1, 1)):
        with pytest.raises(JournalUnavailable, match="is closed"):
            use()


def test_neither_answer_nor_prompt_is_in_a_repr() -> None:
    assert "s3cret" not in repr(Entry(answer="s3cret", prompt="s3cret"))


def test_it_stands_where_the_platform_keeps_state() -> None:
    assert journal_path().parts[-2:] == ("workers-ai-language-server", "journal.sqlite3")
