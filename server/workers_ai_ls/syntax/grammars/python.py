"""Python."""

from workers_ai_ls.syntax.language import Grammar

PYTHON = Grammar(
    module="tree_sitter_python",
    scopes="""
    (function_definition name: (_) @name body: (_) @body) @function
    (class_definition name: (_) @name body: (_) @body) @class
    (decorated_definition
      definition: (function_definition name: (_) @name body: (_) @body)) @function
    (decorated_definition
      definition: (class_definition name: (_) @name body: (_) @body)) @class
    """,
    imports="""
    (import_statement) @import
    (import_from_statement) @import
    (future_import_statement) @import
    """,
    containers=frozenset({"module", "block"}),
)
