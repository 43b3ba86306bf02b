"""Go."""

from __future__ import annotations

import re

from workers_ai_ls.syntax.symbol import Imported

from .table import SymbolTable

_SPEC = re.compile(r"""(?:import\s+)?(?P<alias>[\w.]+\s+)?["`](?P<module>[^"`]*)["`]""")


def _read(statement: str) -> list[Imported]:
    found = _SPEC.match(statement)
    if not found:
        return []
    alias = (found["alias"] or "").strip()
    if alias == ".":
        return [Imported(found["module"], "*", "")]
    return [Imported(found["module"], "", alias)]


GO = SymbolTable(
    query="""
    (function_declaration) @function
    (method_declaration) @method
    (method_elem) @method
    (type_spec type: (struct_type)) @struct
    (type_spec type: (interface_type)) @interface
    (type_spec) @type
    (type_alias) @type
    (source_file (const_declaration (const_spec) @constant))
    (source_file (var_declaration (var_spec) @variable))
    (source_file (var_declaration (var_spec_list (var_spec) @variable)))
    (field_declaration) @field
    [(type_declaration) (const_declaration) (var_declaration)] @wrapper
    (package_clause (package_identifier) @package)
    (import_spec) @import
    [(comment) (interpreted_string_literal) (raw_string_literal) (rune_literal) (package_clause)] @silent
    """,
    read_import=_read,
    is_exported=lambda name, _signature, _top: name[:1].isupper(),
)
