"""Put right what word processors do to code, where the code does not parse with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workers_ai_ls.syntax import error_count, parse

if TYPE_CHECKING:
    from workers_ai_ls.syntax import Language

_PLAIN = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"',
    "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ",
}  # fmt: skip
_ODD = re.compile("[" + "".join(_PLAIN) + "]")
_MOST = 60
"""Characters that are tried one by one; each try parses the code."""


def mended(code: str, language: Language) -> str:
    r"""Make curly quotes and odd blanks plain, but only those that keep the code from parsing.

    >>> from workers_ai_ls.syntax import language_for
    >>> mended("print(“a”)", language_for("python", ""))
    'print("a")'
    """
    places = [found.start() for found in _ODD.finditer(code)]
    tree = parse(language, code) if places else None
    if tree is None or not (errors := error_count(tree)):
        return code
    plain = _ODD.sub(lambda found: _PLAIN[found[0]], code)
    best = _errors(plain, language)
    curly = [at for at in places if code[at] not in "\u00a0\u2002\u2003\u2009\u202f\u3000"]
    for at in curly[:_MOST]:
        # What was inside of a string or a comment goes back.
        back = plain[:at] + code[at] + plain[at + 1 :]
        if _errors(back, language) <= best:
            plain = back
    return plain if best < errors else code


def _errors(code: str, language: Language) -> int:
    tree = parse(language, code)
    return error_count(tree) if tree else 0
