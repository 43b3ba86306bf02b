"""Go."""

from workers_ai_ls.syntax.language import Grammar

_STRUCT = "(type_spec name: (_) @name type: (struct_type (_) @body))"
_INTERFACE = "(type_spec name: (_) @name type: (interface_type) @body)"

GO = Grammar(
    module="tree_sitter_go",
    scopes=f"""
    (function_declaration name: (_) @name body: (_) @body) @function
    (method_declaration name: (_) @name body: (_) @body) @method
    {_STRUCT} @struct
    {_INTERFACE} @interface
    (type_declaration . {_STRUCT} .) @struct
    (type_declaration . {_INTERFACE} .) @interface
    (var_spec name: (_) @name value: (expression_list . (func_literal body: (_) @body) .)) @function
    (var_declaration . (var_spec
      name: (_) @name value: (expression_list . (func_literal body: (_) @body) .)) .) @function
    (short_var_declaration left: (expression_list . (_) @name .)
      right: (expression_list . (func_literal body: (_) @body) .)) @function
    """,
    imports="(package_clause) @package (import_declaration) @import",
    containers=frozenset(
        {
            "source_file",
            "block",
            "statement_list",
            "field_declaration_list",
            "interface_type",
            "import_spec_list",
            "expression_case",
            "type_case",
            "default_case",
            "communication_case",
        }
    ),
)
