"""Which stretch of a text has to be looked at anew, when all of it was before it changed.

It begins and ends between top-level nodes, below blank lines: what stands before and behind it is
the same in both trees, and so is the comment above each definition there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from .lines import is_blank, line_above, line_start
from .reparsing import Changed, changed, edited

if TYPE_CHECKING:
    import tree_sitter

    from .reparsing import ParsedText
    from .tree import Tree

_MOST_STEPS = 200
"""Top-level nodes without a blank line between them that are gone over in each direction."""

_found: WeakKeyDictionary[Tree, WeakKeyDictionary[Tree, Changed | None]] = WeakKeyDictionary()


def stretch_since(old: Tree, new: Tree) -> Changed | None:
    """Give the stretch between two trees, which is found once: a click asks for it twice."""
    found = _found.setdefault(new, WeakKeyDictionary())
    if old not in found:
        found[old] = stretch(old, new)
    return found[old]


def stretch(old: ParsedText, new: ParsedText) -> Changed | None:
    """Give the stretch, by offsets; None where the texts have little in common.

    What lies behind it has moved by as much as the text has grown.
    """
    change = _changed(old, new)
    if change is None or old.parsed.root_node.type != new.parsed.root_node.type:
        return None
    moved = edited(old, new.source, new.byte, change)
    grown = len(new.source) - len(old.source)
    first, last = new.byte(change.start), new.byte(change.new_end)
    # The same words may have come to mean something else, as within the quotes of a string.
    for each in moved.changed_ranges(new.parsed):
        first, last = min(first, each.start_byte), max(last, each.end_byte)
    start, end = _above(new, first), _below(new, last)
    if start is None or end is None:
        return None
    borders = ((old, start), (new, start), (old, end - grown), (new, end))
    return Changed(start, end - grown, end) if all(_is_border(*each) for each in borders) else None


def _changed(old: ParsedText, new: ParsedText) -> Changed | None:
    """Find where the texts differ, as people see them or as the parser does."""
    seen = changed(old.source, new.source)
    if seen is None or (old.text is old.source and new.text is new.source):
        return seen
    if len(old.text) != len(old.source) or len(new.text) != len(new.source):
        return None
    written = changed(old.text, new.text)
    if written is None:
        return None
    start = min(seen.start, written.start)
    tail = min(len(new.text) - seen.new_end, len(new.text) - written.new_end)
    # In `aa` for `a` each side may take the letter for its own.
    tail = min(tail, len(old.text) - start, len(new.text) - start)
    return Changed(start, len(old.text) - tail, len(new.text) - tail)


def _above(new: ParsedText, first: int) -> int | None:
    """Give where the last line starts that has such a node and nothing new above; None if it is far."""
    cursor, source = new.parsed.walk(), new.source
    if cursor.goto_first_child_for_byte(first) is None and not cursor.goto_last_child():
        return 0
    most = new.offset(first)
    for _ in range(_MOST_STEPS):
        line = _line_of(new, cursor.node)
        above = None if line is None or line > most else line_above(source, line)
        if line is not None and above is not None and is_blank(source, above):
            return line
        if not cursor.goto_previous_sibling():
            return 0
    return None


def _below(new: ParsedText, last: int) -> int | None:
    """Give where the first line starts that has such a node and below a line that was blank before.

    The break that this blank line follows was there, too: else it may be the end of another one.
    """
    cursor, source = new.parsed.walk(), new.source
    least = new.offset(last)
    if cursor.goto_first_child_for_byte(last) is None:
        return len(source)
    for _ in range(_MOST_STEPS):
        line = _line_of(new, cursor.node)
        above = None if line is None else line_above(source, line)
        if (
            line is not None
            and above is not None
            and above.start > least
            and is_blank(source, above)
        ):
            return line
        if not cursor.goto_next_sibling():
            return len(source)
    return None


def _line_of(new: ParsedText, node: tree_sitter.Node | None) -> int | None:
    """Give where the line of a node starts; None if something stands before it there."""
    if node is None:
        return None
    start = new.offset(node.start_byte)
    line = line_start(new.source, start)
    return None if new.source[line:start].strip() else line


def _is_border(seen: ParsedText, offset: int) -> bool:
    """Whether no top-level node stands on both sides of an offset."""
    cursor, byte = seen.parsed.walk(), seen.byte(offset)
    if cursor.goto_first_child_for_byte(byte) is None or cursor.node is None:
        return True
    return cursor.node.start_byte >= byte
