"""Java."""

from workers_ai_ls.syntax.language import Grammar

JAVA = Grammar(
    module="tree_sitter_java",
    scopes="""
    (method_declaration name: (_) @name body: (_)? @body) @method
    (constructor_declaration name: (_) @name body: (_) @body) @method
    (compact_constructor_declaration name: (_) @name body: (_) @body) @method
    (class_declaration name: (_) @name body: (_) @body) @class
    (record_declaration name: (_) @name body: (_) @body) @class
    (interface_declaration name: (_) @name body: (_) @body) @interface
    (annotation_type_declaration name: (_) @name body: (_) @body) @interface
    (enum_declaration name: (_) @name body: (_) @body) @enum
    """,
    imports="(package_declaration) @package (import_declaration) @import",
    containers=frozenset(
        {
            "program",
            "block",
            "constructor_body",
            "class_body",
            "interface_body",
            "annotation_type_body",
            "enum_body",
            "enum_body_declarations",
            "switch_block",
            "switch_block_statement_group",
        }
    ),
)
