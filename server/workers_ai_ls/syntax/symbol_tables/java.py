"""Java."""

from __future__ import annotations

import re

from workers_ai_ls.syntax.symbol import Imported

from .table import SymbolTable

_IMPORT = re.compile(r"import\s+(?:static\s+)?(?P<path>[\w.\s]*?)\.\s*(?P<name>\w+|\*)\s*;?\s*$")
_PRIVATE = re.compile(r"\bprivate\b")


def _read(statement: str) -> list[Imported]:
    found = _IMPORT.match(statement)
    return [Imported(found["path"], found["name"], "")] if found else []


JAVA = SymbolTable(
    query="""
    [(method_declaration) (constructor_declaration) (compact_constructor_declaration)
     (annotation_type_element_declaration)] @method
    [(class_declaration) (record_declaration)] @class
    [(interface_declaration) (annotation_type_declaration)] @interface
    (enum_declaration) @enum
    (enum_constant) @member
    [(field_declaration) (constant_declaration)] @field
    (package_declaration [(scoped_identifier) (identifier)] @package)
    (import_declaration) @import
    [(line_comment) (block_comment) (string_literal) (character_literal) (package_declaration)] @silent
    """,
    read_import=_read,
    is_exported=lambda _name, signature, _top: not _PRIVATE.search(signature),
    bases=("superclass", "interfaces", "extends_interfaces"),
    joining=(b"::",),
)
