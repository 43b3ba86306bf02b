"""What answers repeat at the edges of a selection: the rest of its line, the comment above it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.text import split_lines

if TYPE_CHECKING:
    from workers_ai_ls.context import Material


def without_edges(code: str, material: Material) -> str:
    """Take off what stands around the selection and came back with it."""
    return _without_comment_above(_without_line_around(code, material), material)


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


def _filled(text: str) -> list[str]:
    return [line.strip() for line in split_lines(text) if line.strip()]
