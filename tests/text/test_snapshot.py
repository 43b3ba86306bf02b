import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.marked import marked
from tests.text.strategies import encodings, texts, thoroughly
from workers_ai_ls.text import Encoding, Position, Snapshot, snapshot_of


def snap(text: str) -> Snapshot:
    return snapshot_of("file:///a.py", "python", 3, text)


def test_a_snapshot_holds_what_it_was_made_of() -> None:
    snapshot = snap("a\nb\r\n\f")
    assert (snapshot.uri, snapshot.language_id, snapshot.version) == ("file:///a.py", "python", 3)
    assert snapshot.lines == ("a\n", "b\r\n", "\f")
    assert snapshot.text == "a\nb\r\n\f"
    assert snapshot.text is snapshot.text
    assert snapshot.line_starts == (0, 2, 5)
    assert snapshot.line_starts is snapshot.line_starts


def test_a_snapshot_cannot_be_changed() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        snap("a").version = 4  # type: ignore[misc] # that it is refused is the test


@pytest.mark.parametrize(
    ("fixture", "position"),
    [
        ("😀\f\u2028┃b\nc", Position(0, 4)),
        ("😀\r\n漢😀┃b\n", Position(1, 3)),
        ("ab┃\r\nc", Position(0, 99)),
        ("ab\nc┃", Position(1, 99)),
        ("ab\nc\n┃", Position(2, 0)),
        ("ab\nc\n┃", Position(3, 0)),
        ("ab\nc\n┃", Position(99, 0)),
        ("a┃b\nc", Position(-1, 1)),
        ("┃", Position(7, 7)),
    ],
)
def test_positions_mean_offsets_and_are_clamped_as_lsp_says(
    fixture: str, position: Position
) -> None:
    text, offset, _ = marked(fixture)
    assert snap(text).offset(position, "utf-16") == offset


@thoroughly
@given(texts, encodings)
def test_offsets_come_back_from_their_positions(text: str, encoding: Encoding) -> None:
    snapshot = snap(text)
    for offset in range(len(text) + 1):
        within_pair = text[:offset].endswith("\r") and text[offset:].startswith("\n")
        position = snapshot.position(offset, encoding)
        assert snapshot.offset(position, encoding) == offset - within_pair


@thoroughly
@given(texts)
def test_lines_cover_the_text(text: str) -> None:
    snapshot = snap(text)
    for line, content in enumerate(snapshot.lines):
        start, end = snapshot.line_start(line), snapshot.line_end(line)
        assert snapshot.slice(start, start + len(content)) == content
        assert snapshot.slice(start, end) == content.rstrip("\r\n")
        assert {snapshot.line_at(at) for at in range(start, start + len(content))} <= {line}
    assert snapshot.line_at(len(text)) == len(snapshot.lines) - 1


@thoroughly
@given(texts, st.integers(1, 9))
def test_places_outside_the_text_are_refused(text: str, beyond: int) -> None:
    snapshot = snap(text)
    for offset in (-beyond, len(text) + beyond):
        with pytest.raises(ValueError, match="outside"):
            snapshot.line_at(offset)
        with pytest.raises(ValueError, match="no range"):
            snapshot.slice(min(offset, 0), max(offset, 0))
    for line in (-beyond, len(snapshot.lines) - 1 + beyond):
        with pytest.raises(ValueError, match="outside"):
            snapshot.line_start(line)
        with pytest.raises(ValueError, match="outside"):
            snapshot.line_end(line)
