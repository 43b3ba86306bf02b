"""Puts a prompt together from pieces, the most useful ones first, until the budget is used up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from .budget import Budget, SelectionTooLong
from .choosing import choose
from .fences import fenced
from .pieces import line_around, problems, size_of
from .prompt import Prompt, Turn
from .tokens import estimate, fits, weight
from .writing import Written, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .material import Material
    from .pieces import Piece

_COUNTED = 200_000
"""Characters of code that are counted to say how many tokens all of it needs: 20 ms."""

_NOTE = 80
"""Tokens at most for saying what was left out."""
_NOTE_SHARE = 8
"""And at most an eighth of the room, but for the least that can be said."""
_LEAST_NOTE = 20
"""Tokens for saying that something was."""


def compose(
    material: Material,
    *,
    system: str,
    task: str,
    budget: Budget,
    more: Sequence[Piece] = (),
    style: bool = False,
) -> Prompt:
    """Compose the prompt of one action; the same arguments give the same bytes.

    `system` is the action's static text and comes first (endpoints cache prefixes), then what the
    user's settings add to it. Of the rest comes first what changes least: the project's own words,
    the file, what the code uses, what is around it; and the code last, before `task`, the action's
    request. `more` are pieces of the action's own; `style` asks for an example of how its neighbours
    are written. What does not fit is left out, and the prompt says so. Raises SelectionTooLong when not even the code fits.
    """
    if not style:
        material = attrs.evolve(material, knowledge=attrs.evolve(material.knowledge, sibling=None))
    fixed = _Fixed(
        system="\n\n".join(part for part in (system, material.extra) if part),
        head=f"File: {material.selection.path or 'untitled'} ({material.language.name})",
        code=_code(material),
        task=task,
    )
    room = _room(fixed, material, budget)
    told = problems(material)
    pieces = [*more, *([told] if told.text else [])]
    body = written(material, choose(material, pieces, room), told)
    note = ""
    if body.cut:
        limit = min(_NOTE, max(_LEAST_NOTE, room // _NOTE_SHARE), room)
        body = written(material, choose(material, pieces, room - limit), told)
        note = _note(body.cut, limit)
    user = fixed.user(body, note)
    turns = (Turn("system", fixed.system), Turn("user", user))
    return Prompt(turns, max_tokens=budget.answer, sources=body.sources, cut=body.cut)


@attrs.frozen
class _Fixed:
    """What every prompt holds."""

    system: str
    head: str
    code: str
    task: str

    def user(self, body: Written, note: str = "") -> str:
        """The user's turn."""
        stable, *rest = body.before
        texts = [stable, self.head, *rest, self.code, *body.after, note, self.task]
        return "\n\n".join(text for text in texts if text)


def _code(material: Material) -> str:
    if not material.code.strip():
        return "Nothing stands in the selected place; the new code goes there."
    code = f"Selected code:\n{fenced(material.code, material.language.fence)}"
    return "\n\n".join(filter(None, (code, line_around(material))))


def _room(fixed: _Fixed, material: Material, budget: Budget) -> int:
    """Tokens for what may be left out. Raises SelectionTooLong."""
    around = sum(map(_size, (fixed.system, fixed.head, fixed.task)))
    available = max(0, budget.prompt - around)
    room = available - _size(fixed.code, limit=available)
    if room < 0 or budget.prompt < around:
        everything = fixed.user(Written(("",), (), (), ()))
        if not fits(f"{fixed.system}\n\n{everything}", budget.prompt):
            counted = fixed.code[:_COUNTED]
            needed = _size(counted) * len(fixed.code) // len(counted)
            raise SelectionTooLong(needed, available)
        room = 0
    if budget.context is None:
        return room
    # All that is neither an instruction nor the code itself counts.
    framing = fixed.code.replace(material.code.replace("\r\n", "\n").rstrip(), "", 1)
    return max(0, min(room, budget.context - size_of(fixed.head) - size_of(framing)))


def _note(cut: Sequence[str], limit: int) -> str:
    """Say in one line what was left out, in as many words as there is room for."""
    short = [each.partition(" (")[0] for each in cut]
    for told in (", ".join(cut), ", ".join(short), f"{short[0]} and more", "some context"):
        note = f"(Left out for lack of room: {told}.)"
        if weight(f"{note}\n\n") <= limit:
            return note
    return ""


def _size(text: str, limit: int | None = None) -> int:
    """Tokens of a text and of the blank line that joins it to the next."""
    return estimate(f"{text}\n\n", limit=limit)
