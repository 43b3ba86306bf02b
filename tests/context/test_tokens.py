"""The token estimate, against the formula as it was given."""

import math
import re
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workers_ai_ls.context import estimate, fits
from workers_ai_ls.context.tokens import weight

CODE = st.text(alphabet="abcXYZ019_ \t\n.,()=+'\"é😋", max_size=200)


def slowly(text: str) -> int:
    """1.25·newlines + 1.1·digits + 1·(matches of [A-Z]?[a-z]+|[A-Z]+) + 0.15·letters past the 8th in
    a word + 0.26·letters of ALL-CAPS words longer than 2 + 1·punctuation runs + 0.2·punctuation
    characters + 0.5·runs of ≥ 2 blanks + 0.67·non-ASCII bytes, times 1.2.
    """
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+", text)
    marks = [char if char in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" else " " for char in text]
    runs = "".join(marks).split()
    blanks = "".join(char if char in " \t" else "x" for char in text).split("x")
    terms = [
        ("1.25", len([char for char in text if char == "\n"])),
        ("1.1", len([char for char in text if char in "0123456789"])),
        ("1", len(words)),
        ("0.15", sum(max(0, len(word) - 8) for word in words)),
        ("0.26", sum(len(word) for word in words if word == word.upper() and len(word) > 2)),
        ("1", len(runs)),
        ("0.2", sum(map(len, runs))),
        ("0.5", len([run for run in blanks if len(run) >= 2])),
        ("0.67", len([byte for byte in text.encode("utf-8", "replace") if byte > 127])),
    ]
    return math.ceil(Fraction("1.2") * sum(Fraction(weight) * count for weight, count in terms))


@settings(deadline=None)
@given(st.one_of(CODE, st.text(max_size=80)))
@example("getHTTPResponseCode2(MAX_SIZE)\n\t\tinternationalization = 1_000\n")
@example("\ud800é")
def test_the_estimate_is_the_formula(text: str) -> None:
    assert estimate(text) == slowly(text)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("\n", 2),  # 1.25
        ("7", 2),  # 1.1
        ("word", 2),  # 1
        ("understanding", 3),  # 1 + 5 * 0.15
        ("MAX", 3),  # 1 + 3 * 0.26
        ("OK", 2),  # 1: two capitals are a word like any other
        ("();", 2),  # 1 + 3 * 0.2
        ("    ", 1),  # 0.5
        ("é", 2),  # 2 * 0.67
        ("😋", 4),  # 4 * 0.67
    ],
)
def test_each_term(text: str, tokens: int) -> None:
    assert estimate(text) == tokens


def test_what_fits_by_its_bytes_needs_no_estimate() -> None:
    digits = "0123456789"
    assert estimate(digits) > len(digits)
    assert fits(digits, len(digits))
    assert not fits(digits, len(digits) - 1)


def test_a_long_text_fits_by_its_estimate() -> None:
    text = "internationalization of everything\n" * 10
    assert estimate(text) < len(text)
    assert fits(text, estimate(text))
    assert not fits(text, estimate(text) - 1)


def test_counting_ends_soon_after_the_limit() -> None:
    text = "x = 1\n" * 200_000
    assert 1000 < estimate(text, limit=1000) < estimate(text) // 5
    assert estimate(text[:6000], limit=10**6) == estimate(text[:6000])


def test_the_weight_is_the_larger_of_two_measures() -> None:
    digits, words = "0123456789", "internationalization" * 3
    assert weight(digits) == estimate(digits) > len(digits) / 3
    assert weight(words) == len(words) / 3 > estimate(words)
    assert weight("é" * 3) == 5
