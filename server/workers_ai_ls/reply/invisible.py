"""Characters in code that nobody sees (Trojan Source, CVE-2021-42574)."""

import re
import unicodedata

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ZERO_WIDTH = "\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff"
_JOINERS = "\u200c\u200d"
_TAGS = "\U000e0000-\U000e007f"
_SURROGATES = "\ud800-\udfff"
# The flags of England, Scotland and Wales are a black flag with tags that spell a code.
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
_SUSPECT = re.compile(
    f"(?P<flag>{_FLAG})|(?P<joiner>[{_JOINERS}])|[{_BIDI}{_ZERO_WIDTH}{_TAGS}{_SURROGATES}]"
)


def strip_invisible(code: str) -> tuple[str, bool]:
    r"""Remove bidirectional controls and zero-width characters; tell whether there were any.

    Joiners stay where they shape what is seen: in emoji, and between letters of the scripts that
    use them. Lone surrogates go too, since no file can hold them.

    >>> strip_invisible("x\u202e = 1\u200b"), strip_invisible("🏃\u200d♂")[1]
    (('x = 1', True), False)
    """
    if code.isascii():
        return code, False
    stripped = _SUSPECT.sub(_kept, code)
    return stripped, stripped != code


def _kept(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 1) : found.start()]
    after = found.string[found.end() : found.end() + 1]
    stays = found["flag"] or (found["joiner"] and _joins(before, after))
    return found.group() if stays else ""


def _joins(before: str, after: str) -> bool:
    """Tell whether a joiner stands in an emoji sequence or in a script that needs it."""
    if not before or not after:
        return False
    if unicodedata.category(after) == "So":
        return unicodedata.category(before) in {"So", "Sk", "Mn"}
    return all(
        unicodedata.category(char)[0] in "LM" and char >= "\u0600" for char in (before, after)
    )
