"""C#, PHP, Ruby, Lua and Bash, as far as names, accesses and plain bindings go."""

from __future__ import annotations

from .others_readers import (
    constant,
    lua_local,
    php_loop,
    reached,
    ruby_assigned,
    ruby_reached,
    sharp_keys,
    sharp_loop,
    sharp_variables,
)
from .table import Shape, UseTable

C_SHARP = UseTable(
    query="""
    (identifier) @name
    (qualified_name) @access
    (invocation_expression function: (identifier) @called)
    (invocation_expression function: (generic_name (identifier) @called))
    (object_creation_expression type: (_) @called)
    [(method_declaration) (constructor_declaration) (block) (lambda_expression)
     (local_function_statement) (foreach_statement) (for_statement) (catch_clause)
     (using_statement) (property_declaration)] @scope
    [(variable_declaration) (parameter) (foreach_statement) (catch_declaration)
     (declaration_pattern)] @binding
    [(implicit_parameter) @bound (type_parameter name: (identifier) @bound)]
    [(method_declaration name: (identifier) @silent) (property_declaration name: (identifier) @silent)
     (constructor_declaration name: (identifier) @silent)
     (local_function_statement name: (identifier) @defined)
     (labeled_statement (identifier) @silent) (goto_statement (identifier) @silent)
     (argument name: (identifier) @silent)]
    [(member_access_expression) (object_creation_expression)] @members
    (using_directive) @import
    """,
    shapes={
        "parameter": Shape("name", "type"),
        "catch_declaration": Shape("name", "type"),
        "declaration_pattern": Shape("name", "type"),
    },
    readers={"variable_declaration": sharp_variables, "foreach_statement": sharp_loop},
    members={"member_access_expression": reached, "object_creation_expression": sharp_keys},
    literals={"string_literal": "string"},
    joining=("?.", "::"),
    braces=True,
    leading=frozenset({"new", "await"}),
    patterns=(),
)


PHP = UseTable(
    query="""
    [(name) (variable_name)] @name
    (variable_name (name) @silent)
    (qualified_name) @access
    (function_call_expression function: (_) @called)
    (object_creation_expression (name) @called)
    [(function_definition) (method_declaration) (anonymous_function) (arrow_function)] @scope
    [(assignment_expression) (simple_parameter) (property_promotion_parameter) (catch_clause)
     (foreach_statement)] @binding
    [(method_declaration name: (name) @silent) (function_definition name: (name) @silent)
     (argument name: (name) @silent)]
    [(member_access_expression) (nullsafe_member_access_expression) (member_call_expression)
     (nullsafe_member_call_expression) (scoped_call_expression)
     (scoped_property_access_expression) (class_constant_access_expression)] @members
    (namespace_use_declaration) @import
    """,
    shapes={
        "assignment_expression": Shape("left", value="right"),
        "simple_parameter": Shape("name", "type"),
        "property_promotion_parameter": Shape("name", "type"),
        "catch_clause": Shape("name", "type"),
    },
    readers={"foreach_statement": php_loop},
    members={
        "member_access_expression": reached,
        "nullsafe_member_access_expression": reached,
        "member_call_expression": reached,
        "nullsafe_member_call_expression": reached,
        "scoped_call_expression": reached,
        "scoped_property_access_expression": reached,
        "class_constant_access_expression": constant,
    },
    joining=("->", "?->", "::", "\\"),
    leading=frozenset({"new", "clone"}),
    patterns=(),
)

RUBY = UseTable(
    query="""
    [(identifier) (constant)] @name
    (scope_resolution) @access
    (call !receiver method: (_) @called)
    [(method) (singleton_method) (block) (do_block) (lambda)] @scope
    [(assignment) (rescue)] @binding
    [(method_parameters (identifier) @bound) (block_parameters (identifier) @bound)
     (lambda_parameters (identifier) @bound) (optional_parameter name: (identifier) @bound)
     (splat_parameter name: (identifier) @bound) (keyword_parameter name: (identifier) @bound)
     (hash_splat_parameter name: (identifier) @bound) (block_parameter name: (identifier) @bound)]
    [(method name: (_) @silent) (singleton_method name: (_) @silent)]
    (call receiver: (_)) @members
    (call method: (identifier) @_load (#any-of? @_load "require" "require_relative" "load")) @import
    """,
    shapes={"rescue": Shape("variable", "exceptions")},
    readers={"assignment": ruby_assigned},
    members={"call": ruby_reached},
    literals={"string": "String"},
    joining=("::", "&."),
    patterns=("list", "variable"),
)

LUA = UseTable(
    query="""
    (identifier) @name
    [(dot_index_expression) (method_index_expression)] @access
    (function_call name: (_) @called)
    [(function_declaration) (function_definition) (block) (for_statement)] @scope
    (variable_declaration (assignment_statement) @binding)
    (for_generic_clause (variable_list (identifier) @bound))
    (for_numeric_clause name: (identifier) @bound)
    (parameters (identifier) @bound)
    (variable_declaration (variable_list (identifier) @bound))
    (function_declaration name: (identifier) @defined)
    """,
    shapes={},
    readers={"assignment_statement": lua_local},
    joining=(":",),
    patterns=("list",),
)

BASH = UseTable(
    query="""
    [(command_name (word)) (variable_name)] @name
    (command_name (word)) @called
    (function_definition) @scope
    (declaration_command (variable_assignment name: (variable_name) @bound))
    """,
    shapes={},
)
