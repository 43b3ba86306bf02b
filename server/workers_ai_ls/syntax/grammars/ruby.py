"""Ruby."""

from workers_ai_ls.syntax.language import Grammar

RUBY = Grammar(
    module="tree_sitter_ruby",
    scopes="""
    (method name: (_) @name body: (_)? @body) @function
    (singleton_method name: (_) @name body: (_)? @body) @method
    (class name: (_) @name body: (_)? @body) @class
    (singleton_class value: (_) @name body: (_)? @body) @class
    (module name: (_) @name body: (_)? @body) @module
    (assignment left: (_) @name right: (lambda body: (_) @body)) @function
    """,
    imports="(call) @call",
    calls=r"^(?:require|require_relative|load|autoload)\b",
    containers=frozenset(
        {
            "program",
            "body_statement",
            "then",
            "else",
            "do",
            "block_body",
            "begin",
            "ensure",
            "rescue",
        }
    ),
)
