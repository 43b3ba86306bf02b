"""Which types an expression of a type names."""

import re
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(
    r"(?:[^\W\d]|\$)[\w$]*(?:\s*(?:\.|::|\\)\s*(?:[^\W\d]|\$)[\w$]*)*|=>|->|\.\.\.|[\[\]<>(){},]"
)
_LIFETIME: Final = re.compile(r"'\w+\b(?!')")
_JOIN: Final = re.compile(r"\s*(?:\.|::|\\)\s*")
_CLOSING: Final = {"[": "]", "<": ">", "(": ")", "{": "}"}
_WORDS: Final = frozenset(
    {
        *("readonly", "const", "mut", "dyn", "impl", "typeof", "keyof", "struct", "enum", "union"),
        *("unsigned", "signed", "volatile", "static", "final", "in", "out", "ref", "unique"),
        *("extends", "super", "where", "for", "infer", "is", "asserts", "chan", "func", "fn"),
    }
)
"""What stands beside a type and names none."""
_LONGEST: Final = 2_000
_DEEPEST: Final = 12


class TypeName(NamedTuple):
    """A type by its name, with what it is made of."""

    name: str
    """`Client`, `models.Client`; empty for a list, tuple or function that is written by brackets alone."""
    arguments: tuple["TypeName", ...] = ()
    """All types that stand in its brackets, whichever argument they belong to."""


def type_names(text: str) -> list[TypeName]:
    """Read a type as most languages write it: each type that a thing may be of.

    >>> type_names("list[a.Client] | None")
    [TypeName(name='list', arguments=(TypeName(name='a.Client', arguments=()),)), TypeName(name='None', arguments=())]
    >>> type_names("Map<String, Vec<Item>>")[0].arguments[1].arguments[0].name
    'Item'
    >>> type_names("Client[]")
    [TypeName(name='', arguments=(TypeName(name='Client', arguments=()),))]
    >>> [one.name for one in type_names("*http.Client")]
    ['http.Client']
    >>> type_names("map[string]*Client")[0].arguments[1].name
    'Client'
    >>> type_names("core.$Type")[0].name
    'core.$Type'
    >>> type_names("(A, error)")[0].arguments[0].name, type_names("(A)")[0].name
    ('A', 'A')
    """
    tokens = _TOKEN.findall(_LIFETIME.sub("", text[:_LONGEST]))
    found, _, _ = _read(tokens, 0, "", 0)
    return found


def _read(tokens: list[str], at: int, closing: str, depth: int) -> tuple[list[TypeName], int, int]:
    """Read up to the closing bracket: the types, where it ends, and how many commas stand there."""
    found: list[TypeName] = []
    commas = 0
    while at < len(tokens) and tokens[at] != closing:
        word = tokens[at]
        at += 1
        if word == ",":
            commas += 1
        elif word in _CLOSING and depth < _DEEPEST:
            inner, end, inside = _read(tokens, at, _CLOSING[word], depth + 1)
            is_prefix = word == "[" and not inner
            at = end
            if word in {"{", "<"}:
                continue
            if is_prefix:
                # `[]T` of Go; in `T[]` the brackets follow a name.
                rest, at, inside = _read_one(tokens, at, closing, depth)
                found.append(TypeName("", tuple(rest)))
            elif word == "(" and at < len(tokens) and tokens[at] in {"=>", "->"}:
                rest, at, _ = _read_one(tokens, at + 1, closing, depth)
                found.append(TypeName("", tuple(rest)))
            elif inside or word == "[":
                found.append(TypeName("", tuple(inner)))
            else:
                found += inner
        elif word[0].isalpha() or word[0] in "_$":
            if word in _WORDS:
                continue
            one, at = _named(tokens, at, word, closing, depth)
            found.append(one)
    return found, at + 1, commas


def _named(tokens: list[str], at: int, word: str, closing: str, depth: int) -> tuple[TypeName, int]:
    """Read what follows a name: its arguments, and brackets that make it a list."""
    name = _JOIN.sub(".", word)
    arguments: list[TypeName] = []
    while at < len(tokens) and tokens[at] in {"[", "<", "("} and depth < _DEEPEST:
        opened = tokens[at]
        inner, at, _ = _read(tokens, at + 1, _CLOSING[opened], depth + 1)
        if opened == "[" and not inner:
            return TypeName("", (TypeName(name, tuple(arguments)),)), at
        arguments += inner
        if name == "map" and opened == "[":
            rest, at, _ = _read_one(tokens, at, closing, depth)
            arguments += rest
    return TypeName(name, tuple(arguments)), at


def _read_one(
    tokens: list[str], at: int, closing: str, depth: int
) -> tuple[list[TypeName], int, int]:
    """Read the one type that follows."""
    while at < len(tokens) and tokens[at] in _WORDS:
        at += 1
    if at >= len(tokens) or tokens[at] in {closing, ",", ")", "]", ">", "}"}:
        return [], at, 0
    word = tokens[at]
    if word in _CLOSING and depth < _DEEPEST:
        inner, end, commas = _read(tokens, at + 1, _CLOSING[word], depth + 1)
        if word == "[" and not inner:
            rest, end, _ = _read_one(tokens, end, closing, depth + 1)
            return [TypeName("", tuple(rest))], end, 0
        return inner, end, commas
    one, end = _named(tokens, at + 1, word, closing, depth)
    return [one], end, 0
