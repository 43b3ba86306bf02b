"""Writes listed definitions down, and says which lines of which files they are."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from .listing import heading
from .source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workers_ai_ls.syntax.symbol import Definition

    from .listing import Entry, Listing


def listed(
    entries: Iterable[Entry], listing: Listing, *, last: str = ""
) -> tuple[str, list[Source]]:
    """Write some of a listing, and say where its lines come from: by file, `last` at the end."""
    parts: list[str] = []
    sources: list[Source] = []
    ordered = sorted(entries, key=lambda each: (each.known.path == last, *_place(each)))
    for path, group in groupby(ordered, key=lambda each: each.known.path):
        text, drawn = lines_of(list(group), listing)
        parts.append(f"{heading(path, listing.language)}\n{text}")
        sources += drawn
    return "\n\n".join(parts), sources


def lines_of(entries: Sequence[Entry], listing: Listing) -> tuple[str, list[Source]]:
    """Write what one file defines, in order; what stands in a body that is shown is there already."""
    parts: list[str] = []
    sources: list[Source] = []
    shown: list[Definition] = []
    for entry in sorted(entries, key=_place):
        item = entry.known.definition
        if any(one.start <= item.start and item.end <= one.end for one in shown):
            continue
        if entry.form == "body":
            shown.append(item)
        wording = listing.wording(entry.known, entry.form)
        parts.append(wording.text)
        kind = "body" if entry.form == "body" and entry.kind == "header" else entry.kind
        size = listing.weight(entry.known, entry.form)
        sources.append(Source(entry.known.path, wording.first, wording.last, kind, size))
    return "\n".join(parts), sources


def _place(entry: Entry) -> tuple[str, int, int, str]:
    item = entry.known.definition
    return (entry.known.path, item.start, -item.end, item.name)
