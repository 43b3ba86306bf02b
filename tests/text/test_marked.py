import pytest

from tests.marked import marked


def test_one_mark_is_a_cursor() -> None:
    assert marked("ab┃c") == ("abc", 2, 2)


def test_two_marks_are_a_selection() -> None:
    fixture = marked("a┃b😀\n┃c")
    assert fixture == ("ab😀\nc", 1, 4)
    assert fixture.selected == "b😀\n"


@pytest.mark.parametrize("text", ["", "abc", "┃a┃b┃"])
def test_any_other_number_of_marks_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="one or two marks"):
        marked(text)
