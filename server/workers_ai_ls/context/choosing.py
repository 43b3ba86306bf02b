"""Chooses what a prompt says besides the code, the most telling first, within so many tokens.

The headers of what the code uses come first, one after the other, as long as there is room. Half of
what is left then is there for the action's own pieces. Each of the other kinds gets a share of the
rest, whatever the others take, so that more room never drives out what the code uses (a member of
its class may have to go where longer headers fit). What no kind has taken goes to the plain
surroundings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .around import is_beside, keys_around
from .enclosing import beside_frame, inside
from .fences import fenced
from .listing import Listing
from .pieces import size_of
from .sharing import Choice, counted, share_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .knowledge import Known
    from .material import Material
    from .pieces import Piece

_HEADERS = (8, 16, 32)
"""A header of several lines may take an eighth of the room; less, if all take more than half of it."""

_SURE = 0.5
"""A certainty. What is less sure comes after everything that is surer."""

_PLAIN = frozenset({"variable", "constant", "field", "member"})
"""Kinds whose headers say the least."""

_NAMES = 3
"""Names of what was left out that the prompt says."""
_LONGEST_NAME = 40

LISTED = "Definitions that the selected code uses:"


def choose(material: Material, pieces: Sequence[Piece], room: int) -> Choice:
    """Choose for a prompt with `room` tokens for context; `pieces` belong to the action."""
    room = max(0, room)
    used = sorted((one for one in material.knowledge.used if is_beside(one, material)), key=_worth)
    choice = Choice(_listing(material, used, room), room)
    around = inside(material, (), choice.listing, headers=True).size
    if 0 < around <= room // 4:
        choice.inside = True
        choice.left -= around
    elif around:
        choice.left -= beside_frame(material)
    if used or material.knowledge.members:
        choice.left -= size_of(f"{LISTED}\n{fenced('', material.language.fence)}")
    used = _headers(choice, used)
    free = max(0, choice.left)
    for piece in sorted(pieces, key=lambda piece: piece.rank):
        if piece.size <= choice.left - free // 2:
            choice.pieces.append(piece)
            choice.left -= piece.size
        else:
            choice.cut.append(piece.name)
    if around and not choice.inside and around <= choice.left - free // 2:
        choice.inside = True
        choice.left -= around
    elif around and not choice.inside:
        choice.cut.append("what it stands in")
    share_out(choice, material, used)
    return choice


def _listing(material: Material, used: Sequence[Known], room: int) -> Listing:
    """Begin a listing in which the headers of what is used may be as long as there is room for."""
    hidden = keys_around(material)
    for part in _HEADERS:
        listing = Listing(material.language, room // part, hidden)
        if part == _HEADERS[-1] or listing.take(used, "header", 10 * room)[1] <= room // 2:
            break
    return listing.anew()


def _headers(choice: Choice, used: list[Known]) -> list[Known]:
    """Take the headers of what is used; what comes later gets nothing while these lack room."""
    taken, spent = choice.listing.take(used, "header", choice.left)
    choice.left -= spent
    if missing := used[len(taken) :]:
        choice.left = min(0, choice.left)
        names = ", ".join(one.definition.name[:_LONGEST_NAME] for one in missing[:_NAMES])
        more = ", …" if len(missing) > _NAMES else ""
        choice.cut += counted(len(missing), f"definition that it uses ({names}{more})")
    return taken


def _worth(known: Known) -> tuple[bool, int, int, bool, str, int]:
    item = known.definition
    unsure = known.certainty < _SURE
    return (unsure, -known.uses, known.distance, item.kind in _PLAIN, known.path, item.line)
