import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.marked import marked
from tests.text.strategies import encodings, texts, thoroughly
from tests.text.tracking_model import Model
from workers_ai_ls.text import Change, Document, Encoding, TrackedRange, minimal_edits, snapshot_of


def tracking(fixture: str) -> tuple[Document, TrackedRange]:
    text, start, end = marked(fixture)
    document = Document("file:///a.py", "python", 1, text)
    return document, document.track(start, end)


def tracking_lines(fixture: str) -> tuple[Document, TrackedRange]:
    text, start, end = marked(fixture)
    document = Document("file:///a.py", "python", 1, text)
    return document, document.track(start, end, whole_lines=True)


def replace(document: Document, before: str, after: str) -> None:
    """Type into the document where `before` marks what goes; `after` takes its place."""
    text, start, end = marked(before)
    snapshot = document.snapshot()
    assert snapshot.text == text
    ends = [snapshot.position(offset, "utf-16") for offset in (start, end)]
    document.apply([Change(ends[0], ends[1], after)], 2, "utf-16")


def shown(document: Document, tracked: TrackedRange) -> str:
    snapshot = document.snapshot()
    start, end = tracked.offsets(snapshot)
    ends = "┃" if start == end else f"┃{snapshot.slice(start, end)}┃"
    return snapshot.text[:start] + ends + snapshot.text[end:]


@pytest.mark.parametrize(
    ("fixture", "typed", "text", "result"),
    [
        ("a ┃bc┃ d", "┃a bc d", "x\n", "x\na ┃bc┃ d"),
        ("a\n┃b\nc┃ d", "a┃\n┃b\nc d", "", "a┃b\nc┃ d"),
        ("a ┃bc┃ d", "a ┃bc d", "x", "a x┃bc┃ d"),
        ("a ┃bc┃ d", "a bc┃ d", "x", "a ┃bc┃x d"),
        ("a ┃bc┃ d", "a bc┃ d┃", "x", "a ┃bc┃x"),
        ("a ┃bc┃ d", "a┃ ┃bc d", "x", "ax┃bc┃ d"),
        ("a ┃bc┃ d", "a bc d┃", "\nx", "a ┃bc┃ d\nx"),
        ("a ┃bc┃ d", "a b┃c d", "", "a ┃bc┃ d"),
        ("a ┃bc┃ d", "a ┃bc┃ d", "bc", "a ┃bc┃ d"),
        ("a ┃c", "a ┃c", "x\n", "a x\n┃c"),
        ("a ┃c", "a┃ ┃c", "x", "ax┃c"),
        ("a ┃c", "a ┃c┃", "x", "a ┃x"),
        ("a\r┃b\nc┃", "a\r┃b\nc", "\n", "a\r\n┃b\nc┃"),
        ("a\n┃b\nc┃\nd\n", "┃a\nb\nc\nd\n┃", "  a\n\nb\nc\n  d\n", "  a\n\n┃b\nc┃\n  d\n"),
        ("a\n┃b┃\nd\n", "┃a\nb\nd\n┃", "a\r\nb\r\nd\r\n", "a\r\n┃b┃\r\nd\r\n"),
        ("a\n  ┃b\nc┃", "┃a\n  b\nc┃", "a\n  x\n  b\nc", "a\n  x\n  ┃b\nc┃"),
        ("a\n┃  b\nc┃", "┃a\n  b\nc┃", "a\n  x\n  b\nc", "a\n  x\n┃  b\nc┃"),
    ],
)
def test_changes_around_a_range_move_it(fixture: str, typed: str, text: str, result: str) -> None:
    document, tracked = tracking(fixture)
    replace(document, typed, text)
    assert shown(document, tracked) == result
    assert not tracked.edited
    assert not tracked.lost
    assert tracked.is_unchanged(document.snapshot(), marked(fixture).selected)


