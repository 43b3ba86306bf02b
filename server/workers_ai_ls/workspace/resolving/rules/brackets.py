"""Signatures by their brackets: where one closes, and what stands outside of all."""

from typing import Final

_PAIRS: Final = {"(": ")", "[": "]", "{": "}", "<": ">"}
_QUOTES: Final = frozenset("\"'`")


def closing(text: str, at: int) -> int:
    """Give the offset behind the bracket that closes the one at `at`, or the end of the text.

    >>> closing("f(a: (b) => c) d", 1)
    14
    """
    return next((end + 1 for end, depth in _depths(text, at) if depth == 0), len(text))


def outside(text: str, signs: str, start: int = 0) -> int:
    """Give the offset of the first of these characters that stands in no brackets; -1 without one.

    The `=` and `>` of `=>`, and `==`, are none.

    >>> outside("a: Map<K, V> = b", ",="), outside("(a = 1) => b", "=")
    (13, -1)
    """
    for at, depth in _depths(text, start):
        if depth == 0 and text[at] in signs and text[at : at + 2] not in {"=>", "=="}:
            if text[at] == "=" and text[at - 1 : at] in {"=", "!", "<", ">"} and at:
                continue
            return at
    return -1


def opening(text: str) -> int:
    """Give the offset of the first parenthesis that opens outside of others; -1 without one.

    >>> opening("f<T extends (a) => b>(c)")
    21
    """
    return next((at for at, depth in _depths(text, 0) if text[at] == "(" and depth == 1), -1)


def divided(text: str, sign: str = ",") -> list[str]:
    """Divide at a character where it stands in no brackets; parts without words are left out.

    >>> divided("a: Map<K, V>, (b, c)")
    ['a: Map<K, V>', '(b, c)']
    """
    parts: list[str] = []
    start = 0
    while (at := outside(text, sign, start)) >= 0:
        parts.append(text[start:at].strip())
        start = at + 1
    parts.append(text[start:].strip())
    return [part for part in parts if part]


def _depths(text: str, start: int) -> "list[tuple[int, int]]":
    """Give each offset outside of strings with the depth of brackets after it."""
    listed: list[tuple[int, int]] = []
    waiting: list[str] = []
    quote = ""
    for at in range(start, len(text)):
        char = text[at]
        if quote:
            quote = "" if char == quote and text[at - 1] != "\\" else quote
            continue
        if char in _QUOTES:
            quote = char
        elif char in _PAIRS:
            waiting.append(_PAIRS[char])
        elif waiting and char == waiting[-1] and not (char == ">" and text[at - 1] in "=-"):
            waiting.pop()
        listed.append((at, len(waiting)))
    return listed
