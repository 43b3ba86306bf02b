"""Lua."""

from workers_ai_ls.syntax.language import Grammar

_FUNCTION = "(function_definition body: (_)? @body)"

_ASSIGNMENT = f"""
(assignment_statement
  (variable_list . name: (_) @name .) (expression_list . value: {_FUNCTION} .))
"""

LUA = Grammar(
    module="tree_sitter_lua",
    scopes=f"""
    (function_declaration name: (_) @name body: (_)? @body) @function
    {_ASSIGNMENT} @function
    (variable_declaration {_ASSIGNMENT}) @function
    (field name: (_) @name value: {_FUNCTION}) @method
    """,
    imports="(variable_declaration) @call (function_call) @call (assignment_statement) @call",
    calls=r"^(?:(?:local\s+)?[\w\s,.]*=\s*)?(?:require|dofile|loadfile)\b",
    containers=frozenset({"chunk", "block"}),
)
