"""JavaScript and TypeScript, with and without markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workers_ai_ls.syntax.typescript_readable import readable

from .javascript_imports import read
from .table import SymbolTable

if TYPE_CHECKING:
    import tree_sitter

_HIDDEN = re.compile(r"\b(?:private|protected)\b")


def _is_exported(name: str, signature: str, top: bool) -> bool:  # noqa: FBT001 - one rule for all
    if top:
        return signature.startswith(("export", "declare", "module.exports"))
    return f"#{name}" not in signature and not _HIDDEN.search(signature)


_SHARED = r"""
[(function_declaration) (generator_function_declaration)] @function
(class_declaration) @class
(export_statement "default" value: [(arrow_function) (function_expression)]) @function
(export_statement "default" value: (class)) @class
(method_definition) @method
(program (_ (variable_declarator name: (identifier)) @variable))
(program (export_statement (_ (variable_declarator name: (identifier)) @variable)))
(variable_declarator value: [(arrow_function) (function_expression)]) @function
(variable_declarator value: (class)) @class
(assignment_expression left: (member_expression)
  right: [(arrow_function) (function_expression) (class)]) @function
(pair value: [(arrow_function) (function_expression)]) @method
[(export_statement) (lexical_declaration) (variable_declaration)] @wrapper
(import_statement) @import
(export_statement source: (_)) @import
(export_statement (export_clause)) @import
(export_statement "default" value: [(identifier) (object)]) @import
(variable_declarator value: (call_expression function: (identifier) @_require
  arguments: (arguments . (string) .)) (#eq? @_require "require")) @import
(variable_declarator value: (member_expression object: (call_expression function: (identifier) @_required
  arguments: (arguments . (string) .))) (#eq? @_required "require")) @import
(expression_statement (call_expression function: (identifier) @_bare
  arguments: (arguments . (string) .)) (#eq? @_bare "require")) @import
(expression_statement (assignment_expression
  left: (member_expression object: (identifier) @_module property: (property_identifier) @_exports)
  right: [(identifier) (object)])
  (#eq? @_module "module") (#eq? @_exports "exports")) @import
[(comment) (string_fragment) (regex) (jsx_text)] @silent
"""

_TYPED = f"""
{_SHARED}
(abstract_class_declaration) @class
(interface_declaration) @interface
(enum_declaration) @enum
(enum_body name: (_) @member)
(enum_assignment) @member
(type_alias_declaration) @type
[(internal_module) (module)] @namespace
(internal_module (statement_block (_ (variable_declarator) @variable)))
(internal_module (statement_block (export_statement (_ (variable_declarator) @variable))))
[(function_signature)] @function
[(method_signature) (abstract_method_signature)] @method
[(property_signature) (public_field_definition)] @field
(required_parameter (accessibility_modifier)) @attribute
(required_parameter "readonly") @attribute
(export_statement "=" (identifier)) @import
(ambient_declaration (_ (variable_declarator) @variable))
(ambient_declaration) @wrapper
"""

_COMPOSED = frozenset(
    {
        *("intersection_type", "union_type", "parenthesized_type", "readonly_type"),
        "extends_type_clause",
    }
)
_NAMED = frozenset({"type_identifier", "nested_type_identifier", "generic_type"})
_SAME = frozenset(
    {
        *(b"Partial", b"Required", b"Readonly", b"Pick", b"Omit", b"NonNullable", b"Awaited"),
        *(b"Extract", b"Exclude", b"NoInfer"),
    }
)
"""Types whose members are those of their first argument."""


def _composed(node: tree_sitter.Node) -> list[tree_sitter.Node]:
    """Give what an interface extends, or `type A = B & (C | D)` is put together from."""
    waiting = [child for child in node.children if child.type == "extends_type_clause"]
    if node.type == "type_alias_declaration" and (value := node.child_by_field_name("value")):
        waiting.append(value)
    found: list[tree_sitter.Node] = []
    while waiting:
        one = waiting.pop(0)
        name = one.child_by_field_name("name") if one.type == "generic_type" else None
        if name is not None and name.text in _SAME:
            arguments = one.child_by_field_name("type_arguments")
            waiting += arguments.named_children[:1] if arguments else []
        elif one.type in _NAMED:
            found.append(one)
        elif one.type in _COMPOSED:
            waiting += one.named_children
    return found


_BASES = ("class_heritage",)

JAVASCRIPT = SymbolTable(
    query=f"""{_SHARED} (field_definition) @field
    (assignment_expression left: (member_expression object: (this))) @attribute""",
    read_import=read,
    is_exported=_is_exported,
    bases=_BASES,
    joining=(b"?.",),
)

TYPESCRIPT = SymbolTable(
    query=_TYPED,
    read_import=read,
    is_exported=_is_exported,
    bases=_BASES,
    embedded=_composed,
    joining=(b"?.",),
    readable=readable,
)
