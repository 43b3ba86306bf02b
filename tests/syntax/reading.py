"""How the tests of this room ask it something."""

from tests.marked import MARK, marked
from workers_ai_ls.syntax import Scope, Tree, enclosing, expand, language_for, parse


def tree_of(language_id: str, text: str) -> Tree:
    """Parse a text in a language that has a grammar."""
    tree = parse(language_for(language_id, ""), text)
    assert tree is not None
    return tree


def expanded(language_id: str, fixture: str) -> str:
    """Move the marks of a fixture to the ends of what its selection means."""
    text, start, end = marked(fixture)
    start, end = expand(parse(language_for(language_id, ""), text), text, start, end)
    return f"{text[:start]}{MARK}{text[start:end]}{MARK}{text[end:]}"


def around(language_id: str, fixture: str) -> Scope | None:
    """Find the definition around the marks of a fixture."""
    text, start, end = marked(fixture)
    return enclosing(tree_of(language_id, text), start, end)
