"""Puts a prompt together from pieces, the most useful ones first, until the budget is used up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from .budget import Budget, SelectionTooLong
from .fences import fenced
from .pieces import SURROUNDINGS, Piece, headers, imported, line_around, problems, surroundings
from .prompt import Prompt, Turn
from .tokens import estimate, fits

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from .material import Material

_COUNTED = 200_000
"""Characters of code that are counted to say how many tokens all of it needs: 20 ms."""

_MORE_CODE = "more of the code around"


def compose(
    material: Material,
    *,
    system: str,
    task: str,
    budget: Budget,
    more: Sequence[Piece] = (),
) -> Prompt:
    """Compose the prompt of one action; the same arguments give the same bytes.

    `system` is the action's static text and comes first (endpoints cache prefixes), then what the
    user's settings add to it. From the file comes first what changes least, and the code last,
    before `task`, the action's request. `more` are pieces of the action's own. What does not fit
    is left out, and the prompt says so. Raises SelectionTooLong when not even the code fits.
    """
    system = "\n\n".join(part for part in (system, material.extra) if part)
    parts = _Parts(
        head=f"File: {material.selection.path or 'untitled'} ({material.language.name})",
        before=[*imported(material), *more, *headers(material)],
        code=_code(material),
        after=problems(material),
        task=task,
    )
    user = parts.user(parts.pieces, surroundings(material, SURROUNDINGS)[0])
    if not fits(f"{system}\n\n{user}", budget.prompt):
        user = _within(parts, material, budget.prompt - _size(system))
    return Prompt((Turn("system", system), Turn("user", user)), max_tokens=budget.answer)


@attrs.frozen
class _Parts:
    """What a prompt may hold, in its order; `before` and `after` may be left out."""

    head: str
    before: list[Piece]
    code: str
    after: list[Piece]
    task: str

    @property
    def pieces(self) -> list[Piece]:
        """What may be left out."""
        return [*self.before, *self.after]

    def user(self, kept: Collection[Piece], near: str, note: str = "") -> str:
        """The user's turn with these pieces."""
        before = [piece.text for piece in self.before if piece in kept]
        after = [piece.text for piece in self.after if piece in kept]
        texts = [self.head, *before, near, self.code, *after, note, self.task]
        return "\n\n".join(text for text in texts if text)


def _code(material: Material) -> str:
    if not material.code.strip():
        return "Nothing stands in the selected place; the new code goes there."
    code = f"Selected code:\n{fenced(material.code, material.language.fence)}"
    return "\n\n".join(filter(None, (code, line_around(material))))


def _within(parts: _Parts, material: Material, room: int) -> str:
    """The user's turn in at most `room` tokens."""
    room -= _size(parts.head) + _size(parts.task)
    left = room - _size(parts.code, limit=room)
    if left < 0:
        counted = parts.code[:_COUNTED]
        raise SelectionTooLong(_size(counted) * len(parts.code) // len(counted), max(0, room))
    note = _size(_note([*(piece.name for piece in parts.pieces), _MORE_CODE]))
    says = note <= left
    left -= note if says else 0
    kept: list[Piece] = []
    for piece in sorted(parts.pieces, key=lambda piece: piece.rank):
        size = _size(piece.text, limit=left)
        if size <= left:
            kept.append(piece)
            left -= size
    near, scarce = surroundings(material, left)
    cut = [piece.name for piece in parts.pieces if piece not in kept]
    cut += [_MORE_CODE] if scarce else []
    return parts.user(kept, near, _note(cut) if cut and says else "")


def _note(cut: Sequence[str]) -> str:
    return f"(Left out for lack of room: {', '.join(cut)}.)"


def _size(text: str, limit: int | None = None) -> int:
    """Tokens of a text and of the blank line that joins it to the next."""
    return estimate(f"{text}\n\n", limit=limit)
