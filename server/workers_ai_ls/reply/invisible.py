"""Characters in code that nobody sees (Trojan Source, CVE-2021-42574)."""

import re
import unicodedata

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ZERO_WIDTH = "\u00ad\u034f\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff0-\ufffb"
# They are letters to a parser, and blank to a reader.
_FILLERS = "\u115f\u1160\u17b4\u17b5\u3164\uffa0"
# JavaScript and others end a line, and so a comment, where an editor shows none to end.
_LINE_ENDS = "\u2028\u2029"
_CONTROLS = "\x00-\x08\x0b\x0e-\x1f\x7f"
_JOINERS = "\u200c\u200d"
_TAGS = "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
# One of them chooses how the character before it looks; more hide data.
_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_SURROGATES = "\ud800-\udfff"
# The flags of England, Scotland and Wales are a black flag with tags that spell a code.
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
_SUSPECT = re.compile(
    f"(?P<flag>{_FLAG})|(?P<joiner>[{_JOINERS}])|(?P<selector>[{_SELECTORS}])"
    f"|[{_BIDI}{_ZERO_WIDTH}{_FILLERS}{_LINE_ENDS}{_CONTROLS}{_TAGS}{_SURROGATES}]"
)
BLANKLESS = "\u200b\u200c\u200d\u2060\ufeff"
"""Characters of no width that models leave at the ends of lines."""

_NEAR = 2
"""Characters on either side by which one that the user wrote is known again."""


def strip_invisible(code: str, own: str = "") -> tuple[str, bool]:
    r"""Remove bidirectional controls and other invisible characters; tell whether there were any.

    Joiners and selectors stay where they shape what is seen: in emoji, and between letters of the
    scripts that use them. What stands in `own`, the user's code, between the same neighbours stays
    as well. Lone surrogates go too, since no file can hold them.

    >>> strip_invisible("x\u202e = 1\u200b"), strip_invisible("🏃\u200d♂")[1]
    (('x = 1', True), False)
    >>> strip_invisible("y = 'a\u200bb'", "x = 'a\u200bb'")
    ("y = 'a\u200bb'", False)
    """
    if code.isascii() and not _SUSPECT.search(code):
        return code, False
    stripped = _SUSPECT.sub(lambda found: _kept(found, own), code)
    return stripped, stripped != code


def _kept(found: re.Match[str], own: str) -> str:
    before = found.string[max(0, found.start() - 1) : found.start()]
    after = found.string[found.end() : found.end() + 1]
    stays = (
        found["flag"]
        or (found["joiner"] and _joins(before, after))
        or (found["selector"] and _selects(before))
        or _is_own(found, own)
    )
    return found.group() if stays else ""


def _is_own(found: re.Match[str], own: str) -> bool:
    text = found.string
    before = text[max(0, found.start() - _NEAR) : found.start()].rpartition("\n")[2]
    after = text[found.end() : found.end() + _NEAR].partition("\n")[0].rstrip("\r")
    return f"{before}{found[0]}{after}" in own


def _joins(before: str, after: str) -> bool:
    """Tell whether a joiner stands in an emoji sequence or in a script that needs it."""
    if not before or not after:
        return False
    if unicodedata.category(after) == "So":
        return unicodedata.category(before) in {"So", "Sk", "Mn"}
    return all(
        unicodedata.category(char)[0] in "LM" and char >= "\u0600" for char in (before, after)
    )


def _selects(before: str) -> bool:
    """Tell whether a selector stands behind what it can choose a look for."""
    if not before:
        return False
    return (
        before in "0123456789#*"
        or unicodedata.category(before) in {"So", "Sm", "Po"}
        or (unicodedata.category(before) == "Lo" and before >= "\u1820")
    )
