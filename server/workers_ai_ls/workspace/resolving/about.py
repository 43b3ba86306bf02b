"""Which definitions a piece of code is about: those that it holds, else the one that it stands in."""

from workers_ai_ls.syntax.scopes import CALLABLES
from workers_ai_ls.workspace.resolving.filed import HOUSES, Filed

_MOST: int = 3


def about(filed: Filed, first: int, last: int) -> list[int]:
    """Give the outermost definitions between two lines, or the innermost function around them."""
    listed: list[int] = []
    for at in [at for at, line in enumerate(filed.lines) if first <= line <= last]:
        outside = filed.outward(filed.definitions[at].parent)
        if not any(outer in listed for outer in outside):
            listed.append(at)
    if not listed:
        inside = filed.inside(first)
        listed = [at for at in filed.outward(inside) if filed.definitions[at].kind in CALLABLES][:1]
    # What a function or a class is used for tells more than where a variable is read.
    listed.sort(key=lambda at: filed.definitions[at].kind not in HOUSES | CALLABLES)
    return listed[:_MOST]
