"""Python."""

from __future__ import annotations

import re

from workers_ai_ls.syntax.symbol import Imported

from .table import SymbolTable

_REMARK = re.compile(r"#[^\n]*|\\\r?\n")
_ALL = re.compile(rb"^__all__\b[^=\n]*=\s*[\[(](.{0,5000}?)[\])]", re.DOTALL | re.MULTILINE)
_QUOTED = re.compile(rb"""(["'])(\w+)\1""")
_FROM = re.compile(r"from\s*(?P<dots>[.\s]*)(?P<module>[\w.]*)\s*import\b(?P<names>.*)", re.DOTALL)


def _read(statement: str) -> list[Imported]:
    text = _REMARK.sub(" ", statement)
    found = _FROM.match(text)
    if not found:
        names = text.partition("import")[2]
        return [Imported(name, "", alias) for name, alias in _named(names)]
    level = found["dots"].count(".")
    return [
        # `import a as a` says that others may have it from here.
        Imported(found["module"], name, alias, level, name in {"*", alias})
        for name, alias in _named(found["names"])
    ]


def _named(names: str) -> list[tuple[str, str]]:
    pairs = (part.split() for part in names.strip().strip("()").split(","))
    return [(words[0], words[2] if words[1:2] == ["as"] else "") for words in pairs if words]


def _is_exported(name: str, _signature: str, _top: bool) -> bool:  # noqa: FBT001 - one rule for all
    return not name.startswith("_") or (name.startswith("__") and name.endswith("__"))


def _all(text: bytes) -> frozenset[str]:
    """Read `__all__`."""
    lists = _ALL.findall(text) if b"__all__" in text else []
    return frozenset(name.decode() for one in lists for _, name in _QUOTED.findall(one))


PYTHON = SymbolTable(
    query="""
    (function_definition) @function
    (class_definition) @class
    (decorated_definition) @wrapper
    (assignment left: [(identifier) (pattern_list) (tuple_pattern)]) @variable
    (assignment left: (attribute object: (identifier))) @attribute
    (type_alias_statement) @type
    [(import_statement) (import_from_statement)] @import
    [(comment) (string_content)] @silent
    """,
    read_import=_read,
    is_exported=_is_exported,
    bases=("superclasses",),
    decorating=frozenset({"decorated_definition"}),
    handed_on=_all,
)
