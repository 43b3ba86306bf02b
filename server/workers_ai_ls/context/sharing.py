"""Gives each kind of context its share of the room that the headers of what is used have left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from .around import is_beside
from .callers import MOST_CALLERS, calling, telling_callers
from .listing import key_of
from .pieces import NOTHING, Piece, importing, leading_imports
from .style import styled
from .words import noted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .knowledge import Caller, Known
    from .listing import Listing
    from .material import Material

_SHARES: Final = {
    "words": (0.1, 1000),
    "docs": (0.15, 2000),
    "imports": (0.15, 1000),
    "bodies": (0.25, 4000),
    "callers": (0.15, 600),
    "outline": (0.1, 1000),
    "sibling": (0.1, 500),
}
"""Of what the headers leave, and tokens at most: more of them slows the answer and costs money."""


@attrs.define
class Choice:
    """What goes into the prompt besides the code; `left` is the room for its surroundings."""

    listing: Listing
    left: int
    inside: bool = False
    """Whether it says what the code stands in."""
    words: Piece = NOTHING
    pieces: list[Piece] = attrs.field(factory=list)
    imports: list[int] = attrs.field(factory=list)
    """Which of `Material.imports`."""
    callers: list[Caller] = attrs.field(factory=list)
    sibling: Known | None = None
    cut: list[str] = attrs.field(factory=list)
    """What there was no room for."""


def share_out(choice: Choice, material: Material, used: Sequence[Known]) -> None:
    """Give each of the other kinds its share."""
    rest, knowledge, spent = max(0, choice.left), material.knowledge, 0
    share = {kind: min(int(part * rest), most) for kind, (part, most) in _SHARES.items()}
    choice.words = noted(knowledge.words, share["words"])
    if knowledge.words and not choice.words.is_whole:
        choice.cut.append(choice.words.name)
    spent += choice.words.size
    spent += choice.listing.take(used, "documented", share["docs"])[1]
    choice.imports = leading_imports(material, share["imports"])
    choice.cut += counted(len(material.imports) - len(choice.imports), "import")
    spent += importing(material, choice.imports).size
    small = [one for one in used if one.text]
    bodies, size = choice.listing.take(small, "body", share["bodies"])
    choice.cut += counted(len(small) - len(bodies), "body of what it uses")
    spent += size
    choice.callers = telling_callers(material, share["callers"])
    choice.cut += counted(
        len(knowledge.callers[:MOST_CALLERS]) - len(choice.callers), "usage of it"
    )
    spent += calling(material, choice.callers).size
    members = [one for one in knowledge.members if is_beside(one, material)]
    members = [one for one in members if key_of(one) not in choice.listing.entries]
    outlined, size = choice.listing.take(members, "header", share["outline"], "outline")
    choice.cut += counted(len(members) - len(outlined), "member of its class")
    spent += size
    example = styled(material, knowledge.sibling)
    beside = knowledge.sibling and is_beside(knowledge.sibling, material)
    if example.text and beside and example.size <= share["sibling"]:
        choice.sibling = knowledge.sibling
        spent += example.size
    choice.left -= spent


def counted(number: int, what: str) -> list[str]:
    """Say how many there are, of more than none: `2 imports`, `2 bodies of it`."""
    if number <= 0:
        return []
    noun, of, rest = what.partition(" ")
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return [f"{number} {noun if number == 1 else plural}{of}{rest}"]
