"""New definitions that an answer adds beside the selected one, and that it needs. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.reply import uses
from workers_ai_ls.syntax import counterpart, parse, scopes

if TYPE_CHECKING:
    from workers_ai_ls.context import Material
    from workers_ai_ls.syntax import Scope

    from .fragments import Fragment


def with_additions(inner: str, piece: Fragment, material: Material) -> tuple[str, list[str]]:
    """Add to the selected definition the new ones beside it that it uses; tells their names too."""
    scope = material.scope
    found = counterpart(piece.tree, scope.kind, scope.name) if scope else None
    if found is None:
        return inner, []
    tree = parse(material.language, material.text)
    known = {each.name for each in scopes(tree)} if tree else set()
    left = [
        each
        for each in piece.scopes
        if each.parent == found.parent and each.name and each.name not in known
    ]
    text = inner
    taken: list[Scope] = []
    while more := next((each for each in left if uses(text, each.name)), None):
        left.remove(more)
        taken.append(more)
        text += piece.text(more.start, more.end)
    gap = "\n\n\n" if material.language.id == "python" and not found.depth else "\n\n"
    parts = [(each.start, _indented(each, piece)) for each in taken]
    parts.append((found.start, inner))
    return gap.join(part for _, part in sorted(parts)), [each.name for each in taken]


def _indented(scope: Scope, piece: Fragment) -> str:
    """A definition with its comment and the indentation of its first line."""
    before = piece.tree.text[: scope.doc_start].rstrip(" \t")
    return piece.tree.text[len(before) : scope.end]
