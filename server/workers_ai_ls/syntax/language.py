"""What the rest of the server knows about a programming language."""

from __future__ import annotations

import attrs


@attrs.frozen(eq=False)
class Grammar:
    """A tree-sitter grammar, and the queries that say what its nodes mean to us.

    `module` and `function` name the grammar's wheel; nothing is imported before the first parse.
    Each instance is declared once, so identity serves as equality.
    """

    module: str
    scopes: str
    """A query for definitions. The capture around each is named for its `ScopeKind`; inside are
    `@name` (`@declarator` where the name hides in a C declarator) and, if it has one, `@body`.
    Where several patterns match one name, the outermost node counts: that is how decorators,
    `export` and `template <…>` become part of a definition. `@attached` marks attributes that
    stand before a definition as nodes of their own."""
    imports: str
    """A query for `@import`, `@package` and `@call`: statements that may load a module."""
    containers: frozenset[str]
    """Kinds of nodes whose children are statements or members."""
    borders: frozenset[str] = frozenset()
    """Kinds of nodes that open or close a container, as `{` and `}` do without being named here."""
    function: str = "language"
    calls: str = r"(?!)"
    """A pattern searched in the text of each `@call` to see whether it loads a module."""


@attrs.frozen(eq=False)
class Language:
    """A language by its LSP id, with or without a grammar."""

    id: str
    """The LSP language id that we use, whatever alias the editor sent."""
    name: str
    """As people write it: `TypeScript`."""
    fence: str
    """The tag of a fenced code block: `typescript`."""
    extensions: tuple[str, ...] = ()
    """Lower case, with their dot. A whole file name (`makefile`) stands without one."""
    line_comments: tuple[str, ...] = ()
    """Tokens that start a comment up to the line's end, the usual one first."""
    block_comments: tuple[tuple[str, str], ...] = ()
    """Pairs of tokens around a comment."""
    quotes: str = "\"'`"
    """Characters that quote a string, so that no comment starts within."""
    aliases: tuple[str, ...] = ()
    """Other ids that editors send, in lower case."""
    grammar: Grammar | None = None

    @property
    def has_grammar(self) -> bool:
        """Whether `parse` gives a tree."""
        return self.grammar is not None