@pytest.mark.parametrize(
    ("fixture", "typed", "text", "result"),
    [
        ("a ┃bc┃ d", "a b┃c d", "x", "a ┃bxc┃ d"),
        ("a ┃bc┃ d", "a ┃b┃c d", "x", "a ┃xc┃ d"),
        ("a ┃bc┃ d", "a b┃c┃ d", "xy", "a ┃bxy┃ d"),
        ("a ┃bc┃ d", "a ┃bc┃ d", "xy", "a ┃xy┃ d"),
        ("a ┃bc┃ d", "a┃ b┃c d", "xy", "axy┃c┃ d"),
        ("a ┃bc┃ d", "a b┃c ┃d", "xy", "a ┃b┃xyd"),
        ("a\n┃b\nc\n┃d", "a\n┃b\n┃c\nd", "", "a\n┃c\n┃d"),
        ("a\r┃b\nc┃", "a\r┃b┃\nc", "", "a\r┃\nc┃"),
    ],
)
def test_changes_inside_a_range_are_edits(fixture: str, typed: str, text: str, result: str) -> None:
    document, tracked = tracking(fixture)
    replace(document, typed, text)
    assert shown(document, tracked) == result
    assert tracked.edited
    assert not tracked.lost
    assert not tracked.is_unchanged(document.snapshot(), marked(fixture).selected)


@pytest.mark.parametrize(
    ("fixture", "typed", "text", "result"),
    [
        ("a ┃bc┃ d", "a ┃bc┃ d", "", "a ┃ d"),
        ("a ┃bc┃ d", "a┃ bc ┃d", "", "a┃d"),
        ("a ┃bc┃ d", "a┃ bc┃ d", "x", "a┃x d"),
        ("a ┃bc┃ d", "a ┃bc ┃d", "x", "a ┃xd"),
        ("a ┃c d", "a┃ c┃ d", "xy", "a┃xy d"),
        ("a ┃bc┃ d", "┃a bc d┃", "e bc f", "┃e bc f"),
    ],
)
def test_a_range_that_is_deleted_or_swallowed_is_lost(
    fixture: str, typed: str, text: str, result: str
) -> None:
    document, tracked = tracking(fixture)
    replace(document, typed, text)
    assert shown(document, tracked) == result
    assert tracked.edited
    assert tracked.lost
    assert not tracked.is_unchanged(document.snapshot(), marked(fixture).selected)


@pytest.mark.parametrize(
    ("typed", "text", "undo"),
    [
        ("a b┃c d", "x", ("a b┃x┃c d", "")),
        ("a ┃b┃c d", "", ("a ┃c d", "b")),
        ("a b┃c┃ d", "", ("a b┃ d", "c")),
        ("a ┃bc┃ d", "", ("a ┃ d", "bc")),
        ("a ┃bc┃ d", "xyz", ("a ┃xyz┃ d", "bc")),
    ],
)
def test_an_undo_of_an_edit_leaves_the_range_unchanged(
    typed: str, text: str, undo: tuple[str, str]
) -> None:
    document, tracked = tracking("a ┃bc┃ d")
    replace(document, typed, text)
    assert not tracked.is_unchanged(document.snapshot(), "bc")
    replace(document, *undo)
    assert shown(document, tracked) == "a ┃bc┃ d"
    assert tracked.is_unchanged(document.snapshot(), "bc")
    assert tracked.edited
    assert not tracked.lost


@pytest.mark.parametrize(
    ("typed", "text", "result"),
    [
        ("a\nb\nc┃\nd", " + 1", "a\n┃b\nc + 1┃\nd"),
        ("a\n┃b\nc\nd", "  ", "a\n┃  b\nc┃\nd"),
    ],
)
def test_typing_on_the_first_or_last_of_whole_lines_is_an_edit(
    typed: str, text: str, result: str
) -> None:
    document, tracked = tracking_lines("a\n┃b\nc┃\nd")
    replace(document, typed, text)
    assert shown(document, tracked) == result
    assert tracked.edited


@pytest.mark.parametrize(
    ("typed", "text", "result"),
    [
        ("a\nb\nc┃\nd", "\nx", "a\n┃b\nc┃\nx\nd"),
        ("a\nb\nc┃\nd", "\r\nx", "a\n┃b\nc┃\r\nx\nd"),
        ("a\n┃b\nc\nd", "x\n", "a\nx\n┃b\nc┃\nd"),
        ("a┃\nb\nc\nd", "\nx", "a\nx\n┃b\nc┃\nd"),
    ],
)
def test_a_new_line_beside_whole_lines_stays_outside(typed: str, text: str, result: str) -> None:
    document, tracked = tracking_lines("a\n┃b\nc┃\nd")
    replace(document, typed, text)
    assert shown(document, tracked) == result
    assert not tracked.edited


