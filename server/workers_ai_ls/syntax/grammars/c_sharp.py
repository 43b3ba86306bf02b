"""C#."""

from workers_ai_ls.syntax.language import Grammar

C_SHARP = Grammar(
    module="tree_sitter_c_sharp",
    scopes="""
    (method_declaration name: (_) @name body: (_)? @body) @method
    (constructor_declaration name: (_) @name body: (_) @body) @method
    (destructor_declaration name: (_) @name body: (_) @body) @method
    (operator_declaration operator: _ @name body: (_) @body) @method
    (local_function_statement name: (_) @name body: (_) @body) @function
    (property_declaration name: (_) @name accessors: (_) @body) @property
    (property_declaration name: (_) @name value: (arrow_expression_clause) @body) @property
    (indexer_declaration "this" @name accessors: (_) @body) @property
    (class_declaration name: (_) @name body: (_)? @body) @class
    (record_declaration name: (_) @name body: (_)? @body) @class
    (struct_declaration name: (_) @name body: (_)? @body) @struct
    (interface_declaration name: (_) @name body: (_)? @body) @interface
    (enum_declaration name: (_) @name body: (_) @body) @enum
    (namespace_declaration name: (_) @name body: (_) @body) @namespace
    """,
    imports="""
    (using_directive) @import
    (extern_alias_directive) @import
    (file_scoped_namespace_declaration) @package
    """,
    containers=frozenset(
        {
            "compilation_unit",
            "block",
            "declaration_list",
            "enum_member_declaration_list",
            "accessor_list",
            "switch_section",
        }
    ),
)
