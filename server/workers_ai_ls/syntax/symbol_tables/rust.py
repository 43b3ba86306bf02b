"""Rust."""

from __future__ import annotations

import re

from workers_ai_ls.syntax.symbol import Imported

from .table import SymbolTable

_REMARK = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_HEAD = re.compile(
    r"(?:#\[[^\]]*\]\s*)*(?P<public>pub\b(?:\s*\([^)]*\))?\s*)?(?P<word>use|mod|extern\s+crate)\s+"
)


def _read(statement: str) -> list[Imported]:
    text = _REMARK.sub("", statement).strip().rstrip(";")
    head = _HEAD.match(text)
    if not head:
        return []
    public, rest = bool(head["public"]), text[head.end() :].strip()
    if head["word"] == "mod":
        return [Imported("self", rest, "", reexport=public)]
    path, _, alias = rest.partition(" as ")
    if head["word"] != "use":
        return [Imported(path.strip(), "", alias.strip(), reexport=public)]
    return [
        Imported(module, name, alias, reexport=public) for module, name, alias in _leaves(rest, "")
    ]


def _leaves(tree: str, prefix: str) -> list[tuple[str, str, str]]:
    """Give path, name and alias of each leaf of a `use` tree."""
    tree = tree.strip()
    if tree.endswith("}") and "{" in tree:
        head, _, inner = tree[:-1].partition("{")
        outer = _joined(prefix, head.strip().removesuffix("::"))
        return [leaf for part in _parts(inner) for leaf in _leaves(part, outer)]
    path, _, alias = tree.partition(" as ")
    whole = path.strip()
    if whole == "self" and prefix:
        module, _, name = prefix.rpartition("::")
        return [(module, name, alias.strip())]
    module, _, name = _joined(prefix, whole).rpartition("::")
    return [(module, name, alias.strip())] if name else []


def _parts(inner: str) -> list[str]:
    """Divide at the commas that stand in no further braces."""
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(inner):
        depth += (letter == "{") - (letter == "}")
        if letter == "," and not depth:
            parts.append(inner[start:at])
            start = at + 1
    return [part for part in (*parts, inner[start:]) if part.strip()]


def _joined(prefix: str, rest: str) -> str:
    return f"{prefix}::{rest}" if prefix and rest else prefix or rest


RUST = SymbolTable(
    query="""
    [(function_item) (function_signature_item)] @function
    [(struct_item) (union_item)] @struct
    (enum_item) @enum
    (enum_variant) @member
    (trait_item) @trait
    (impl_item) @impl
    (mod_item body: (_)) @module
    (mod_item !body) @import
    (macro_definition) @macro
    [(const_item) (static_item)] @constant
    [(type_item) (associated_type)] @type
    (field_declaration) @field
    (attribute_item) @attached
    [(use_declaration) (extern_crate_declaration)] @import
    [(line_comment) (block_comment) (string_literal) (raw_string_literal) (char_literal)] @silent
    """,
    read_import=_read,
    is_exported=lambda _name, signature, _top: signature.startswith(("pub", "macro_rules")),
    bases=("trait", "bounds"),
    joining=(b"::",),
    calling=(b"!(", b"!["),
)
