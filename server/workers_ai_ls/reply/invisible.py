"""Characters in code that nobody sees (Trojan Source, CVE-2021-42574)."""

import unicodedata

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ZERO_WIDTH = frozenset(
    "\u00ad\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\u206a\u206b\u206c\u206d\u206e\u206f"
)
_JOINERS = frozenset("\u200c\u200d")
_TAGS = range(0xE0000, 0xE0080)
_SURROGATES = range(0xD800, 0xE000)
_BLACK_FLAG = "\U0001f3f4"


def strip_invisible(code: str) -> tuple[str, bool]:
    r"""Remove bidirectional controls and zero-width characters; tell whether there were any.

    Joiners stay where they shape what is seen: in emoji, and between letters of the scripts that
    use them. Lone surrogates go too, since no file can hold them.

    >>> strip_invisible("x\u202e = 1\u200b"), strip_invisible("🏃\u200d♂")[1]
    (('x = 1', True), False)
    """
    if code.isascii():
        return code, False
    kept = [char for index, char in enumerate(code) if not _is_invisible(code, index)]
    return "".join(kept), len(kept) != len(code)


def _is_invisible(code: str, index: int) -> bool:
    char = code[index]
    if char in _BIDI or char in _ZERO_WIDTH or ord(char) in _SURROGATES:
        return True
    if char in _JOINERS:
        return not _joins(code[max(0, index - 1) : index], code[index + 1 : index + 2])
    return ord(char) in _TAGS and not _is_in_flag(code, index)


def _joins(before: str, after: str) -> bool:
    """Tell whether a joiner stands in an emoji sequence or in a script that needs it."""
    if not before or not after:
        return False
    if unicodedata.category(after) == "So":
        return unicodedata.category(before) in {"So", "Sk", "Mn"}
    return all(
        unicodedata.category(char)[0] in "LM" and char >= "\u0600" for char in (before, after)
    )


def _is_in_flag(code: str, index: int) -> bool:
    """Tell whether a tag character belongs to a flag such as Scotland's."""
    while index and ord(code[index]) in _TAGS:
        index -= 1
    return code[index] == _BLACK_FLAG
