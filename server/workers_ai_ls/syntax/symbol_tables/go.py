"""Go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workers_ai_ls.syntax.symbol import Imported

from .table import SymbolTable

if TYPE_CHECKING:
    import tree_sitter

_SPEC = re.compile(r"""(?:import\s+)?(?P<alias>[\w.]+\s+)?["`](?P<module>[^"`]*)["`]""")


def _read(statement: str) -> list[Imported]:
    found = _SPEC.match(statement)
    if not found:
        return []
    alias = (found["alias"] or "").strip()
    if alias == ".":
        return [Imported(found["module"], "*", "")]
    return [Imported(found["module"], "", alias)]


def _embedded(node: tree_sitter.Node) -> list[tree_sitter.Node]:
    """Give the types that a struct or an interface embeds: it has what they have."""
    held = node.child_by_field_name("type")
    if held is None or held.type not in {"struct_type", "interface_type"}:
        return []
    if held.type == "interface_type":
        return [child for child in held.named_children if child.type == "type_elem"]
    fields = (field for child in held.named_children for field in child.named_children)
    return [
        written
        for field in fields
        if field.type == "field_declaration"
        and field.child_by_field_name("name") is None
        and (written := field.child_by_field_name("type")) is not None
    ]


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
    embedded=_embedded,
)
