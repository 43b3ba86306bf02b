"""C#, Ruby, PHP, Lua and Bash, as far as definitions, whole imports and names go."""

from __future__ import annotations

import re

from workers_ai_ls.syntax.symbol import Imported

from .table import SymbolTable

_QUOTED = re.compile(r"""["']([^"']+)["']""")
_REQUIRED = re.compile(
    r"""(?:(?:local\s+)?(?P<alias>\w+)\s*=\s*)?(?:require|require_relative|load|dofile|loadfile)\b"""
)
_SOURCED = re.compile(r"(?:source|\.)\s+(\S+)")
_USING = re.compile(
    r"(?:global\s+)?using\s+(?:static\s+)?(?:(?P<alias>\w+)\s*=\s*)?(?P<path>[\w.]+)"
)
_USE = re.compile(
    r"use\s+(?:function\s+|const\s+)?(?P<path>[\w\\]*)\s*(?:\{(?P<names>[^}]*)\})?(?P<rest>.*)",
    re.DOTALL,
)
_PRIVATE = re.compile(r"\bprivate\b")


def _required(statement: str) -> list[Imported]:
    found, quoted = _REQUIRED.match(statement), _QUOTED.search(statement)
    if not found or not quoted:
        return []
    relative = "./" if "require_relative" in statement else ""
    return [Imported(relative + quoted[1], "", found["alias"] or "")]


def _sourced(statement: str) -> list[Imported]:
    found = _SOURCED.match(statement)
    return [Imported(found[1].strip("\"'"), "*", "")] if found else []


def _using(statement: str) -> list[Imported]:
    found = _USING.match(statement)
    if not found:
        return []
    name = "" if found["alias"] else "*"
    return [Imported(found["path"], name, found["alias"] or "")]


def _used(statement: str) -> list[Imported]:
    found = _USE.match(statement)
    if not found:
        quoted = _QUOTED.search(statement)
        return [Imported(quoted[1], "*", "")] if quoted else []
    path = found["path"].strip("\\")
    if found["names"] is None:
        path, _, name = path.rpartition("\\")
        names = f"{name} {found['rest'].partition(';')[0]}"
    else:
        names = found["names"]
    pairs = (part.split() for part in names.split(",") if part.strip())
    return [Imported(path, words[0], words[2] if words[1:2] == ["as"] else "") for words in pairs]


def _is_public(_name: str, signature: str, _top: bool) -> bool:  # noqa: FBT001 - one rule for all
    return not _PRIVATE.search(signature)


C_SHARP = SymbolTable(
    query="""
    [(method_declaration) (constructor_declaration) (destructor_declaration)] @method
    (local_function_statement) @function
    [(property_declaration) (event_declaration)] @property
    [(class_declaration) (record_declaration)] @class
    (struct_declaration) @struct
    (interface_declaration) @interface
    (enum_declaration) @enum
    (enum_member_declaration) @member
    (delegate_declaration) @type
    (field_declaration (variable_declaration (variable_declarator) @field))
    [(field_declaration) (variable_declaration)] @wrapper
    [(namespace_declaration) (file_scoped_namespace_declaration)] @namespace
    (file_scoped_namespace_declaration name: (_) @package)
    (using_directive) @import
    [(comment) (string_literal) (verbatim_string_literal) (raw_string_literal) (character_literal)] @silent
    """,
    read_import=_using,
    is_exported=_is_public,
    bases=("base_list",),
    joining=(b"?.",),
)

RUBY = SymbolTable(
    query="""
    (method) @function
    (singleton_method) @method
    (class) @class
    (module) @module
    (assignment left: (constant)) @constant
    (call method: (identifier) @_load
      (#any-of? @_load "require" "require_relative" "load")) @import
    [(comment) (string_content) (regex)] @silent
    """,
    read_import=_required,
    is_exported=_is_public,
    bases=("superclass",),
    joining=(b"::", b"&."),
)

PHP = SymbolTable(
    query="""
    (function_definition) @function
    (method_declaration) @method
    (class_declaration) @class
    (interface_declaration) @interface
    (trait_declaration) @trait
    (enum_declaration) @enum
    (enum_case) @member
    (const_element) @constant
    (property_element) @field
    [(property_declaration) (const_declaration)] @wrapper
    (namespace_definition body: (_)) @namespace
    (namespace_definition name: (_) @package)
    (namespace_use_declaration) @import
    [(require_expression) (require_once_expression) (include_expression)
     (include_once_expression)] @import
    [(comment) (string_content) (encapsed_string) (heredoc) (text)] @silent
    """,
    read_import=_used,
    is_exported=_is_public,
    bases=("base_clause", "class_interface_clause"),
    joining=(b"->", b"::"),
)

LUA = SymbolTable(
    query="""
    (function_declaration) @function
    (assignment_statement (variable_list . name: (_) .)
      (expression_list . value: (function_definition) .)) @function
    (field value: (function_definition)) @method
    (chunk (assignment_statement (variable_list . name: (identifier) .)) @variable)
    (chunk (variable_declaration (assignment_statement (variable_list . name: (identifier) .)) @variable))
    (variable_declaration) @wrapper
    (assignment_statement (expression_list (function_call name: (identifier) @_load))
      (#any-of? @_load "require" "dofile")) @import
    [(comment) (string_content)] @silent
    """,
    read_import=_required,
    is_exported=lambda _name, signature, _top: not signature.startswith("local"),
)

BASH = SymbolTable(
    query="""
    (function_definition) @function
    (program (variable_assignment) @variable)
    (command name: (command_name) @_load (#any-of? @_load "source" ".")) @import
    [(comment) (raw_string)] @silent
    """,
    read_import=_sourced,
    is_exported=lambda _name, _signature, _top: True,
)
