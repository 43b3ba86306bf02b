"""Pieces of code parsed as what they are inside of a file: a method without its class, say. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.syntax import Language, error_count, parse, scopes

if TYPE_CHECKING:
    from workers_ai_ls.syntax import Scope, Tree

_CLASS = ("class _ {\n", "\n}")
_SURROUNDINGS = {
    "javascript": (_CLASS,),
    "javascriptreact": (_CLASS,),
    "typescript": (_CLASS,),
    "typescriptreact": (_CLASS,),
    "java": (_CLASS,),
    "csharp": (_CLASS,),
    "cpp": (("class _ {\n", "\n};"),),
    "php": (("<?php\n", ""), ("<?php\nclass _ {\n", "\n}")),
    "rust": (("impl _ {\n", "\n}"),),
}
"""What may have to stand around a piece of code so that it parses, by language."""


@attrs.frozen
class Fragment:
    """A piece of code with its definitions; `shift` is where it starts in the tree's text."""

    code: str
    tree: Tree
    shift: int

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """The definitions of the piece itself; their offsets count in the tree's text."""
        return tuple(each for each in scopes(self.tree) if each.start >= self.shift)

    @property
    def depth(self) -> int:
        """The depth of the outermost definitions."""
        return min((each.depth for each in self.scopes), default=0)

    def text(self, start: int, end: int) -> str:
        """The text between two offsets of the tree's text."""
        return self.tree.text[start:end]


def fragment(code: str, language: Language) -> Fragment | None:
    """Parse a piece of code in the surroundings in which it parses best; None without a grammar."""
    plain = parse(language, code)
    if plain is None:
        return None
    best = Fragment(code, plain, 0)
    errors = error_count(plain)
    if not errors and best.scopes:
        return best
    for head, tail in _SURROUNDINGS.get(language.id, ()):
        tree = parse(language, f"{head}{code}{tail}")
        if tree is None:
            continue
        found = Fragment(code, tree, len(head))
        # To JavaScript a method without its class is a call and a block.
        better = error_count(tree) < errors or (
            not errors and not error_count(tree) and found.scopes
        )
        if better and not best.scopes:
            best, errors = found, error_count(tree)
    return best
