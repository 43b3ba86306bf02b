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
        ("def \u3164():\n    \uffa0 = 1", "def ():\n     = 1"),
        ("x = 1 // a\u2028evil()", "x = 1 // aevil()"),
        ("print('a\x08\x1b[2K')", "print('a[2K')"),
        ("x = 'a\ufe0f\ufe01\U000e0101'", "x = 'a'"),
        ("a\u034f\u2065\ufff9 = 1", "a = 1"),
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
        "'1\ufe0f\u20e3 ‼\ufe0f ☎\ufe0e 葛\U000e0100'",
        "a\x0cb\tc\r\n",
        "'می\u200cخ'",
        "'क्\u200dष'",
        "'🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f'",
    ],
)
def test_what_shapes_visible_text_stays(code: str) -> None:
    assert strip_invisible(code) == (code, False)


@pytest.mark.parametrize(
    ("code", "own", "kept"),
    [
        ("y = 'a\u200bb'", "x = 'a\u200bb'", "y = 'a\u200bb'"),
        ("# \u202eabc\u202c\nx", "# \u202eabc\u202c\ny", "# \u202eabc\u202c\nx"),
        ("x = 'c\u200bd'", "x = 'a\u200bb'", "x = 'cd'"),
        ("if admin\u202e:", "# \u202eabc\u202c", "if admin:"),
    ],
)
def test_what_the_user_wrote_stays(code: str, own: str, kept: str) -> None:
    assert strip_invisible(code, own)[0] == kept


@given(st.text(st.characters()))
def test_own_text_stays_whole(code: str) -> None:
    assert strip_invisible(code, code) == (code, False)


@given(st.text(st.characters()))
def test_once_is_enough(code: str) -> None:
    stripped, _ = strip_invisible(code)
    assert strip_invisible(strip_invisible(stripped)[0])[0] == strip_invisible(stripped)[0]
    stripped.encode()
