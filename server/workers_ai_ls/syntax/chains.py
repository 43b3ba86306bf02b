"""Expressions as chains: names, with what is asked of each in turn.

A chain is `self.make()[].client`: a name, then any of `.name`, `()` for a call and `[]` for an
element. It leaves out arguments, indexes and whatever else does not tell what comes out.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .use_tables import UseTable

LITERAL: Final = "''"
"""The chain of a literal."""

_LONGEST: Final = 4_000
"""Characters. What is longer is not read."""
_DEEPEST: Final = 8

_BLANK: Final = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/|#[^\n]*|\\\n)*", re.DOTALL)
_NAME: Final = re.compile(r"[^\W\d]\w*|\$[\w$]*|[^\W\d][\w$]*")
_NUMBER: Final = re.compile(r"\d+(?![\w.])")
_CLOSING: Final = {"(": ")", "[": "]", "{": "}"}
_STRING: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|`(?:[^`\\]|\\.)*`',
    re.DOTALL,
)
_GENERIC: Final = re.compile(r"<[\w\s,.:&*|<>\[\]]*>(?=\s*(?:\(|::|\{|\.))")
_LITERAL: Final = re.compile(r"[\d\"'`\[{]|[rRbBuUfF]{1,2}[\"']")
_PLAIN: Final = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
"""What is a chain as it stands, as most expressions are."""
_PART: Final = re.compile(r"\(\)|\[\]|''|[^.()\[\]]+")


def chain(text: str, table: UseTable, depth: int = 0) -> str:
    """Make an expression a chain; "" for what is none.

    >>> from .use_tables import USE_TABLES
    >>> chain("await (self.make(x, ')')[0]).client", USE_TABLES["python"])
    'self.make()[].client'
    >>> chain("a + b", USE_TABLES["python"])
    ''
    """
    if len(text) > _LONGEST or depth > _DEEPEST:
        return ""
    if _PLAIN.fullmatch(text) and table.leading.isdisjoint(text.split(".")):
        return text
    read, end = _read(text, table, depth)
    return read if _skipped(text, end) >= len(text) else ""


def parts(text: str) -> list[str]:
    """Divide a chain: `self.make()[].client` → `self`, `make`, `()`, `[]`, `client`.

    >>> parts("self.make()[].client")
    ['self', 'make', '()', '[]', 'client']
    """
    return _PART.findall(text)


def closing(text: str, at: int) -> int:
    """Give the offset behind the bracket that closes the one at `at`, or the end of the text."""
    waiting: list[str] = []
    while at < len(text):
        char = text[at]
        if char in "\"'`" and (string := _STRING.match(text, at)):
            at = string.end()
            continue
        if char in "([{":
            waiting.append(_CLOSING[char])
        elif char in ")]}":
            if waiting and waiting[-1] == char:
                waiting.pop()
            if not waiting:
                return at + 1
        at += 1
    return len(text)


def _read(text: str, table: UseTable, depth: int) -> tuple[str, int]:
    """Read one expression, and tell where it ends."""
    at = _start(text, table)
    if text[at : at + 1] == "(":
        end = closing(text, at)
        found = chain(text[at + 1 : end - 1], table, depth + 1)
    elif _LITERAL.match(text, at):
        found, end = LITERAL, _past_literal(text, at)
    else:
        name = _NAME.match(text, at)
        found, end = (name[0], name.end()) if name else ("", at)
    return _followed(text, end, found, table, depth) if found else ("", at)


def _start(text: str, table: UseTable) -> int:
    """Leave out what stands before an expression and gives the same."""
    at = _skipped(text, 0)
    while True:
        name = _NAME.match(text, at)
        if name and name[0] in table.leading:
            at = _skipped(text, name.end())
        elif text[at : at + 1] in {"&", "*"} and at < len(text):
            at = _skipped(text, at + 1)
        else:
            return at


def _followed(text: str, end: int, found: str, table: UseTable, depth: int) -> tuple[str, int]:
    """Read what is asked of an expression."""
    while True:
        at = _skipped(text, end)
        if generic := _GENERIC.match(text, at):
            at = _skipped(text, generic.end())
        sign = text[at : at + 1]
        if _is_mark(text, at, table):
            end = at + 1
        elif sign == "(":
            end = closing(text, at)
            found = _called(text[at + 1 : end - 1], found, table, depth)
        elif sign == "[":
            found, end = f"{found}[]", closing(text, at)
        elif sign == "{" and table.braces and found[-1:] not in ")]":
            found, end = f"{found}()", closing(text, at)
        elif asked := _asked(text, at, table):
            name, end = asked
            found = f"{found}.{name}" if name else found
        else:
            return found, end


def _is_mark(text: str, at: int, table: UseTable) -> bool:
    """Whether a `?` or `!` stands there that leaves what an expression gives."""
    sign, after = text[at : at + 1], text[at + 1 : at + 2]
    if sign not in {"?", "!"} or not sign or after == "=":
        return False
    if _joined(table.joining).match(text, at) and after not in {"[", "("}:
        return False
    following = text[_skipped(text, at + 1) :][:1]
    return sign == "!" or following in {"", *".)[(?!"}


def _called(given: str, found: str, table: UseTable, depth: int) -> str:
    """Give what a call gives: for some functions, their first argument."""
    inner = ""
    if found in table.passing and depth < _DEEPEST:
        inner, _ = _read(given, table, depth + 1)
    return inner + table.passing[found] if inner else f"{found}()"


def _asked(text: str, at: int, table: UseTable) -> tuple[str, int] | None:
    """Read a joint with the name behind it; the name is empty where it changes nothing."""
    join = _joined(table.joining).match(text, at)
    if not join:
        return None
    after = _skipped(text, join.end())
    if generic := _GENERIC.match(text, after):
        return "", generic.end()
    name = _NAME.match(text, after) or _NUMBER.match(text, after)
    if not name:
        return None
    # Rust awaits behind the dot.
    return ("" if name[0] in table.leading else name[0]), name.end()


@cache
def _joined(joining: tuple[str, ...]) -> re.Pattern[str]:
    words = sorted((*joining, "."), key=len, reverse=True)
    return re.compile("(?!\\.\\.)(?:" + "|".join(map(re.escape, words)) + ")#?")


def _past_literal(text: str, at: int) -> int:
    if text[at] in "[{":
        return closing(text, at)
    while text[at : at + 1].isalnum() and not text[at].isdigit():
        at += 1
    string = _STRING.match(text, at)
    if string:
        return string.end()
    while at < len(text) and (text[at].isalnum() or text[at] in "._"):
        at += 1
    return at


def _skipped(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at
