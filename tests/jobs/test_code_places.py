"""Where the code of an earlier answer stands now; nothing is guessed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.marked import marked
from workers_ai_ls.jobs.code_places import Place, code_of
from workers_ai_ls.journal import Entry, digest
from workers_ai_ls.text import Snapshot, snapshot_of

FUNCTION = "def half(x):\n    return x / 2"


def shown(text: str) -> Snapshot:
    return snapshot_of("file:///x.py", "python", 1, text)


def entry_of(text: str) -> Entry:
    """The entry of an answer about what is marked."""
    whole, start, end = marked(text)
    snapshot = shown(whole)
    first, last = snapshot.line_at(start) + 1, snapshot.line_at(end) + 1
    return Entry(original_hash=digest(whole[start:end]), first_line=first, last_line=last)


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (f"┃{FUNCTION}┃\n", f"┃{FUNCTION}┃\n"),
        (f"┃{FUNCTION}┃\n", f"import math\n\n\n┃{FUNCTION}┃\n"),
        (f"# 😋\n\n\n┃{FUNCTION}┃", f"┃{FUNCTION}┃"),
        (f"┃{FUNCTION}┃\n", f"┃{FUNCTION}┃\n\n\n{FUNCTION}\n"),
        (f"a\r\n┃{FUNCTION}┃\r\nb", f"b\r\r\n┃{FUNCTION}┃\r\na"),
        ("x = ┃1 + 2┃ * 3\n", "x = ┃1 + 2┃ * 4\n"),
        ("x = ┃(1 +\n 2)┃ * 3\n", "x = y + ┃(1 +\n 2)┃\n"),
        ("class A:\n    ┃def f(self): ...┃\n", "class A:\n    ┃def f(self): ...┃  # new\n"),
    ],
)
def test_the_code_itself_is_found(then: str, now: str) -> None:
    whole, start, end = marked(now)
    assert code_of(entry_of(then), shown(whole)) == Place(start, end, exact=True)


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (f"┃{FUNCTION}┃\n", "┃def half(x):\n    return x / 3┃\n"),
        # It stands twice, and not where it stood.
        (f"a\n┃{FUNCTION}┃\n", f"a\n┃\ndef half(x):┃\n    return x / 2\n{FUNCTION}\n"),
        # A part of a line that moved is not looked for in all of the document.
        ("x = ┃1 + 2┃\n", "┃┃\nx = 1 + 2\n"),
        (f"a\n┃{FUNCTION}┃\n", "a\n┃def half(x):┃"),
    ],
)
def test_else_its_old_lines_are_the_place(then: str, now: str) -> None:
    whole, start, end = marked(now)
    assert code_of(entry_of(then), shown(whole)) == Place(start, end, exact=False)


@pytest.mark.parametrize(("first", "last"), [(9, 9), (0, 0), (0, 1), (3, 2), (-1, 1)])
def test_lines_that_are_none_are_no_place(first: int, last: int) -> None:
    entry = Entry(original_hash=digest("gone"), first_line=first, last_line=last)
    assert code_of(entry, shown("a\nb\nc")) is None


def test_a_large_document_takes_no_longer_than_a_person_waits() -> None:
    """Each of 100,000 places of 50,000 lines would be 1 TB to hash."""
    text = "".join(f"value_{number} = {number}\n" for number in range(100_000))
    entry = Entry(original_hash=digest("gone"), first_line=1, last_line=50_000)
    begun = time.monotonic()
    place = code_of(entry, shown(text))
    assert place is not None
    assert not place.exact
    # It takes 0.2 s; a busy machine is slow, not wrong.
    assert time.monotonic() - begun < 20


LINES = st.lists(st.sampled_from(["a", "b", "c = 1", "", "\t😋"]), min_size=1, max_size=12)


@given(LINES, st.data())
def test_whole_lines_that_stand_once_are_found_wherever_they_are(
    lines: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(lines) - 1))
    last = data.draw(st.integers(first, len(lines) - 1))
    code = "\n".join(["only here", *lines[first : last + 1]])
    entry = Entry(original_hash=digest(code), first_line=first + 1, last_line=last + 2)
    above = data.draw(LINES)
    text = "\n".join([*above, code, *lines])
    start = len("\n".join([*above, ""]))
    assert code_of(entry, shown(text)) == Place(start, start + len(code), exact=True)