def test_a_swallowed_range_takes_nothing_in_again() -> None:
    document, tracked = tracking("a ┃bc┃ d")
    replace(document, "a┃ bc ┃d", "")
    replace(document, "a┃d", " bc ")
    assert shown(document, tracked) == "a bc ┃d"
    assert tracked.lost


def test_an_untracked_range_stays_where_it_was() -> None:
    document, tracked = tracking("a ┃bc┃ d")
    other = document.track(2, 4)
    document.untrack(tracked)
    replace(document, "┃a bc d", "x")
    assert tracked.offsets(document.snapshot()) == (2, 4)
    assert other.offsets(document.snapshot()) == (3, 5)
    with pytest.raises(ValueError, match="not in list"):
        document.untrack(tracked)


@pytest.mark.parametrize(("start", "end"), [(2, 1), (-1, 1), (0, 4)])
def test_what_is_no_range_cannot_be_tracked(start: int, end: int) -> None:
    document = Document("file:///a.py", "python", 1, "abc")
    with pytest.raises(ValueError, match=r"no range|outside"):
        document.track(start, end)


def client_change(
    data: st.DataObject, text: str, encoding: Encoding
) -> tuple[Change, tuple[int, int, str]]:
    """A change as a client can send it, and the offsets that it means."""
    new = data.draw(texts)
    if data.draw(st.integers(0, 4)) == 0:
        return Change(None, None, new), (0, len(text), new)
    client = snapshot_of("", "", 1, text)
    ends = st.integers(0, len(text))
    at = [
        client.position(offset, encoding) for offset in sorted([data.draw(ends), data.draw(ends)])
    ]
    start, end = (client.offset(position, encoding) for position in at)
    return Change(at[0], at[1], new), (start, end, new)


@thoroughly
@given(st.data(), texts.filter(bool), encodings)
def test_a_range_agrees_with_a_model_of_marked_characters(
    data: st.DataObject, text: str, encoding: Encoding
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    document, model = Document("", "", 1, text), Model(text, start, end)
    tracked = document.track(start, end)
    for version in range(2, 8):
        change, meaning = client_change(data, model.text, encoding)
        document.apply([change], version, encoding)
        model.replace(*meaning)
        snapshot = document.snapshot()
        assert snapshot.text == model.text
        assert tracked.edited == model.edited
        assert tracked.lost == (model.swallowed or not model.range_text)
        if model.swallowed:
            return
        assert tracked.offsets(snapshot) == model.offsets
        same = model.range_text == text[start:end]
        assert tracked.is_unchanged(snapshot, text[start:end]) == same


MARK = "\ue000"


@thoroughly
@given(st.data(), texts, encodings)
def test_an_empty_range_agrees_with_a_mark_in_the_text(
    data: st.DataObject, text: str, encoding: Encoding
) -> None:
    at = data.draw(st.integers(0, len(text)))
    document = Document("", "", 1, text)
    tracked = document.track(at, at)
    for version in range(2, 8):
        change, (start, end, new) = client_change(data, text, encoding)
        document.apply([change], version, encoding)
        for edit in reversed(minimal_edits(text[start:end], new)):
            lost, (text, at) = with_mark(text, at, start + edit.start, start + edit.end, edit.text)
            if lost:
                assert tracked.lost
                return
        assert not tracked.edited
        assert not tracked.lost
        assert document.snapshot().text == text
        assert tracked.offsets(document.snapshot()) == (at, at)


def with_mark(text: str, at: int, start: int, end: int, new: str) -> tuple[bool, tuple[str, int]]:
    before, after = text[:start], text[end:]
    if at >= end:
        after = after[: at - end] + MARK + after[at - end :]
    else:
        before = before[:at] + MARK + before[at:]
    marked_text = before + new + after
    return start < at < end, (marked_text.replace(MARK, ""), marked_text.index(MARK))
