"""Writes down what was chosen for a prompt, each line once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import attrs

from .around import is_fellow
from .callers import calling
from .choosing import LISTED
from .enclosing import inside
from .fences import fenced
from .listing import Entry, key_of, outer
from .pieces import NOTHING, Piece, importing
from .rendering import listed
from .style import styled
from .surroundings import surroundings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .knowledge import Caller
    from .listing import Key
    from .material import Material
    from .sharing import Choice
    from .source import Source
    from .surroundings import Surroundings

_MORE_CODE = "more of the code around"


class Written(NamedTuple):
    """The parts of a prompt besides the fixed ones, some of them empty, before and after the code."""

    before: tuple[str, ...]
    """The first is what the whole project has in common."""
    after: tuple[str, ...]
    sources: tuple[Source, ...]
    cut: tuple[str, ...]


def written(material: Material, choice: Choice, told: Piece) -> Written:
    """Write the parts; what the surroundings show is said nowhere else. `told` follows the code."""
    near = surroundings(material, choice.left)
    style = _style(material, choice, near)
    entries = _entries(choice, near, style)
    fellows = [one for one in entries if material.headers and is_fellow(one.known, material)]
    others = [one for one in entries if one not in fellows]
    listing, tag = choice.listing, material.language.fence
    text, drawn = listed(others, listing, last=material.path)
    used = Piece("", f"{LISTED}\n{fenced(text, tag)}" if text else "", sources=tuple(drawn))
    visible = all(near.hold(material.path, at + 1, at + 1) for at in material.header_lines)
    around = inside(material, fellows, listing, headers=choice.inside and not visible)
    shown = [each for each in (*drawn, *around.sources, *style.sources) if each.kind != "header"]
    callers = calling(
        material, [one for one in choice.callers if not _is_shown(one, (*shown, *near.sources))]
    )
    imports = importing(material, [at for at in choice.imports if not _seen(at, material, near)])
    own = [piece for piece in choice.pieces if piece != told]
    parts = (choice.words, imports, *own, used, callers, style, around)
    return Written(
        before=(*(piece.text for piece in parts), near.text),
        after=(told.text,) if told in choice.pieces else (),
        sources=(*(source for piece in parts for source in piece.sources), *near.sources),
        cut=(*choice.cut, *([_MORE_CODE] if near.scarce else [])),
    )


def _entries(choice: Choice, near: Surroundings, style: Piece) -> list[Entry]:
    """What is listed after all: what neither the surroundings nor the example of style show."""
    listing = choice.listing
    kept: dict[Key, Entry] = {}
    for key, entry in listing.entries.items():
        known = entry.known
        if style.text and choice.sibling and key == key_of(choice.sibling):
            continue
        short = listing.wording(known, "header")
        if near.hold(known.path, short.first, short.last):
            continue
        whole = listing.wording(known, entry.form)
        partly = entry.form == "body" and near.touch(known.path, whole.first, whole.last)
        kept[key] = attrs.evolve(entry, form="header") if partly else entry
    # A member is understood below the header of its class only, wherever else that may stand.
    for entry in list(kept.values()):
        for each in outer(entry.known):
            if key_of(each) in listing.entries:
                kept.setdefault(key_of(each), Entry(each, "header", "header"))
    return list(kept.values())


def _style(material: Material, choice: Choice, near: Surroundings) -> Piece:
    """The example of the style; nothing if the surroundings show some of it."""
    piece = styled(material, choice.sibling)
    partly = any(near.touch(each.path, each.first, each.last) for each in piece.sources)
    return NOTHING if partly else piece


def _is_shown(caller: Caller, sources: Sequence[Source]) -> bool:
    return any(
        each.path == caller.path and each.first <= caller.line + 1 <= each.last for each in sources
    )


def _seen(at: int, material: Material, near: Surroundings) -> bool:
    first = material.import_lines[at] + 1
    return near.hold(material.path, first, first + material.imports[at].count("\n"))
