"""Which names a piece of code defines, by its lines alone: pieces of code seldom parse."""

from __future__ import annotations

import re

from workers_ai_ls.reply.indentation import columns

_KEYWORD = (
    r"def|class|func|function|fn|fun|sub|interface|struct|enum|union|trait|type|record|module|mod|impl|namespace"
    r"|const|let|var|val|static|object|local"
)
_DEFINITION = re.compile(
    r"[ \t]*(?:(?:export|default|public|private|protected|static|final|abstract|async|pub|inline|override"
    r"|@testset|const|local|macro)\b\s*)*"
    r"(?:def|class|func|function\*?|fn|fun|interface|struct|enum|trait|record|module|impl)\s+"
    r"(?:\([^)]*\)\s*)?(?:self\.)?(?P<name>[\w$]+)"
)
# Julia defines functions and types in these ways too.
_SHORT = re.compile(r"[ \t]*(?P<name>\w+)\((?:[^()\n]|\([^()\n]*\))*\)\s*(?:where\b[^=\n]*)?=(?!=)")
_TYPE = re.compile(r"[ \t]*(?:abstract\s+type|mutable\s+struct)\s+(?P<name>\w+)")
_TYPED = re.compile(
    r"[ \t]*(?:[\w<>\[\],:?~]+[ \t*&]+)+(?P<name>\w+)\s*\([^;\n]*\)\s*(?:throws [\w., ]+)?\{?\s*$"
)
_NO_TYPE = (
    r"(?:return|else|new|throw|raise|assert|await|yield|case|if|elif|for|while|not|in|is|and|or|go|defer"
    r"|print|echo|puts|del|import|from)\b"
)
_NO_DEFINITION = re.compile(rf"\s*{_NO_TYPE}")


def defines(code: str, name: str) -> bool:
    """Tell whether `code` defines `name`, anywhere."""
    word = re.escape(name)
    arguments = r"\s*\([^;\n]*"
    forms = (
        rf"\b(?:{_KEYWORD})\b[^\n=;]*?(?<![\w.]){word}(?!\w)",
        rf"^[ \t]*{word}\s*(?::[^\n=]*)?(?::=|=(?!=))",
        # A type stands before it, a body behind it, or Julia's `=`.
        rf"^[ \t]*(?!{_NO_TYPE})(?:[\w<>\[\],:?~]+[ \t*&]+)+{word}{arguments}(?:\{{[^\n]*)?$",
        rf"^[ \t]*{word}{arguments}\)[^;\n]*(?:\{{[^\n]*|\n[ \t]*\{{)$",
        rf"^[ \t]*{word}{arguments}\)[^;\n=]*=(?!=)",
    )
    return any(re.search(form, code, re.MULTILINE) for form in forms)


def uses(code: str, name: str) -> bool:
    """Tell whether `name` occurs in `code` as a word."""
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", code))


def defined(code: str) -> set[str]:
    r"""Give the names of the outermost functions, classes and other definitions with a body.

    >>> sorted(defined("class A:\n    def f(self): ...\n\n\nasync def g(): ..."))
    ['A', 'g']
    """
    found = [
        (columns(line), match["name"])
        for line in code.split("\n")
        if not _NO_DEFINITION.match(line) and (match := _first_match(line))
    ]
    least = min((column for column, _ in found), default=0)
    return {name for column, name in found if column == least}


def _first_match(line: str) -> re.Match[str] | None:
    patterns = (_DEFINITION, _TYPED, _SHORT, _TYPE)
    return next((match for pattern in patterns if (match := pattern.match(line))), None)
