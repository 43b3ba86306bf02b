"""What an index answers with: symbols, and the files that they stand in."""

from collections.abc import Iterator
from typing import NamedTuple

from workers_ai_ls.syntax.symbol import Definition, Imported, Reference
from workers_ai_ls.syntax.symbol_references import each_reference


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


class User(NamedTuple):
    """A file that uses a name."""

    path: str
    name: str
    bones: bytes
    own: frozenset[int]
    """The lines where it defines that name itself."""

    def places(self, *, call: bool | None = None) -> Iterator[Used]:
        """Find where it does, one by one: everywhere, or where the name is called or where not."""
        for one in each_reference(self.bones, self.name, call=call):
            if one.line not in self.own:
                yield Used(self.path, one)
