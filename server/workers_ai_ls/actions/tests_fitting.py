"""Indents a piece of an answer for the block that it goes into; strings keep their lines. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import tree_sitter

    from workers_ai_ls.syntax import Tree

_TAB = 4
_TEXTS = ("string", "template", "heredoc", "text_block", "nowdoc", "char_literal", "comment")


def fitted(tree: Tree, start: int, end: int, indent: str, unit: str) -> str:
    """Give a range of whole items, indented by `indent` and further in steps of `unit`.

    Lines inside of strings and comments that span lines stay as they are, where that could matter.
    """
    text = tree.text
    line = text.rfind("\n", 0, start) + 1
    base = text[line:start] if not text[line:start].strip() else ""
    rows = text[start:end].split("\n")
    first = text.count("\n", 0, start)
    inner = _inside_texts(tree, first, first + len(rows))
    steps = [row for number, row in enumerate(rows[1:], first + 1) if number not in inner]
    step = unit_of(row.removeprefix(base) for row in steps)
    fit = [indent + rows[0]]
    for number, row in enumerate(rows[1:], first + 1):
        if number in inner or not row.strip():
            fit.append(row)
            continue
        fit.append(indent + _converted(row.removeprefix(base), step, unit))
    return "\n".join(fit)


def unit_of(rows: Iterable[str]) -> str:
    r"""Tell what one level of indentation is; empty where nothing shows it.

    >>> unit_of(["def a():", "  if b:", "    c"]), unit_of(["a", "\tb"]), unit_of(["a"])
    ('  ', '\t', '')
    """
    blanks = [row[: len(row) - len(row.lstrip())] for row in rows if row.strip()]
    if any(blank.startswith("\t") for blank in blanks):
        return "\t"
    # One column is a comment's ` *`; what is aligned with a bracket stands further in.
    return " " * min((len(blank) for blank in blanks if len(blank) > 1), default=0)


def _converted(row: str, step: str, unit: str) -> str:
    """The row with its levels written in the other unit, where both are known and differ."""
    blank = re.match(r"[ \t]*", row)
    width = len(blank[0].expandtabs(_TAB)) if blank else 0
    if not step or not unit or step == unit or not width:
        return row
    levels, aligned = divmod(width, _TAB if step == "\t" else len(step))
    return unit * levels + " " * aligned + row.lstrip(" \t")


def _inside_texts(tree: Tree, first: int, last: int) -> set[int]:
    """The numbers of the rows that begin inside of a string."""
    found: set[int] = set()
    waiting: list[tree_sitter.Node] = [tree.node]
    while waiting:
        node = waiting.pop()
        top, bottom = node.start_point[0], node.end_point[0]
        if top == bottom or bottom <= first or top >= last:
            continue
        if any(part in node.type for part in _TEXTS) and node.type != "template_declaration":
            if "comment" not in node.type:
                found.update(range(top + 1, bottom + 1))
            continue
        waiting += node.children
    return found
