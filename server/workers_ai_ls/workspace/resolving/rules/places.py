"""What the rules of a language may ask about the workspace."""

from typing import Protocol

from workers_ai_ls.syntax.symbol import Definition, Imported
from workers_ai_ls.workspace.index import Defined, File


class Places(Protocol):
    """The files of a workspace, by their paths from its root, with slashes.

    All answers are remembered for as long as one question takes, so asking again costs nothing.
    """

    def has(self, path: str) -> bool:
        """Whether there is a file of code at a path."""

    def file(self, path: str) -> File | None:
        """Give language and package of the file at a path."""

    def named(self, name: str) -> list[str]:
        """Find the files of code with that name (`client.py`), in whatever folder, in order."""

    def folder(self, folder: str) -> list[str]:
        """List the files of code that lie in a folder itself, in order; "" is the root."""

    def packaged(self, package: str) -> list[str]:
        """Find the files that say that they belong to a package (Java's, C#'s, PHP's, Go's)."""

    def text(self, path: str) -> str:
        """Give the text of any file, such as `go.mod` or `tsconfig.json`; "" without one."""

    def definitions(self, path: str) -> list[Definition]:
        """List the definitions of a file, in order."""

    def imports(self, path: str) -> list[Imported]:
        """List the imports of a file, in order."""

    def defined(self, name: str) -> list[Defined]:
        """Find the definitions of a name in the whole workspace."""
