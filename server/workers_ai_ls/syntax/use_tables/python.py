"""Python."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .table import Said, Shape, UseTable

if TYPE_CHECKING:
    from collections.abc import Callable

    import tree_sitter

    Text = Callable[[tree_sitter.Node], str]

_TUPLE = re.compile(r"\((.*)\)", re.DOTALL)
_SPLAT = frozenset({"list_splat_pattern", "dictionary_splat_pattern"})


def _parameter(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read a parameter with an annotation; of `*args: int` that is the type of each."""
    name, annotation = node.named_children[0], node.child_by_field_name("type")
    said = text(annotation) if annotation else ""
    if name.type in _SPLAT:
        return [Said(text(name.named_children[0]), f"tuple[{said}]")]
    return [Said(text(name), said)]


def _as(node: tree_sitter.Node, text: Text) -> list[Said]:
    """Read `with value as target` and `except type as target`."""
    value, target = node.named_children[0], node.child_by_field_name("alias")
    if target is None or node.parent is None:
        return []
    names = _names(target)
    if node.parent.type == "except_clause":
        return [Said(text(name), _either(text(value))) for name in names]
    return [
        Said(text(name), "", f"{text(value)}.{entered}()", len(names) > 1)
        for name in names
        for entered in ("__enter__", "__aenter__")
    ]


def _names(target: tree_sitter.Node) -> list[tree_sitter.Node]:
    if target.type in {"identifier", "attribute"}:
        return [target]
    if target.type not in {"as_pattern_target", "tuple", "list"}:
        return []
    return [name for child in target.named_children for name in _names(child)]


def _is_instance(node: tree_sitter.Node, text: Text) -> list[Said]:
    arguments = node.child_by_field_name("arguments")
    given = arguments.named_children if arguments else []
    return [Said(text(given[0]), _either(text(given[1])))]


def _either(types: str) -> str:
    """Write a tuple of types as a union."""
    found = _TUPLE.fullmatch(types.strip())
    return found[1].strip().rstrip(",").replace(",", " |") if found else types


PYTHON = UseTable(
    query="""
    (identifier) @name
    (attribute) @access
    (class_pattern (dotted_name) @access)
    (case_pattern (dotted_name (identifier) (identifier)) @access)
    (type (string (string_content) @quoted))
    (call function: (_) @called)
    (decorator (_) @called)
    [(function_definition) (lambda) (list_comprehension) (set_comprehension)
     (dictionary_comprehension) (generator_expression) (type_alias_statement)] @scope
    (class_definition) @body
    [(function_definition name: (identifier) @defined) (class_definition name: (identifier) @defined)]
    (class_definition body: (block [
      (function_definition parameters: (parameters . (identifier) @own))
      (decorated_definition definition: (function_definition parameters: (parameters . (identifier) @own)))
    ]))
    (parameters (identifier) @bound)
    (parameters (list_splat_pattern (identifier) @bound))
    (parameters (dictionary_splat_pattern (identifier) @bound))
    (lambda_parameters (identifier) @bound)
    (lambda_parameters (list_splat_pattern (identifier) @bound))
    (lambda_parameters (dictionary_splat_pattern (identifier) @bound))
    (function_definition type_parameters: (type_parameter (type (identifier) @defined)))
    (class_definition type_parameters: (type_parameter (type (identifier) @bound)))
    (type_alias_statement left: (type (generic_type (type_parameter (type (identifier) @bound)))))
    (function_definition type_parameters: (type_parameter (type (constrained_type . (type (identifier) @defined)))))
    (class_definition type_parameters: (type_parameter (type (constrained_type . (type (identifier) @bound)))))
    (case_pattern (dotted_name . (identifier) @bound .))
    (keyword_pattern (identifier) (dotted_name . (identifier) @bound .))
    (as_pattern (case_pattern) (identifier) @bound)
    (splat_pattern (identifier) @bound)
    [(typed_parameter) (default_parameter) (typed_default_parameter) (assignment)
     (augmented_assignment) (for_statement) (for_in_clause) (named_expression)] @binding
    (as_pattern alias: (as_pattern_target)) @binding
    (call function: (identifier) @_instance arguments: (argument_list . (_) . (_) .)
      (#eq? @_instance "isinstance")) @narrowing
    [(global_statement (identifier) @outer) (nonlocal_statement (identifier) @outer)]
    (return_statement (_) @returned)
    (parameters [
      (default_parameter value: (_) @outside)
      (typed_default_parameter type: (_) @outside value: (_) @outside)
      (typed_parameter type: (_) @outside)
    ])
    (keyword_argument name: (identifier) @silent)
    (keyword_pattern . (identifier) @silent)
    [(import_statement) (import_from_statement) (future_import_statement)] @import
    """,
    shapes={
        "default_parameter": Shape("name", value="value"),
        "typed_default_parameter": Shape("name", "type", "value"),
        "assignment": Shape("left", "type", "right"),
        "augmented_assignment": Shape("left"),
        "for_statement": Shape("left", value="right", element=True),
        "for_in_clause": Shape("left", value="right", element=True),
        "named_expression": Shape("name", value="value"),
    },
    readers={"typed_parameter": _parameter, "as_pattern": _as, "call": _is_instance},
    literals={
        "string": "str",
        "integer": "int",
        "float": "float",
        "true": "bool",
        "false": "bool",
        "none": "None",
        "list": "list",
        "list_comprehension": "list",
        "dictionary": "dict",
        "dictionary_comprehension": "dict",
        "set": "set",
        "tuple": "tuple",
        "comparison_operator": "bool",
        "not_operator": "bool",
    },
    leading=frozenset({"await"}),
    either=frozenset({"boolean_operator", "conditional_expression", "expression_list"}),
    passing={
        "sorted": "",
        "reversed": "",
        "list": "",
        "tuple": "",
        "set": "",
        "iter": "",
        "aiter": "",
        "enumerate": "",
        "zip": "",
        "copy": "",
        "deepcopy": "",
        "next": "[]",
        "anext": "[]",
        "max": "[]",
        "min": "[]",
        "cast": "()",
        "t.cast": "()",
        "typing.cast": "()",
        "copy.copy": "",
        "copy.deepcopy": "",
        "type": ".__class__",
    },
)
