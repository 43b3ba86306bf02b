"""JavaScript (the grammar includes JSX) and TypeScript, which share most of their nodes."""

from workers_ai_ls.syntax.language import Grammar

_VALUE = """[
  (arrow_function body: (_) @body)
  (function_expression body: (_) @body)
  (generator_function body: (_) @body)
]"""

_FUNCTIONS = """[
  (function_declaration name: (_) @name body: (_) @body)
  (generator_function_declaration name: (_) @name body: (_) @body)
]"""

_CLASSES = "(class_declaration name: (_) @name body: (_) @body)"

_ASSIGNED = f"(variable_declarator name: (_) @name value: {_VALUE})"

_ONLY = f"""[
  (lexical_declaration . {_ASSIGNED} .)
  (variable_declaration . {_ASSIGNED} .)
]"""

_ASSIGNMENT = f"""
(assignment_expression
  left: [(member_expression) (identifier) (subscript_expression)] @name right: {_VALUE})
"""

_SHARED = f"""
{_FUNCTIONS} @function
(export_statement {_FUNCTIONS}) @function
{_CLASSES} @class
(export_statement {_CLASSES}) @class
(variable_declarator
  name: (_) @name value: [(class body: (_) @body)]) @class
(method_definition name: (_) @name body: (_) @body) @method
(pair key: (_) @name value: {_VALUE}) @method
{_ASSIGNED} @function
{_ONLY} @function
(export_statement {_ONLY}) @function
{_ASSIGNMENT} @function
(expression_statement {_ASSIGNMENT}) @function
(export_statement "default" @name value: {_VALUE}) @function
(export_statement "default" @name value: (class body: (_) @body)) @class
"""

_IMPORTS = """
(import_statement) @import
(export_statement source: (_)) @import
(lexical_declaration) @call
(variable_declaration) @call
(expression_statement (call_expression)) @call
"""

_REQUIRE = r"^(?:(?:const|let|var)\b[^()]*=\s*)?(?:require|import)\s*\("

_CONTAINERS = frozenset(
    {"program", "statement_block", "class_body", "switch_body", "switch_case", "switch_default"}
)

_MARKUP = frozenset({"jsx_element"})

_TAGS = frozenset({"jsx_opening_element", "jsx_closing_element"})

JAVASCRIPT = Grammar(
    module="tree_sitter_javascript",
    scopes=f"{_SHARED} (field_definition property: (_) @name value: {_VALUE}) @method",
    imports=_IMPORTS,
    calls=_REQUIRE,
    containers=_CONTAINERS | _MARKUP,
    borders=_TAGS,
)

_TYPED_CLASSES = "(abstract_class_declaration name: (_) @name body: (_) @body)"
_INTERFACES = "(interface_declaration name: (_) @name body: (_) @body)"
_ENUMS = "(enum_declaration name: (_) @name body: (_) @body)"
_TYPES = "(type_alias_declaration name: (_) @name value: (_) @body)"
_NAMESPACES = """[
  (internal_module name: (_) @name body: (_) @body)
  (module name: (_) @name body: (_) @body)
]"""

_TYPED = f"""
{_SHARED}
(public_field_definition name: (_) @name value: {_VALUE}) @method
(decorator) @attached
{_TYPED_CLASSES} @class
(export_statement {_TYPED_CLASSES}) @class
{_INTERFACES} @interface
(export_statement {_INTERFACES}) @interface
{_ENUMS} @enum
(export_statement {_ENUMS}) @enum
{_TYPES} @type
(export_statement {_TYPES}) @type
{_NAMESPACES} @namespace
(expression_statement {_NAMESPACES}) @namespace
(export_statement {_NAMESPACES}) @namespace
(ambient_declaration {_NAMESPACES}) @namespace
"""

_TYPED_CONTAINERS = _CONTAINERS | {"interface_body", "enum_body", "object_type"}

TYPESCRIPT = Grammar(
    module="tree_sitter_typescript",
    function="language_typescript",
    scopes=_TYPED,
    imports=_IMPORTS,
    calls=_REQUIRE,
    containers=_TYPED_CONTAINERS,
)

TSX = Grammar(
    module="tree_sitter_typescript",
    function="language_tsx",
    scopes=_TYPED,
    imports=_IMPORTS,
    calls=_REQUIRE,
    containers=_TYPED_CONTAINERS | _MARKUP,
    borders=_TAGS,
)
