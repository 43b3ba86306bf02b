"""What makes code unfit to take the place of other code: parts left out, cut off, run wild."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workers_ai_ls.reply import refusals
from workers_ai_ls.reply.elision import elisions
from workers_ai_ls.reply.tags import language_of
from workers_ai_ls.syntax import error_count, language_for, parse

if TYPE_CHECKING:
    from workers_ai_ls.reply.refusals import Refusal

_PATCH = re.compile(
    r"^<{5,9} ?(?:SEARCH|ORIGINAL|HEAD)\b|^@@ .* @@|^(?:---|\+\+\+) [ab]/", re.MULTILINE
)
_OPENS = re.compile(
    r"(?:[({\[,:=+*/|&\\<-]|\b(?:def|class|if|for|return|and|or|not|in|import|from|new))\s*$"
)
_HEADS_BLOCK = re.compile(r"(?:async\s+)?(?:def|class|if|for|while|with|elif|else|try)\b[^#]*:")
_BRACKETS = re.compile(r"[()\[\]{}]|(?P<text>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')")

_LONGEST_PERIOD = 12
"""Lines."""

_REPEATS = 6
_REPEATED_LINES = 16
_RUN = re.compile(r"(?P<unit>[^\n]{1,60}?)(?P=unit){15,}\s*\Z")
_RUN_LENGTH = 400
_LONG_LINE, _SYLLABLE, _DULL = 160, 6, 0.3
"""A line of so many characters says little if so small a share of its pieces differs."""


def is_patch(code: str, original: str = "") -> bool:
    """Tell whether code holds the marks of a patch, and the original does not."""
    return bool(_PATCH.search(code) and not _PATCH.search(original))


def elided(code: str, original: str, fence: str) -> Refusal | None:
    """Give the refusal for code in which a comment stands for what was left out."""
    return refusals.ELIDED if any(elisions(code, original, language_of(fence))) else None


def parses(code: str, fence: str) -> bool:
    """Tell whether code parses; so does all in a language without a grammar."""
    tree = parse(language_for(fence, ""), code)
    return tree is None or error_count(tree) == 0


def breaks_off(code: str, fence: str, *, closed: bool = True) -> bool:
    r"""Tell whether code ends in the middle: it does not parse, and that shows at its end.

    `closed` says whether a fence ends it, which is taken for its end in a language without a grammar.

    >>> breaks_off("def half(x):\n    return x / (", "python"), breaks_off("x = 1", "python")
    (True, False)
    """
    language = language_for(fence, "")
    tree = parse(language, code)
    if tree is None:
        return not closed and _is_open(code)
    last = code.rstrip().rpartition("\n")[2].strip()
    if error_count(tree) == 0:
        # To the grammar, a block may be empty.
        return language.id == "python" and _HEADS_BLOCK.fullmatch(last) is not None
    unclosed = any(last.count(quote) % 2 for quote in language.quotes if quote != "'")
    return last in language.line_comments or unclosed or _is_open(code) or bool(_OPENS.search(code))


def _is_open(code: str) -> bool:
    depth = 0
    for found in _BRACKETS.finditer(code):
        if not found["text"]:
            depth += 1 if found[0] in "([{" else -1
    return depth > 0 or code.count('"""') % 2 == 1


def runs_wild(text: str, original: str = "") -> bool:
    r"""Tell whether a text ends in the same few lines, or characters, again and again.

    >>> runs_wild("x = 1\n" + "y = 2\n" * 40), runs_wild("x = 1\ny = 2\n")
    (True, False)
    """
    text = text.rstrip("`~ \t\n")
    run = _RUN.search(text[-4 * _RUN_LENGTH :])
    # A rule of one character is an ornament.
    if (
        run
        and len(set(run["unit"]) - {" "}) > 1
        and len(run[0]) >= _RUN_LENGTH
        and run["unit"] * 15 not in original
    ):
        return True
    if _is_dull(text.rpartition("\n")[2]) and text.rpartition("\n")[2] not in original:
        return True
    # The last line may be the beginning of one more repetition.
    lines = [line.strip() for line in text.split("\n")[:-1] if line.strip()]
    for period in range(1, min(_LONGEST_PERIOD, len(lines) // _REPEATS) + 1):
        unit = lines[-period:]
        same = 0
        while lines[len(lines) - (same + 1) * period : len(lines) - same * period] == unit:
            same += 1
        filled = any(map(str.isalnum, "".join(unit)))
        if same < _REPEATS or same * period < _REPEATED_LINES or not filled:
            continue
        own = [line.strip() for line in original.split("\n")]
        if own.count(unit[0]) * 2 < same:
            return True
    return False


def _is_dull(line: str) -> bool:
    """Tell whether a long line goes round and round in the same few syllables."""
    if len(line) < _LONG_LINE or not any(map(str.isalnum, line)):
        return False
    tail = line[-_LONG_LINE:]
    pieces = {tail[at : at + _SYLLABLE] for at in range(len(tail) - _SYLLABLE)}
    return len(pieces) < _DULL * (len(tail) - _SYLLABLE)
