"""What a symbol index knows of one file: what it defines, imports and uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from .scopes import ScopeKind

SymbolKind: TypeAlias = "ScopeKind | Literal['variable', 'constant', 'field', 'member', 'macro']"
"""A `member` is one of an enumeration; a `field` belongs to a class, a struct or an interface."""


class Definition(NamedTuple):
    """Something that has a name. Lines count from 0; of two ends, the second is not part of it.

    Lines `start` to `header_end` are the header with its decorators and attributes, `header_end` to
    `end` is the rest of the body. A body may begin on the header's last line.
    """

    kind: str
    """A `SymbolKind`."""
    name: str
    """The last part: `send` for C++'s `Client::send`."""
    qualified: str
    """With all that it stands in, joined by dots in every language: `Client.send`."""
    start: int
    line: int
    """Where its name stands."""
    header_end: int
    end: int
    signature: str
    """As written, without decorators and body; its first line has no indentation."""
    doc: str
    """The first line of its docstring or of the comment above it; empty without one."""
    parent: int
    """Where in the file's definitions stands what it is part of; -1 at the top."""
    exported: bool
    """Whether other files can see it, by the rules or the customs of its language."""
    bases: str
    """The classes, interfaces or traits that it names as its own, divided by blanks."""


class Imported(NamedTuple):
    """One name that a file brings in, or (`reexport`) hands on. Empty where there is none."""

    module: str
    """As written, without quotes and leading dots of Python: `a.b`, `./x`, `net/http`, `a::b`.

    Empty where a file hands on a name of its own: `export { a as b }`.
    """
    name: str = ""
    """The name inside of the module; `*` for all of them, empty for the module itself."""
    alias: str = ""
    """What it is called here, if it is called something else; for an export, outside of here."""
    level: int = 0
    """How many dots lead a relative import of Python; 0 elsewhere."""
    reexport: bool = False
    line: int = 0
    """From 0."""


class Reference(NamedTuple):
    """A place where a name is used; a definition's own name and those in imports are none."""

    name: str
    line: int
    """From 0."""
    call: bool
    receiver: str | None
    """What stands before the dot: `self.client`; empty if it is too complex, None without a dot."""


class FileSymbols(NamedTuple):
    """All that is known of one file."""

    package: str
    """What the file says that it belongs to: Go's, Java's, C#'s and PHP's packages."""
    definitions: list[Definition]
    """In order; what contains others comes before them."""
    imports: list[Imported]
    bones: bytes
    """Its text as `skeleton` leaves it, in which `references` finds a name."""
    marks: bytes
    """`mark_of` each name that is used."""
