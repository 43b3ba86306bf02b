"""Characters that nobody sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers_ai_ls.reply import strip_invisible


@pytest.mark.parametrize(
    ("code", "stripped"),
    [
        ("if admin\u202e:\u2066 pass", "if admin: pass"),
        ("x\u200b = \ufeff1", "x = 1"),
        ("a\u200db", "ab"),
        ("a\u2060\u00ad\u180e\u200e", "a"),
        ("x\U000e0041\U000e0042 = 1", "x = 1"),
        ("x = '\ud83d'", "x = ''"),
    ],
)
def test_removed_and_told(code: str, stripped: str) -> None:
    assert strip_invisible(code) == (stripped, True)


@pytest.mark.parametrize(
    "code",
    [
        "x = 1",
        "é = 'ü'",
        "'🏃\u200d♂\ufe0f'",
        "'👩🏽\u200d💻'",
        "'می\u200cخ'",
        "'क्\u200dष'",
        "'🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f'",
    ],
)
def test_what_shapes_visible_text_stays(code: str) -> None:
    assert strip_invisible(code) == (code, False)


@given(st.text(st.characters()))
def test_once_is_enough(code: str) -> None:
    stripped, _ = strip_invisible(code)
    assert strip_invisible(strip_invisible(stripped)[0])[0] == strip_invisible(stripped)[0]
    stripped.encode()
