import pytest
from hypothesis import given

from tests.text.strategies import encodings, texts, thoroughly
from workers_ai_ls.text import Encoding, split_lines
from workers_ai_ls.text.encodings import character_of, column_of
from workers_ai_ls.text.lines import content_length


def units(text: str, encoding: Encoding) -> int:
    """The length of `text` by Python's own codecs."""
    width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
    codec = encoding if encoding == "utf-8" else f"{encoding}-le"
    return len(text.encode(codec, "surrogatepass")) // width


@thoroughly
@given(texts, encodings)
def test_every_column_has_a_character_that_leads_back(text: str, encoding: Encoding) -> None:
    for line in split_lines(text):
        for column in range(content_length(line) + 1):
            character = character_of(line, column, encoding)
            assert character == units(line[:column], encoding)
            assert column_of(line, character, encoding) == column


@thoroughly
@given(texts, encodings)
def test_characters_inside_a_code_point_mean_its_start(text: str, encoding: Encoding) -> None:
    for line in split_lines(text):
        content = line[: content_length(line)]
        for column, code_point in enumerate(content):
            first = units(content[:column], encoding)
            for inside in range(units(code_point, encoding)):
                assert column_of(line, first + inside, encoding) == column


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("line", ["ab\r\n", "😀é\n", "\u2028\f\r", ""])
def test_characters_outside_the_content_are_clamped_to_it(line: str, encoding: Encoding) -> None:
    assert column_of(line, 1_000_000, encoding) == content_length(line)
    assert column_of(line, -1, encoding) == 0
    assert character_of(line, len(line), encoding) == units(line.rstrip("\r\n"), encoding)


@pytest.mark.parametrize(("encoding", "size"), [("utf-8", 3), ("utf-16", 1), ("utf-32", 1)])
def test_half_a_surrogate_pair_counts_as_a_client_counts_it(encoding: Encoding, size: int) -> None:
    assert character_of("\ud83dx\n", 1, encoding) == size
    assert column_of("\ud83dx\n", size, encoding) == 1
