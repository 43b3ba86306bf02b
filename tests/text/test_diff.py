import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.strategies import lines, texts, thoroughly
from workers_ai_ls.text import Edit, apply_edits, minimal_edits, split_lines
from workers_ai_ls.text.hunks import MOST_WORK, Hunk, hunks


def joined(rows: list[str]) -> str:
    return "\n".join(rows)


@thoroughly
@given(st.one_of(st.tuples(texts, texts), st.tuples(lines.map(joined), lines.map(joined))))
def test_edits_make_the_new_text(both: tuple[str, str]) -> None:
    old, new = both
    edits = minimal_edits(old, new)
    assert apply_edits(old, edits) == new
    assert all(edit.text != old[edit.start : edit.end] for edit in edits)
    assert all(one.end < next_.start for one, next_ in pairwise(edits))


@thoroughly
@given(texts, texts)
def test_no_edit_parts_a_line_end_or_a_combining_mark(old: str, new: str) -> None:
    shift = 0
    for edit in minimal_edits(old, new):
        ends = [(old, edit.start), (old, edit.end)]
        ends += [(new, edit.start + shift), (new, edit.start + shift + len(edit.text))]
        shift += len(edit.text) - (edit.end - edit.start)
        for text, at in ends:
            assert text[at - 1 : at + 1] not in {"\r\n", "e\u0301"}


@thoroughly
@given(st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, 3), max_size=2)), max_size=30))
def test_lines_that_stay_are_never_touched(plan: list[tuple[bool, list[int]]]) -> None:
    """Each entry of the plan keeps or drops one line and inserts others behind it."""
    old = [f"line {number}\n" for number in range(len(plan))]
    new: list[str] = []
    kept: set[int] = set()
    for number, (keep, inserted) in enumerate(plan):
        if keep:
            new.append(old[number])
            kept.add(number)
        new += [f"new {kind}\n" for kind in inserted]
    starts = [sum(map(len, old[:number])) for number in range(len(old))]
    for edit in minimal_edits("".join(old), "".join(new)):
        for number in kept:
            start, end = starts[number], starts[number] + len(old[number])
            assert edit.end <= start or edit.start >= end


@thoroughly
@given(
    st.lists(st.sampled_from("ab\n}"), max_size=40), st.lists(st.sampled_from("ab\n}"), max_size=40)
)
def test_hunks_leave_equal_lines_between_them(old: list[str], new: list[str]) -> None:
    old_done = new_done = 0
    for hunk in [*hunks(old, new), Hunk(len(old), len(old), len(new), len(new))]:
        assert old[old_done : hunk.old_start] == new[new_done : hunk.new_start]
        assert hunk.old_start <= hunk.old_end
        assert hunk.new_start <= hunk.new_end
        old_done, new_done = hunk.old_end, hunk.new_end


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        ("a\nb\n", "a\nb\n", []),
        ("", "a\n", [Edit(0, 0, "a\n")]),
        ("a\n", "", [Edit(0, 2, "")]),
        ("f(a)\n", "f(a, b)\n", [Edit(3, 3, ", b")]),
        ("a1\nb1\nc\n", "a2\nb2\nc\n", [Edit(1, 2, "2"), Edit(4, 5, "2")]),
        ("f(\n", "f(a,\n  b)\n", [Edit(2, 2, "a,\n  b)")]),
        ("  b\n", "  a\n  b\n", [Edit(0, 0, "  a\n")]),
        ("a\n\nb\n", "a\n\nx\n\nb\n", [Edit(3, 3, "x\n\n")]),
        ("a", "a\nb", [Edit(1, 1, "\nb")]),
        ("a\r\n", "a\n", [Edit(1, 3, "\n")]),
        ("a\r", "a\r\n", [Edit(1, 2, "\r\n")]),
        ("e\n", "e\u0301\n", [Edit(0, 1, "e\u0301")]),
        ("😀x\n", "😁x\n", [Edit(0, 1, "😁")]),
        ("a\nb\n", "c\r\nxb\n", [Edit(0, 2, "c\r\nx")]),
    ],
)
def test_only_what_differs_is_edited(old: str, new: str, edits: list[Edit]) -> None:
    assert minimal_edits(old, new) == edits


def test_a_function_that_moved_up_costs_no_line_of_the_others() -> None:
    one, two, three = ("".join(f"{name}{i}\n" for i in range(4)) + "}\n\n" for name in "abc")
    old, new = one + two + three, three + one + two
    into, out_of = minimal_edits(old, new)
    assert into == Edit(0, 0, three)
    assert (out_of.end - out_of.start, out_of.text) == (len(three), "")


def test_a_line_that_occurs_twice_is_no_anchor() -> None:
    assert list(hunks(["q", "}", "a", "}"], ["}", "z"])) == [Hunk(0, 1, 0, 0), Hunk(2, 4, 1, 2)]


def test_lines_that_occur_once_anchor_large_texts() -> None:
    old = "".join(f"line {row}\n" for row in range(20_000))
    new = "".join(f"{'line' if row % 3 else 'other'} {row}\n" for row in range(20_000))
    assert len(minimal_edits(old, new)) == 6_667


def dull(size: int, name: str) -> list[str]:
    return ["\n" if row % 2 else f"{row} {name}\n" for row in range(size)]


FITS_ONCE = int(1.3 * MOST_WORK ** (1 / 3))
TOO_LARGE = 2 * FITS_ONCE


def test_beyond_the_cap_dull_lines_become_one_hunk() -> None:
    old, new = dull(TOO_LARGE, "old"), dull(TOO_LARGE + 1, "new")
    assert list(hunks(old, new)) == [Hunk(0, TOO_LARGE, 0, TOO_LARGE + 1)]
    assert len(list(hunks(old[:100], new[:101]))) == 51


def test_the_cap_holds_for_all_stretches_together() -> None:
    old, new = dull(FITS_ONCE, "old"), dull(FITS_ONCE + 1, "new")
    *first, last = hunks([*old, "anchor\n", *old], [*new, "anchor\n", *new])
    assert len(first) > 100
    assert last == Hunk(len(old) + 1, 2 * len(old) + 1, len(new) + 1, 2 * len(new) + 1)


def test_beyond_the_cap_counterparts_that_are_equal_stay() -> None:
    old, new = "".join(dull(TOO_LARGE, "old")), "".join(dull(TOO_LARGE, "new"))
    edits = minimal_edits(old, new)
    assert len(edits) == TOO_LARGE // 2
    assert {(old[edit.start : edit.end], edit.text) for edit in edits} == {("old", "new")}


@pytest.mark.parametrize(
    "changed",
    [
        lambda row: f"other {row}\n" if row % 3 == 0 else f"line {row}\n",
        lambda row: f"line {-row}\n",
        lambda row: f"other {row}\n" if row % 2 else "\n",
        lambda row: f"    line {row}\r\n",
    ],
)
def test_large_texts_are_compared_in_bounded_time(changed: Callable[[int], str]) -> None:
    old = "".join("\n" if row % 2 else f"line {row}\n" for row in range(20_000))
    new = "".join(changed(row) for row in range(20_001))
    begun = time.process_time()
    edits = minimal_edits(old, new)
    assert time.process_time() - begun < 5
    assert apply_edits(old, edits) == new
    assert split_lines(new) != split_lines(old)


@pytest.mark.parametrize(
    "edits", [[Edit(2, 3, ""), Edit(0, 1, "")], [Edit(0, 2, ""), Edit(1, 3, "")], [Edit(2, 9, "")]]
)
def test_edits_that_do_not_fit_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="does not follow"):
        apply_edits("abc", edits)
