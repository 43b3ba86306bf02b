"""Answers that hold more than the selected code: the line, function or class around it as well."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from workers_ai_ls.syntax import counterpart, parse
from workers_ai_ls.text import split_lines

if TYPE_CHECKING:
    from workers_ai_ls.context import Material
    from workers_ai_ls.syntax import Scope, Tree


def selected_part(code: str, material: Material) -> str | None:
    """Give what of `code` is an answer for the selection: all of it, as a rule.

    None where the definition around the selection came back changed in other places too, so that
    no part of it can be told to be the answer.
    """
    code = _without_comment_above(_without_line_around(code, material), material)
    dedented = textwrap.dedent(code)
    tree = parse(material.language, dedented)
    if tree is None:
        return code
    for outer in _around(material):
        if counterpart(tree, outer.kind, outer.name):
            inner = _counterpart(tree, material)
            return _between(dedented, outer, material) if inner is None else inner
    return code


def _without_line_around(code: str, material: Material) -> str:
    """Take off what stands before and after a selected part of a line."""
    snapshot = material.selection.snapshot
    first, last = snapshot.line_at(material.start), snapshot.line_at(material.end)
    before = material.text[snapshot.line_start(first) : material.start].strip()
    after = material.text[material.end : snapshot.line_end(last)].strip()
    old, new = material.original.strip(), code.strip()
    if not (before or after) or len(new) <= len(before) + len(after):
        return code
    repeats = new.startswith(before) and new.endswith(after)
    if not repeats or (before and old.startswith(before)) or (after and old.endswith(after)):
        return code
    return new[len(before) : len(new) - len(after)].strip()


def _without_comment_above(code: str, material: Material) -> str:
    """Take off the comment above a definition that was selected without it."""
    scope = material.scope
    if scope is None or not scope.doc_start < material.start <= scope.start:
        return code
    comment = _filled(material.text[scope.doc_start : material.start])
    lines = split_lines(code)
    if [line.strip() for line in lines[: len(comment)]] != comment:
        return code
    return "".join(lines[len(comment) :])


def _around(material: Material) -> list[Scope]:
    """The definitions around the selection that have a name of their own, outermost first."""
    outer, scope = [], material.scope
    while scope:
        if scope.start < material.start and scope.name and scope.name not in material.defines:
            outer.append(scope)
        scope = scope.parent
    return outer[::-1]


def _counterpart(tree: Tree, material: Material) -> str | None:
    """The definition in the answer that is the selected one, where that is just one."""
    scope = material.scope
    if scope is None or len(material.defines) != 1 or scope.start < material.start:
        return None
    found = counterpart(tree, scope.kind, scope.name)
    if found is None:
        return None
    before = tree.text[: found.start].rstrip(" \t")
    return tree.text[len(before) : found.end]


def _between(code: str, outer: Scope, material: Material) -> str | None:
    """What stands in `code` between the lines of `outer` above the selection and those below."""
    lines = split_lines(code)
    above = _filled(material.text[outer.start : material.start])
    below = _filled(material.text[material.end : outer.end])
    at = [number for number, line in enumerate(lines) if line.strip()]
    said = [lines[number].strip() for number in at]
    last = len(said) - len(below)
    if last <= len(above) or said[: len(above)] != above or said[last:] != below:
        return None
    return "".join(lines[at[len(above)] : at[last - 1] + 1])


def _filled(text: str) -> list[str]:
    return [line.strip() for line in split_lines(text) if line.strip()]
