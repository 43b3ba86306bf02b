"""JavaScript and TypeScript, with and without markup."""

from __future__ import annotations

import re

from workers_ai_ls.syntax.symbol import Imported

from .table import SymbolTable

_REMARK = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
_SOURCE = re.compile(r"""(?:\bfrom|\brequire\s*\(|\bimport\s*\(?)\s*(["'])(?P<module>.*?)\1""")
_BRACES = re.compile(r"\{([^{}]*)\}")
_ALL = re.compile(r"\*(?:\s*as\s+(\S+))?")
_PLAIN = re.compile(r"^(?:(?:export\s+)?import\s+)?(?:type\s+)?([\w$]+)\s*(?:,|=|from)")
_MEMBER = re.compile(r"\)\s*\.\s*([\w$]+)\s*;?\s*$")
_DEFAULT = re.compile(r"^(?:export\s+default|export\s*=|module\.exports\s*=)\s*([\w$]+)\s*;?\s*$")
_OBJECT = re.compile(r"^(?:export\s+default|module\.exports\s*=)\s*(?=\{)")
_ALIAS = re.compile(r"\s+as\s+|\s*:\s*")
_HIDDEN = re.compile(r"\b(?:private|protected)\b")
_SHORT = re.compile(r"[\w$]+(?:\s*(?:\bas\b|:)\s*[\w$]+)?$")


def _read(statement: str) -> list[Imported]:
    text = _REMARK.sub(" ", statement).strip()
    source = _SOURCE.search(text)
    exported = text.startswith(("export", "module"))
    if not source:
        return _own(text) if exported else []
    module, head = source["module"], text[: source.start()]
    listed = []
    if braces := _BRACES.search(head):
        listed += [
            Imported(module, name, alias, reexport=exported) for name, alias in _named(braces[1])
        ]
        head = head[: braces.start()] + head[braces.end() :]
    if everything := _ALL.search(head):
        # `import * as x` gives the module a name; `export *` hands on all that is in it.
        listed.append(Imported(module, "*", everything[1] or "", reexport=exported))
    elif plain := _PLAIN.match(text):
        member = _MEMBER.search(text)
        required = head.rstrip().endswith("=")
        name = member[1] if member else "*" if required else "default"
        alias = "" if plain[1] == name else plain[1]
        listed.append(Imported(module, name, alias, reexport=text.startswith("export")))
    return listed or [Imported(module, "", "")]


def _own(text: str) -> list[Imported]:
    """Read what a file hands on of its own: `export { a as b }`, `export default a`."""
    if default := _DEFAULT.match(text):
        return [Imported("", default[1], "default", reexport=True)]
    if _OBJECT.match(text) or re.match(r"export\s+(?:type\s+)?\{", text):
        braces = _BRACES.search(text)
        pairs = _named(braces[1]) if braces else []
        turned = not text.startswith("export") or bool(_OBJECT.match(text))
        # `{ b: a }` of an object calls `a` what `export { a as b }` does.
        return [
            Imported(
                "",
                alias if turned and alias else name,
                name if turned and alias else alias,
                reexport=True,
            )
            for name, alias in pairs
        ]
    return []


def _named(names: str) -> list[tuple[str, str]]:
    listed = []
    for part in names.split(","):
        name = part.strip().removeprefix("type ").strip()
        name, _, _default = name.partition("=")
        if _SHORT.match(name.strip()):
            first, *rest = _ALIAS.split(name.strip())
            listed.append((first, rest[0] if rest else ""))
    return listed


def _is_exported(name: str, signature: str, top: bool) -> bool:  # noqa: FBT001 - one rule for all
    if top:
        return signature.startswith(("export", "declare", "module.exports"))
    return not name.startswith("#") and not _HIDDEN.search(signature)


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
(export_statement "=" (identifier)) @import
(ambient_declaration) @wrapper
"""

_BASES = ("class_heritage", "extends_type_clause")

JAVASCRIPT = SymbolTable(
    query=f"{_SHARED} (field_definition) @field",
    read_import=_read,
    is_exported=_is_exported,
    bases=_BASES,
    joining=(b"?.",),
)

TYPESCRIPT = SymbolTable(
    query=_TYPED,
    read_import=_read,
    is_exported=_is_exported,
    bases=_BASES,
    joining=(b"?.",),
)
