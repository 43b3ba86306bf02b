"""What an index answers with: symbols, and the files that they stand in."""

from typing import NamedTuple

from workers_ai_ls.syntax.symbol import Definition, Imported, Reference


class File(NamedTuple):
    """A file that the index holds."""

    path: str
    """From the workspace's root, with slashes."""
    language: str
    """The id of its `Language`."""
    package: str
    """What it says that it belongs to, in languages in which it does."""


class Defined(NamedTuple):
    """A definition, and the file that holds it."""

    path: str
    definition: Definition


class Importing(NamedTuple):
    """An import, and the file that holds it."""

    path: str
    imported: Imported


class Used(NamedTuple):
    """A use of a name, and the file that holds it."""

    path: str
    reference: Reference
