"""C, and C++, whose grammar extends C's."""

from workers_ai_ls.syntax.language import Grammar

_SHARED = """
(function_definition declarator: (_) @declarator body: (_) @body) @function
(struct_specifier name: (_) @name body: (_) @body) @struct
(union_specifier name: (_) @name body: (_) @body) @struct
(enum_specifier name: (_) @name body: (_) @body) @enum
(type_definition
  type: [(struct_specifier body: (_) @body) (union_specifier body: (_) @body)]
  declarator: (type_identifier) @name) @struct
(type_definition
  type: (enum_specifier body: (_) @body) declarator: (type_identifier) @name) @enum
"""

_CONTAINERS = frozenset(
    {
        "translation_unit",
        "compound_statement",
        "field_declaration_list",
        "enumerator_list",
        "case_statement",
        "preproc_if",
        "preproc_ifdef",
        "preproc_else",
        "preproc_elif",
        "preproc_elifdef",
        "linkage_specification",
        "declaration_list",
    }
)

C = Grammar(
    module="tree_sitter_c",
    scopes=_SHARED,
    imports="(preproc_include) @import",
    containers=_CONTAINERS,
)

CPP = Grammar(
    module="tree_sitter_cpp",
    scopes=f"""
    {_SHARED}
    (class_specifier name: (_) @name body: (_) @body) @class
    (namespace_definition name: (_)? @name body: (_) @body) @namespace
    (template_declaration
      (function_definition declarator: (_) @declarator body: (_) @body)) @function
    (template_declaration (template_declaration
      (function_definition declarator: (_) @declarator body: (_) @body))) @function
    (template_declaration (class_specifier name: (_) @name body: (_) @body)) @class
    (template_declaration (struct_specifier name: (_) @name body: (_) @body)) @struct
    """,
    imports="(preproc_include) @import (using_declaration) @import",
    containers=_CONTAINERS,
)
