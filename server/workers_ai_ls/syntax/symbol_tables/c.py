"""C and C++."""

from __future__ import annotations

import re

from workers_ai_ls.syntax.symbol import Imported

from .c_macros import without_bare_macros
from .table import SymbolTable

_INCLUDE = re.compile(r"""#\s*include(?:_next)?\s*(?P<open>["<])(?P<module>[^">]*)[">]""")
_USING = re.compile(r"using\s+(?P<all>namespace\s+)?(?P<path>[\w:\s]+?)\s*;")


def _read(statement: str) -> list[Imported]:
    if found := _INCLUDE.match(statement):
        # What an include in quotes names is looked for beside the file first.
        module = found["module"] if found["open"] == "<" else f"./{found['module']}"
        return [Imported(module, "*", "", reexport=True)]
    if found := _USING.match(statement):
        if found["all"]:
            return [Imported(found["path"], "*", "")]
        module, _, name = found["path"].rpartition("::")
        return [Imported(module, name, "")]
    return []


_SHARED = """
(function_definition) @function
(translation_unit (declaration) @variable)
(preproc_if (declaration) @variable)
(preproc_ifdef (declaration) @variable)
(preproc_else (declaration) @variable)
(preproc_elif (declaration) @variable)
(declaration_list (declaration) @variable)
(linkage_specification (declaration) @variable)
(struct_specifier body: (_)) @struct
(union_specifier body: (_)) @struct
(enum_specifier body: (_)) @enum
(enumerator) @member
(type_definition) @type
(field_declaration) @field
(preproc_def value: (_)) @macro
(preproc_function_def) @macro
(preproc_include) @import
[(comment) (string_literal) (char_literal) (system_lib_string)] @silent
"""

C = SymbolTable(
    query=_SHARED,
    read_import=_read,
    is_exported=lambda _name, signature, _top: (
        not signature.startswith("static ") and " static " not in signature
    ),
    joining=(b"->", b"::"),
    calling=(b" (",),
    readable=without_bare_macros,
)

CPP = SymbolTable(
    query=f"""
    {_SHARED}
    (class_specifier body: (_)) @class
    (namespace_definition) @namespace
    (alias_declaration) @type
    (concept_definition) @type
    (template_declaration) @wrapper
    (template_declaration (declaration) @variable)
    (field_declaration_list (declaration) @field)
    (using_declaration) @import
    """,
    read_import=_read,
    is_exported=lambda _name, _signature, _top: True,
    bases=("base_class_clause",),
    joining=(b"->", b"::"),
    calling=(b" (",),
    readable=without_bare_macros,
)
