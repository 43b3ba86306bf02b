"""JavaScript and TypeScript, with and without markup."""

from __future__ import annotations

import attrs

from .javascript_bindings import MEMBERS, READERS
from .table import UseTable

_SHARED = """
[(identifier) (shorthand_property_identifier) (shorthand_property_identifier_pattern)] @name
(member_expression) @access
(call_expression function: (_) @called)
(new_expression constructor: (_) @called)
[(function_declaration) (generator_function_declaration) (function_expression)
 (generator_function) (arrow_function) (method_definition) (statement_block) (for_statement)
 (for_in_statement) (catch_clause) (switch_body) (class_declaration) (class)] @scope
[(variable_declarator) (for_in_statement)] @binding
[(assignment_expression) (binary_expression operator: "instanceof")] @narrowing
(return_statement (expression) @returned)
(arrow_function body: (expression) @returned)
(arrow_function parameter: (identifier) @binding)
(catch_clause parameter: (identifier) @bound)
(function_declaration name: (_) @defined)
(generator_function_declaration name: (_) @defined)
(class_declaration name: (_) @defined)
(function_expression name: (_) @bound)
(class name: (_) @bound)
(variable_declarator name: (object_pattern)) @members
(for_in_statement left: (object_pattern)) @members
(import_statement) @import
(export_statement source: (_)) @import
(variable_declarator value: (call_expression function: (identifier) @_require)
  (#eq? @_require "require")) @import
"""

_MARKUP = """
((jsx_opening_element name: (identifier) @silent) (#match? @silent "^[a-z]"))
((jsx_closing_element name: (identifier) @silent))
((jsx_self_closing_element name: (identifier) @silent) (#match? @silent "^[a-z]"))
"""

_PLAIN = """
(formal_parameters [(identifier) (object_pattern) (array_pattern) (assignment_pattern)
  (rest_pattern)] @binding)
(formal_parameters [(object_pattern) (assignment_pattern)] @members)
"""

_TYPED = """
(call_expression function: (non_null_expression (_) @called))
(call_expression function: (await_expression (_) @called))
(member_expression object: (parenthesized_expression
  [(as_expression) (satisfies_expression)])) @members
(member_expression object: (member_expression object: (parenthesized_expression
  [(as_expression) (satisfies_expression)]))) @members
(if_statement condition: (parenthesized_expression [(call_expression) @narrowing
  (unary_expression argument: (call_expression) @narrowing)]))
(ternary_expression condition: (call_expression) @narrowing)
(binary_expression left: (call_expression) @narrowing operator: ["&&" "||"])
(binary_expression operator: ["&&" "||"] right: (call_expression) @narrowing)
(type_identifier) @name
(nested_type_identifier) @access
[(required_parameter) (optional_parameter) (type_parameter)] @binding
[(required_parameter pattern: (object_pattern)) (optional_parameter pattern: (object_pattern))] @members
[(function_type) (constructor_type) (method_signature) (call_signature) (construct_signature)
 (type_alias_declaration) (interface_declaration) (function_signature) (abstract_method_signature)
 (index_signature) (conditional_type) (abstract_class_declaration)] @scope
(infer_type . (type_identifier) @bound)
(mapped_type_clause name: (type_identifier) @bound)
(index_signature name: (identifier) @bound)
(abstract_class_declaration name: (_) @defined)
(type_alias_declaration name: (_) @defined)
(interface_declaration name: (_) @defined)
(enum_declaration name: (_) @defined)
(function_signature name: (_) @defined)
"""

_LITERALS = {
    "string": "String",
    "template_string": "String",
    "number": "Number",
    "array": "Array",
    "regex": "RegExp",
}
_JOINING = ("!?.", "?.", "!.")
_LEADING = frozenset({"await", "new"})

JAVASCRIPT = UseTable(
    query=f"{_SHARED}{_MARKUP}{_PLAIN}",
    shapes={},
    readers=READERS,
    members=MEMBERS,
    literals=_LITERALS,
    joining=_JOINING,
    leading=_LEADING,
)

TYPESCRIPT = UseTable(
    query=f"{_SHARED}{_TYPED}",
    shapes={},
    readers=READERS,
    members=MEMBERS,
    literals=_LITERALS,
    joining=_JOINING,
    leading=_LEADING,
)

TYPESCRIPT_REACT = attrs.evolve(TYPESCRIPT, query=f"{_SHARED}{_MARKUP}{_TYPED}")
