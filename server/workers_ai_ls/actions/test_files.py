"""The text of a test file: a new one, or one that gets more tests. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workers_ai_ls.syntax import Language, imports, parse
from workers_ai_ls.text import split_lines

if TYPE_CHECKING:
    from workers_ai_ls.context import Material, TestPlace

_MAIN_GUARD = re.compile(r"^if __name__ == ", re.MULTILINE)
"""What ends a Python test file that runs itself; tests below it would never be seen."""


def started(code: str, material: Material, place: TestPlace) -> str:
    """Make a new file of `code`, with what makes the code under test reachable if it lacks that."""
    hint = place.import_hint or ""
    have = [item for item, _ in _imports(code, material.language)]
    if hint.startswith("package "):
        missing = not any(item.startswith("package ") for item in have)
    else:
        # A hint that names nothing to import would not even parse.
        missing = bool(hint) and "…" not in hint and not have
    return f"{hint}\n\n\n{code}\n" if missing else f"{code}\n"


def extended(text: str, code: str, language: Language, ending: str) -> str:
    """Add `code` to the end of a test file, and the imports that it lacks to its imports.

    Every line that the file has stays. `ending` is the file's line end.
    """
    new_imports, body = _split(code, language)
    have = {_plain(item) for item, _ in _imports(text, language)}
    missing = [item for item in new_imports if _plain(item) not in have]
    gap = ending * (3 if language.id == "python" else 2)
    tail = ""
    guard = _MAIN_GUARD.search(text) if language.id == "python" else None
    if guard:
        text, tail = text[: guard.start()], gap + text[guard.start() :]
    text = _with_imports(text, missing, language, ending)
    head = text.rstrip()
    body = ending.join(body.splitlines())
    return f"{head}{gap if head else ''}{body}{tail or ending}"


def _with_imports(text: str, missing: list[str], language: Language, ending: str) -> str:
    """Insert import statements below those that the file has, or at its top."""
    if not missing:
        return text
    block = ending.join(ending.join(item.splitlines()) for item in missing)
    ends = [end for _, end in _imports(text, language)]
    if not ends:
        return f"{block}{ending}{ending}{text}"
    rest = text[ends[-1] :]
    line = split_lines(rest)[0]
    at = ends[-1] + len(line.rstrip("\r\n"))
    return f"{text[:at]}{ending}{block}{text[at:]}"


def _split(code: str, language: Language) -> tuple[list[str], str]:
    """The import statements of `code`, and the rest of it; a package clause belongs to neither."""
    tree = parse(language, code)
    if tree is None:
        return [], code.strip("\n")
    found, body, at = [], "", 0
    for item in imports(tree):
        if item.kind != "package":
            found.append(item.text)
        body += code[at : item.start]
        at = item.end
    body += code[at:]
    return found, re.sub(r"\n{3,}", "\n\n\n", body).strip("\n;")


def _imports(text: str, language: Language) -> list[tuple[str, int]]:
    """Each import statement with the offset of its end."""
    tree = parse(language, text)
    return [] if tree is None else [(item.text, item.end) for item in imports(tree)]


def _plain(statement: str) -> str:
    """A statement without its layout, to compare by."""
    return " ".join(statement.replace("(", " ").replace(")", " ").replace(",", " ").split())
