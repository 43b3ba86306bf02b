"""C and C++."""

from __future__ import annotations

import attrs

from .c_readers import captured, declared, initialised, keys, looped, qualified, reached
from .table import UseTable

_QUERY = """
[(identifier) (type_identifier)] @name
(field_expression argument: [(identifier) (field_expression) (call_expression)
  (subscript_expression) (parenthesized_expression (pointer_expression))
  (parenthesized_expression (identifier))] field: (field_identifier)) @access
(call_expression function: [(identifier) (field_expression)] @called)
[(function_definition) (compound_statement) (for_statement)] @scope
[(declaration) (parameter_declaration)] @binding
(function_definition declarator: (function_declarator declarator: (identifier) @silent))
(function_definition declarator: (pointer_declarator
  declarator: (function_declarator declarator: (identifier) @silent)))
[(preproc_def name: (identifier) @silent) (preproc_function_def name: (identifier) @silent)]
(type_definition declarator: (type_identifier) @bound)
(field_expression argument: (parenthesized_expression)) @members
[(initializer_list) (offsetof_expression)] @members
(preproc_include) @import
"""

C = UseTable(
    query=_QUERY,
    shapes={},
    readers={"declaration": declared, "parameter_declaration": declared},
    members={
        "initializer_list": keys,
        "offsetof_expression": keys,
        "field_expression": reached,
    },
    joining=("->",),
    patterns=(),
)

CPP = attrs.evolve(
    C,
    query=f"""
    {_QUERY}
    (namespace_identifier) @name
    (field_expression argument: [(this) (qualified_identifier)] field: (field_identifier)) @access
    (call_expression function: (template_function name: (_) @called))
    (new_expression type: (_) @called)
    [(lambda_expression) (for_range_loop) (catch_clause) (if_statement) (template_declaration)] @scope
    [(optional_parameter_declaration) (variadic_parameter_declaration) (for_range_loop)
     (lambda_capture_initializer) (condition_clause)] @binding
    (type_parameter_declaration (type_identifier) @bound)
    (optional_type_parameter_declaration name: (type_identifier) @bound)
    (alias_declaration name: (type_identifier) @bound)
    [(field_initializer) (qualified_identifier)] @members
    (field_expression field: (template_method)) @members
    (field_expression argument: (call_expression function: (template_function))) @members
    [(using_declaration)] @import
    """,
    readers={
        "declaration": declared,
        "parameter_declaration": declared,
        "optional_parameter_declaration": declared,
        "variadic_parameter_declaration": declared,
        "for_range_loop": looped,
        "lambda_capture_initializer": captured,
        "condition_clause": declared,
    },
    members={
        "initializer_list": keys,
        "offsetof_expression": keys,
        "field_expression": reached,
        "field_initializer": initialised,
        "qualified_identifier": qualified,
    },
    joining=("->", "::"),
    leading=frozenset({"new", "template", "co_await"}),
    passing={"move": "", "forward": ""},
    braces=True,
)
