import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.strategies import encodings, texts, thoroughly
from workers_ai_ls.text import Change, Document, Encoding, Position, snapshot_of, split_lines


def document(text: str) -> Document:
    return Document("file:///a.py", "python", 1, text)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> tuple[int, int, str]:
    ends = st.integers(0, len(text))
    start, end = sorted((draw(ends), draw(ends)))
    return start, draw(st.sampled_from([start, end])), draw(texts)


@thoroughly
@given(st.data(), texts, encodings)
def test_random_changes_leave_the_lines_of_a_plain_string(
    data: st.DataObject, text: str, encoding: Encoding
) -> None:
    ours = document(text)
    for version in range(2, 6):
        batch = []
        for _ in range(data.draw(st.integers(1, 3))):
            client = snapshot_of("", "", 1, text)
            start, end, new = data.draw(edits_of(text))
            at = [client.position(offset, encoding) for offset in (start, end)]
            start, end = (client.offset(position, encoding) for position in at)
            if data.draw(st.booleans()):
                at.reverse()
            text = text[:start] + new + text[end:]
            batch.append(Change(at[0], at[1], new))
        ours.apply(batch, version, encoding)
        assert ours.snapshot().lines == tuple(split_lines(text))
        assert ours.snapshot().version == ours.version == version


@thoroughly
@given(st.lists(texts, min_size=2, max_size=4))
def test_whole_document_changes_leave_exactly_what_they_bring(versions: list[str]) -> None:
    ours = document(versions[0])
    for version, text in enumerate(versions[1:], 2):
        ours.apply([Change(None, None, text)], version, "utf-16")
        assert ours.snapshot().lines == tuple(split_lines(text))


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("a\rb\nc", ((1, 0), (1, 1), ""), ["a\r\n", "c"]),
        ("a\rb", ((1, 0), (1, 0), "\nx"), ["a\r\n", "xb"]),
        ("a\nb", ((0, 1), (0, 1), "\r"), ["a\r\n", "b"]),
        ("a\rb\n\nc", ((1, 0), (2, 0), ""), ["a\r\n", "c"]),
        ("a\r\nb", ((0, 1), (1, 0), "\n\r"), ["a\n", "\r", "b"]),
        ("a\n", ((1, 0), (1, 0), "b"), ["a\n", "b"]),
        ("a\n", ((2, 0), (2, 0), "b"), ["a\n", "b"]),
        ("a\n", ((9, 9), (9, 9), "b"), ["a\n", "b"]),
        ("a\nc", ((-1, 1), (-1, 1), "b"), ["ab\n", "c"]),
        ("a\nb\n", ((0, 9), (0, 9), "c"), ["ac\n", "b\n", ""]),
        ("", ((0, 0), (0, 0), "\n"), ["\n", ""]),
    ],
)
def test_line_ends_that_meet_become_one(
    before: str, change: tuple[tuple[int, int], tuple[int, int], str], after: list[str]
) -> None:
    ours = document(before)
    start, end, text = change
    ours.apply([Change(Position(*start), Position(*end), text)], 2, "utf-16")
    assert ours.snapshot().lines == tuple(after)


def test_a_snapshot_is_made_once_per_version_and_outlives_it() -> None:
    ours = document("a\n")
    before = ours.snapshot()
    assert ours.snapshot() is before
    ours.apply([Change(Position(0, 0), Position(0, 0), "b")], 2, "utf-16")
    assert (before.version, before.text) == (1, "a\n")
    assert (ours.snapshot().version, ours.snapshot().text) == (2, "ba\n")
    assert (ours.snapshot().uri, ours.snapshot().language_id) == ("file:///a.py", "python")


@pytest.mark.parametrize("ends", [(Position(0, 0), None), (None, Position(0, 0))])
def test_a_change_has_two_ends_or_none(ends: tuple[Position | None, Position | None]) -> None:
    with pytest.raises(ValueError, match="neither"):
        Change(*ends, "")


def test_a_keystroke_costs_no_more_in_a_hundred_times_the_lines() -> None:
    def seconds(size: int) -> float:
        ours = document("x = some_call(1, 2)\n" * size)
        tracked = ours.track(20, 40)
        at = Position(size // 2, 4)
        begun = time.process_time()
        for version in range(2000):
            ours.apply([Change(at, at, "y")], version, "utf-16")
        assert not tracked.edited
        return time.process_time() - begun

    # A rebuild of the lines would take 100 times as long; the margin is for a busy machine.
    assert seconds(100_000) < 10 * seconds(1_000)
