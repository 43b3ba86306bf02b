"""Tells what a node of a test file is: an import, a block of tests, a test, or something else. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import tree_sitter

    from workers_ai_ls.syntax import Tree

Kind = Literal["import", "package", "block", "test", "definition", "other"]

COMMENTS = frozenset({"comment", "line_comment", "block_comment"})
_WRAPPERS = {"decorated_definition": "definition", "export_statement": "declaration"}
_IMPORTS = frozenset(
    {
        "import_statement", "import_from_statement", "future_import_statement", "import_declaration",
        "use_declaration", "using_directive", "namespace_use_declaration", "preproc_include",
        "extern_crate_declaration",
    }
)  # fmt: skip
_PACKAGES = frozenset(
    {"package_clause", "package_declaration", "file_scoped_namespace_declaration", "php_tag"}
)
_BLOCKS = frozenset(
    {
        "class_definition", "class_declaration", "mod_item", "namespace_declaration", "class", "module",
        "namespace_definition", "struct_declaration", "record_declaration", "class_specifier",
    }
)  # fmt: skip
_DESCRIBES = frozenset({"describe", "context", "suite", "fdescribe", "xdescribe"})
_TESTS = frozenset({"it", "test", "specify", "fit", "xit", "example"})
_LOADS = re.compile(r"(?:(?:const|let|var)\b[^()]*=\s*)?require(?:_relative)?\s*\(?\s*['\"]")
_MARKED = re.compile(
    r"@(?:\w+\.)*(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\b|#\[(?:\w+::)*(?:test|rstest|case|test_case)\b"
    r"|\[(?:Fact|Theory|Test|TestCase|TestMethod)\b"
)
_QUOTED = re.compile(r"""\A(['"`])([\s\S]*)\1\Z""")


def read(
    tree: Tree, node: tree_sitter.Node, text: str
) -> tuple[Kind, str, tree_sitter.Node | None, tree_sitter.Node | None]:
    """Tell an item's kind and name, the node of its name, and that of its body if it is a block."""
    inner = node
    while inner.type in _WRAPPERS:
        found = inner.child_by_field_name(_WRAPPERS[inner.type])
        if found is None:
            break
        inner = found
    if inner.type in _IMPORTS or _LOADS.match(text):
        return "import", "", None, None
    named = _name(inner)
    name = _text(tree, named)
    body = inner.child_by_field_name("body")
    if inner.type in _PACKAGES or (inner.type == "namespace_definition" and body is None):
        return "package", name, None, None
    if inner.type in _BLOCKS and body is not None:
        return "block", name, named, body
    if call := _call(inner):
        return _called(tree, call)
    receiver = inner.child_by_field_name("receiver")
    if receiver is not None and name:
        # Methods of different types may share their names.
        name = f"{' '.join(_text(tree, receiver).split())} {name}"
    if _MARKED.search(text.partition("{")[0]):
        return "test", name, named, None
    return ("definition" if name else "other"), name, named, None


def _name(node: tree_sitter.Node) -> tree_sitter.Node | None:
    """Find the node of a definition's name; also that of the only variable or type of a declaration."""
    if named := node.child_by_field_name("name"):
        return named
    children = [child for child in node.named_children if child.type not in COMMENTS]
    specs = [
        child
        for child in children
        if child.type.endswith(("_spec", "variable_declarator")) or child.type == "assignment"
    ]
    if len(specs) != 1:
        return None
    return specs[0].child_by_field_name("name") or _plain(specs[0].child_by_field_name("left"))


def _plain(node: tree_sitter.Node | None) -> tree_sitter.Node | None:
    return node if node is not None and node.type == "identifier" else None


def _call(node: tree_sitter.Node) -> tree_sitter.Node | None:
    if node.type == "expression_statement" and node.named_children:
        node = node.named_children[0]
    return node if node.type in ("call_expression", "call") else None


def _called(
    tree: Tree, call: tree_sitter.Node
) -> tuple[Kind, str, tree_sitter.Node | None, tree_sitter.Node | None]:
    """Read `describe("x", () => { … })`, `it("y", …)` and the like."""
    function = call.child_by_field_name("function") or call.child_by_field_name("method")
    words = re.match(r"\w*", _text(tree, function))
    word = words[0] if words else ""
    arguments = call.child_by_field_name("arguments")
    given = arguments.named_children if arguments else []
    if not given or word not in _DESCRIBES | _TESTS:
        return "other", "", None, None
    name = _text(tree, given[0])
    quoted = _QUOTED.match(name)
    name = quoted[2] if quoted else name
    if word in _TESTS:
        return "test", name, given[0], None
    block = call.child_by_field_name("block") or given[-1]
    body = block.child_by_field_name("body")
    return ("block", name, given[0], body) if body is not None else ("other", name, None, None)


def _text(tree: Tree, node: tree_sitter.Node | None) -> str:
    if node is None:
        return ""
    span = tree.span(node)
    return tree.text[span.start : span.end]
