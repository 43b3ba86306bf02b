"""Adds names to import statements that a file has for their module. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workers_ai_ls.syntax import imports, parse
from workers_ai_ls.text import Edit, apply_edits

from .import_statements import parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.syntax import Import, Language

    from .import_statements import Statement

_COMMENT = re.compile(r"#.*|//.*|/\*[\s\S]*?\*/")
_NAME = re.compile(r"[\w$*]+")
_BLOCK = re.compile(r"\A\s*import\s*\(")
_LONGEST = 100
"""Columns of a line beyond which another statement reads better."""


def joined(text: str, statements: Sequence[str], language: Language) -> tuple[str, list[str]]:
    """Add what statements import to those of the text that import from the same module.

    Text is only inserted. Also gives the statements that need a line of their own: those of other
    modules, and of modules from which the file imports each name by itself.
    """
    tree = parse(language, text)
    have = [each for each in imports(tree) if each.kind == "import"] if tree else []
    edits: dict[int, str] = {}
    left: list[str] = []
    for statement in statements:
        edit = _edit(text, statement, have, language)
        if edit is None:
            left.append(statement)
        else:
            edits[edit.start] = edits.get(edit.start, "") + edit.text
    inserted = [Edit(at, at, edits[at]) for at in sorted(edits)]
    return apply_edits(text, inserted), left


def _edit(text: str, statement: str, have: Sequence[Import], language: Language) -> Edit | None:
    parts = parsed(statement, language)
    if len(parts) != 1 or not parts[0].names:
        return None
    if language.id == "go":
        return _in_block(text, parts[0], have)
    new = parts[0]
    if not new.source or not new.before:
        return None
    fitting = [
        each
        for each in have
        if any(
            old.source == new.source and _way(old.before) == _way(new.before)
            for old in parsed(each.text, language)
        )
    ]
    if len(fitting) != 1:
        return None
    return _appended(text, fitting[0], ", ".join(written for _, written in new.names))


def _appended(text: str, statement: Import, names: str) -> Edit | None:
    """Write names behind the last one of a statement, on a line of their own where it has its own."""
    code = _COMMENT.sub(lambda found: " " * len(found[0]), text[statement.start : statement.end])
    code = code.replace("\r", " ")
    start, end = _listed(code)
    found = list(_NAME.finditer(code, start, end))
    if not found:
        return None
    last = found[-1]
    line = code[code.rfind("\n", 0, last.start()) + 1 :].partition("\n")[0]
    own = code.rfind("\n", start, last.start())
    blank = code[own + 1 : last.start()] if own >= 0 else ""
    if own >= 0 and not blank.strip():
        names = names.replace(", ", f",\n{blank}")
        ending = "\r\n" if "\r\n" in text else "\n"
        added = f",\n{blank}{names}".replace("\n", ending)
    elif len(line) + len(names) + 2 > _LONGEST:
        return None
    else:
        added = f", {names}"
    at = statement.start + last.end()
    return Edit(at, at, added)


def _listed(code: str) -> tuple[int, int]:
    """Where a statement lists its names: in braces or brackets, or behind `import`."""
    if "{" in code:
        return code.index("{") + 1, code.index("}") if "}" in code else len(code)
    start = re.search(r"\bimport\b", code)
    at = start.end() if start else 0
    return at, code.rindex(")") if ")" in code else len(code)


def _in_block(text: str, new: Statement, have: Sequence[Import]) -> Edit | None:
    """Put a package into the block of imports of a Go file."""
    block = next((each for each in have if _BLOCK.match(each.text)), None)
    if block is None:
        return None
    inner = text[block.start : block.end].rindex(")")
    body = text[block.start : block.start + inner]
    at = block.start + len(body.rstrip())
    if "\n" not in body:
        return None
    ending = "\r\n" if "\r\n" in body else "\n"
    return Edit(at, at, f"{ending}\t{new.names[0][1]}")


def _way(before: str) -> str:
    return " ".join(before.replace("{", " ").split())
