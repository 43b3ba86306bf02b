"""PHP."""

from workers_ai_ls.syntax.language import Grammar

_VALUE = "[(anonymous_function body: (_) @body) (arrow_function body: (_) @body)]"

PHP = Grammar(
    module="tree_sitter_php",
    function="language_php",
    scopes=f"""
    (function_definition name: (_) @name body: (_) @body) @function
    (method_declaration name: (_) @name body: (_)? @body) @method
    (class_declaration name: (_) @name body: (_) @body) @class
    (interface_declaration name: (_) @name body: (_) @body) @interface
    (trait_declaration name: (_) @name body: (_) @body) @trait
    (enum_declaration name: (_) @name body: (_) @body) @enum
    (namespace_definition name: (_)? @name body: (_) @body) @namespace
    (assignment_expression left: (_) @name right: {_VALUE}) @function
    (expression_statement (assignment_expression left: (_) @name right: {_VALUE})) @function
    """,
    imports="""
    (namespace_definition !body) @package
    (namespace_use_declaration) @import
    (expression_statement [
      (require_expression) (require_once_expression) (include_expression) (include_once_expression)
    ]) @import
    """,
    containers=frozenset(
        {
            "program",
            "compound_statement",
            "declaration_list",
            "enum_declaration_list",
            "case_statement",
            "default_statement",
            "colon_block",
        }
    ),
    borders=frozenset({"php_tag", "php_end_tag"}),
)
