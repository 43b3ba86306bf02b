"""Rust."""

from workers_ai_ls.syntax.language import Grammar

RUST = Grammar(
    module="tree_sitter_rust",
    scopes="""
    (function_item name: (_) @name body: (_) @body) @function
    (macro_definition name: (_) @name) @function
    (struct_item name: (_) @name body: (_)? @body) @struct
    (union_item name: (_) @name body: (_) @body) @struct
    (enum_item name: (_) @name body: (_) @body) @enum
    (trait_item name: (_) @name body: (_) @body) @trait
    (impl_item type: (_) @name body: (_) @body) @impl
    (mod_item name: (_) @name body: (_) @body) @module
    (let_declaration pattern: (identifier) @name
      value: (closure_expression body: (_) @body)) @function
    (attribute_item) @attached
    """,
    imports="(use_declaration) @import (extern_crate_declaration) @import",
    containers=frozenset(
        {
            "source_file",
            "block",
            "declaration_list",
            "field_declaration_list",
            "enum_variant_list",
            "match_block",
        }
    ),
)
