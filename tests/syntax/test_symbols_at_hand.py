"""Symbols are the same whether the tree of the text is at hand or not."""

import pytest

from workers_ai_ls.syntax import language_for, parse
from workers_ai_ls.syntax.symbols import symbols
from workers_ai_ls.syntax.tree import at_hand

TEXTS = {
    "ASCII": ("python", "import a\n\n\nclass B:\n    def c(self):\n        return a.d\n"),
    "two bytes to a character": ("python", "# Ä\nclass B:\n    def ö(self): ...\n"),
    "a return that stands alone": ("python", "class B:\r    def c(self):\r        return 1\r"),
    "a macro that the grammar cannot read": ("c", "struct a {\n  FIELDS\n  int b;\n};\n"),
}


@pytest.mark.parametrize(("language_id", "text"), TEXTS.values(), ids=TEXTS)
def test_the_tree_makes_no_difference(language_id: str, text: str) -> None:
    language = language_for(language_id, "")
    tree = parse(language, text)
    assert tree is not None
    assert at_hand(language, text) is tree
    assert symbols(language, text.encode(), tree) == symbols(language, text.encode())


def test_no_tree_is_at_hand_of_what_was_not_parsed() -> None:
    assert at_hand(language_for("python", ""), "never = 'parsed'\n") is None
