"""Reading the signatures of definitions, as far as languages with braces have them in common."""

import re
from typing import Final

_OPEN: Final = {"(": ")", "[": "]", "{": "}", "<": ">"}
_CLOSE: Final = frozenset(_OPEN.values())


def around_name(signature: str, name: str) -> tuple[str, str]:
    """Give what stands before and behind the name that a signature defines.

    >>> around_name("static struct foo *next_of(int count)", "next_of")
    ('static struct foo *', '(int count)')
    """
    word = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
    places = [found.span() for found in word.finditer(signature)]
    for start, end in places:
        if signature[end:].lstrip()[:1] == "(":
            return signature[:start], signature[end:]
    if not places:
        return signature, ""
    start, end = places[-1] if "=" not in signature else places[0]
    return signature[:start], signature[end:]


def bracketed(text: str) -> tuple[str, str]:
    """Divide what stands in the first round brackets from what follows them.

    >>> bracketed("<T: Into<X>>(a: Fn(u8), b: T) -> X")
    ('a: Fn(u8), b: T', ' -> X')
    """
    start = text.find("(")
    if start < 0:
        return "", text
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if not depth:
            return text[start + 1 : at], text[at + 1 :]
    return text[start + 1 :], ""


def divided(text: str, mark: str = ",") -> list[str]:
    """Divide at the marks that stand in no brackets.

    >>> divided("Map<K, V> a, b")
    ['Map<K, V> a', 'b']
    """
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        if letter in _OPEN:
            depth += 1
        elif letter in _CLOSE and text[at - 1 : at] not in {"-", "="}:
            depth -= 1
        elif letter == mark and depth <= 0:
            parts.append(text[start:at].strip())
            start = at + 1
    return [part for part in (*parts, text[start:].strip()) if part]
