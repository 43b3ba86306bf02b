"""What other code sees of the selected code: the names that it defines and what they take."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from workers_ai_ls.reply.outcomes import Hold
from workers_ai_ls.syntax import parameters

from .fragments import fragment

if TYPE_CHECKING:
    from workers_ai_ls.context import Material
    from workers_ai_ls.reply.outcomes import Replace
    from workers_ai_ls.syntax import Language, Scope

_CALLABLES = ("function", "method", "property")
_PRIVATE = ("_", "#")

Signature = tuple[str, ...] | None
Interface = dict[str, Signature]
"""What each definition takes, by its name from the outside, such as `URL.join`."""


def changed_interface(edit: Replace, material: Material) -> Hold | None:
    """Hold a replacement that renames or drops a definition, or changes what one takes.

    Names that are private to the selection, and used nowhere else in the document, may go.
    """
    before = _interface(material.original, material.language)
    after = _interface(edit.text, material.language)
    gone = [name for name in before if name not in after and _is_seen(name, material)]
    if gone:
        return _gone(gone[0], [name for name in after if name not in before], material, edit)
    other = [name for name in before if name in after and before[name] != after[name]]
    other = [name for name in other if _is_seen(name, material)]
    if not other:
        return None
    what = f"This changes the parameters of `{other[0]}`"
    return Hold(f"{what}, {_used(other[0], material)}, so nothing was changed.", edit)


def _gone(name: str, new: list[str], material: Material, edit: Replace) -> Hold:
    what = f"This renames `{name}` to `{new[0]}`" if new else f"This leaves out `{name}`"
    return Hold(f"{what}, {_used(name, material)}, so nothing was changed.", edit)


def _used(name: str, material: Material) -> str:
    return "used elsewhere" if _is_used(name, material) else "which other code may use"


def _is_seen(name: str, material: Material) -> bool:
    last = name.rpartition(".")[2]
    special = last.startswith("__") and last.endswith("__")
    return special or not last.startswith(_PRIVATE) or _is_used(name, material)


def _is_used(name: str, material: Material) -> bool:
    word = re.compile(rf"(?<!\w){re.escape(name.rpartition('.')[2])}(?!\w)")
    text = material.text
    return bool(word.search(text[: material.start]) or word.search(text[material.end :]))


def _interface(code: str, language: Language) -> Interface:
    """The definitions of some code that stand in no function."""
    piece = fragment(textwrap.dedent(code), language)
    if piece is None:
        return {}
    seen = [scope for scope in piece.scopes if scope.name and not _is_inner(scope)]
    # Of overloads, and of definitions for one platform or another, all are to be kept.
    found: Interface = {}
    for scope in seen:
        name, taken = _path(scope, piece.shift), parameters(piece.tree, scope)
        found[name] = (*(found.get(name) or ()), *taken) if taken is not None else None
    return found


def _is_inner(scope: Scope) -> bool:
    around = scope.parent
    while around is not None:
        if around.kind in _CALLABLES:
            return True
        around = around.parent
    return False


def _path(scope: Scope, start: int) -> str:
    """The name with those of the definitions around it that begin behind `start`."""
    names, around = [scope.name], scope.parent
    while around is not None and around.start >= start:
        names.append(around.name)
        around = around.parent
    return ".".join(name for name in reversed(names) if name)
