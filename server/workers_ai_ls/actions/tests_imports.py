"""The imports of a test file: which ones new tests lack, and where those go. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workers_ai_ls.syntax import Language, imports, parse
from workers_ai_ls.text import split_lines

from .import_statements import Statement, parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workers_ai_ls.syntax import Import

_TOP = {
    "python": r'(?:#.*\n)*(?:[ \t]*\n)*[rR]?(?:"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"[^"\n]*"|\'[^\'\n]*\')[ \t]*\n'
    r"|(?:#.*\n)+",
    "php": r"<\?php\b.*\n(?:\s*declare\s*\(.*\n)?",
    "javascript": r"(?:#!.*\n)?(?:['\"]use strict['\"];?[ \t]*\n)?",
    "go": r"(?://.*\n)*",
}
"""What stands above the first import of a file."""


_CLAUSE = re.compile(r"^package (\w+)", re.MULTILINE)


def missing(new: Iterable[str], have: Iterable[str], language: Language) -> list[str]:
    """Give what of some statements is not bound by others yet, as statements.

    A name that is bound already counts, wherever it comes from: to bind it twice is an error in
    some languages and a trap in the others.
    """
    bound = {name for text in have for each in parsed(text, language) for name in each.bound}
    lacking: list[str] = []
    for text in new:
        for statement in parsed(text, language):
            rest = statement.without(bound)
            lacking += [rest.text] if rest else []
            bound.update(statement.bound)
    return lacking


def corrected(code: str, hints: Sequence[str], language: Language) -> str:
    """Take out imports that guess where the code under test is, where `hints` know it.

    A wrong package clause becomes the right one.
    """
    hint = next((each for each in hints if each.startswith("package ")), "")
    reach = [statement for each in hints for statement in parsed(each, language)]
    for item in reversed(_top_level(code, language)):
        if item.kind == "package":
            fits = not hint or _is_clause(item.text, hint, code)
            code = code if fits else code[: item.start] + hint + code[item.end :]
            continue
        statements = parsed(item.text, language)
        left = [each.without(_guessed(each, reach, language)) for each in statements]
        if left != statements:
            kept = "\n".join(each.text for each in left if each)
            end = item.end if kept else _next_line(code, item.end)
            code = code[: item.start] + kept + code[end:]
    return code


def from_inside(code: str, text: str, language: Language) -> str:
    """Turn Go tests from outside of a package into ones from inside, where the file's are of that sort."""
    if language.id != "go":
        return code
    own, there = (_CLAUSE.search(each) for each in (code, text))
    if not own or not there or own[1] != f"{there[1]}_test":
        return code
    package = re.escape(there[1])
    code = re.sub(
        rf"^[ \t]*(?:import[ \t]+)?(?:{package} )?\"[^\"\n]*/{package}\"\n",
        "",
        code,
        flags=re.MULTILINE,
    )
    return re.sub(rf"(?<![\w.\"]){package}\.(?=[A-Z])", "", code)


def _is_clause(clause: str, hint: str, code: str) -> bool:
    """Whether a package clause is right: the file's, or Go's for tests from outside that import it."""
    own, wanted = clause.rstrip("; \t").split(), hint.rstrip("; \t").split()
    if own == wanted:
        return True
    package = re.escape(wanted[-1])
    outside = own[-1] == f"{wanted[-1]}_test"
    return outside and bool(re.search(rf"\"(?:[^\"\n]*/)?{package}\"|\b{package} \"", code))


def without_imports(code: str, language: Language) -> tuple[list[str], str]:
    """Take the import statements out of `code`; a package clause goes too, but is not among them."""
    found = _top_level(code, language)
    body, at = "", 0
    for item in found:
        body += code[at : item.start]
        at = _next_line(code, item.end)
    body += code[at:]
    return [item.text for item in found if item.kind == "import"], body.strip("\n")


def with_imports(text: str, statements: list[str], language: Language, ending: str) -> str:
    """Insert statements below the imports that a text has, or at its top."""
    packages = [each for each in statements if each.startswith("package ")]
    rest = [each for each in statements if each not in packages]
    for first in (True, False):
        some = [each for each in rest if each.startswith("from __future__") is first]
        if some:
            text = _inserted(text, ending.join(some).replace("\n", ending), language, ending)
    return f"{packages[0]}{ending * 2}{text}" if packages else text


def _inserted(text: str, block: str, language: Language, ending: str) -> str:
    found = _top_level(text, language)
    if found and block.startswith("from __future__"):
        # They have to come first.
        return f"{text[: found[0].start]}{block}{ending}{text[found[0].start :]}"
    if found:
        line = split_lines(text[found[-1].end :])[0].rstrip("\r\n")
        at = found[-1].end + len(line)
        gap = ending * 2 if found[-1].kind == "package" else ending
        return f"{text[:at]}{gap}{block}{text[at:]}"
    pattern = _TOP.get(language.id.removesuffix("react").replace("type", "java"), "")
    top = re.match(pattern, text.replace("\r\n", "\n"))
    lines = top[0].count("\n") if top else 0
    at = sum(map(len, split_lines(text)[:lines]))
    head = f"{text[:at].rstrip()}{ending * 2}" if at else ""
    gap = ending * (3 if language.id == "python" else 2)
    body = text[at:].lstrip("\r\n")
    return f"{head}{block}{gap if body else ending}{body}"


def _guessed(statement: Statement, reach: list[Statement], language: Language) -> set[str]:
    """The names that a statement takes from where the code under test is not."""
    names = {name for each in reach for name in each.bound}
    right = {each.source for each in reach}
    if language.id == "python":
        tops = {source.partition(".")[0] for source in right}
        top = statement.source.partition(".")[0]
        return set() if not top or top in tops else names
    if statement.source.startswith("."):
        return set() if statement.text.rstrip(";") in {each.text for each in reach} else names
    return set()


def _next_line(text: str, at: int) -> int:
    """Past what a statement leaves on its line, such as a semicolon or a comment."""
    line = split_lines(text[at:])[0]
    return at + len(line) if not line.strip().strip(";") or "#" in line or "//" in line else at


def _top_level(text: str, language: Language) -> list[Import]:
    """The statements that begin a line; others may stand in a `try`, which needs them."""
    tree = parse(language, text)
    found = imports(tree) if tree else []
    return [each for each in found if text[: each.start].endswith(("\n", "\r")) or each.start == 0]
