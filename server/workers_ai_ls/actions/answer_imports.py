"""Imports in an answer that belong to the file, not to the selection. Pure."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from workers_ai_ls.syntax import imports, parse

from .tests_imports import missing, without_imports

if TYPE_CHECKING:
    from workers_ai_ls.context import Material


def statements_in(code: str, material: Material) -> tuple[str, ...]:
    """Give the imports of an answer where the selection has none itself and is not the file's top."""
    tree = parse(material.language, code)
    found = [each for each in imports(tree) if each.kind == "import"] if tree else []
    if not found or not _is_inner(material):
        return ()
    new = [each.text for each in found if _begins_line(code, each.start)]
    return tuple(missing(new, material.imports, material.language))


def without_statements(code: str, material: Material) -> str:
    """Take those imports, and a package clause that the file has already, out of an answer."""
    tree = parse(material.language, code)
    if tree is None or not _is_inner(material):
        return code
    found = [each for each in imports(tree) if _begins_line(code, each.start)]
    if not found or any(each.text in material.original for each in found):
        return code
    return without_imports(code, material.language)[1]


def _is_inner(material: Material) -> bool:
    """Whether imports have their place outside of the selection."""
    if not material.text[: material.start].strip():
        return False
    own = parse(material.language, textwrap.dedent(material.original))
    return not (own and imports(own))


def _begins_line(code: str, at: int) -> bool:
    return at == 0 or code[at - 1] == "\n"
