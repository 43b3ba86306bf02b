"""What code between marks uses and binds, as short strings."""

from tests.marked import marked
from workers_ai_ls.syntax import language_for, parse
from workers_ai_ls.syntax.uses import Uses, uses


def _read(language: str, text: str) -> Uses:
    code = marked(text)
    tree = parse(language_for(language, ""), code.text)
    assert tree is not None
    return uses(tree, code.start, code.end)


def used(language: str, text: str) -> set[str]:
    """Name what is used: `a.b()` for a call of `b` that is asked of `a`."""
    return {
        f"{'' if one.receiver is None else f'{one.receiver}.'}{one.name}{'()' if one.call else ''}"
        for one in _read(language, text).uses
    }


def bindings(language: str, text: str) -> set[str]:
    """Say what is bound: `a: A`, `a = f()`, `a = list each`."""
    return {
        one.name
        + (f": {one.type}" if one.type else "")
        + (f" = {one.value}" if one.value else "")
        + (" each" if one.element else "")
        for one in _read(language, text).bindings
    }
