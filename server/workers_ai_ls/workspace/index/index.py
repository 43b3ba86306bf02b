"""The symbol index of a workspace, as the server uses it."""

from collections.abc import Callable
from pathlib import Path

import attrs

from workers_ai_ls.errors import Failure
from workers_ai_ls.syntax.symbol import Definition, FileSymbols, Imported
from workers_ai_ls.workspace.files import read_for_context
from workers_ai_ls.workspace.index import reading
from workers_ai_ls.workspace.index.building import Progress
from workers_ai_ls.workspace.index.changes import Changes
from workers_ai_ls.workspace.index.child import build_apart
from workers_ai_ls.workspace.index.choosing import LARGEST
from workers_ai_ls.workspace.index.extracting import digest_of, extract
from workers_ai_ls.workspace.index.found import Defined, File, Importing, Used, User
from workers_ai_ls.workspace.index.opening import (
    IndexUnavailable,
    index_path,
    open_database,
    open_elsewhere,
)
from workers_ai_ls.workspace.index.surveying import belongs
from workers_ai_ls.workspace.index.tables import Tables


def open_index(root: Path, *, cache: Path | None = None) -> "Index":
    """Open the index of the workspace at `root`, in the user's cache unless told otherwise.

    It always succeeds: where the cache can't be used, it is kept elsewhere for as long as the server
    runs, and `take_problem` says so. It is empty until `build` has run once, and usable meanwhile.
    """
    root = root.resolve()
    path = index_path(root, cache)
    try:
        return Index(root, Tables(root, path, open_database(path)))
    except IndexUnavailable as failure:
        connection, elsewhere = open_elsewhere()
        return Index(root, Tables(root, elsewhere, connection, str(failure), is_kept=False))


@attrs.define(eq=False)
class Index:
    """An open index. All methods may be called from any thread, and take milliseconds at most."""

    root: Path
    _tables: Tables
    _changes: Changes = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._changes = Changes(self.root, self._tables)

    async def build(self, on_progress: Callable[[Progress], None] | None = None) -> None:
        """Bring the index in line with the disk, in a process of its own; cancel it to end that.

        `on_progress` is called on the event loop, some ten times a second. What fails is for
        `take_problem`.
        """
        import asyncio

        if self._tables.path is None:
            return
        problem = await build_apart(self.root, self._tables.path, on_progress)
        self._tables.problem = self._tables.problem or problem
        await asyncio.to_thread(self._changes.write_late)

    def update(self, path: Path, text: str | None) -> bool:
        """Take note of a file's new text: of its open buffer, or with None of what is on disk.

        Call it with the text for `didOpen` and `didChange`, which costs nothing until somebody asks;
        without it, in a thread as it reads the file, for `didClose` and what
        `didChangeWatchedFiles` names. What is ignored stays out. False for a folder that has come:
        that takes a `build`.
        """
        return self._changes.update(path, text)

    def definitions(self, name: str) -> list[Defined]:
        """Find the definitions of a name (`send`, whatever it is part of), by path and line."""
        return self._changes.merged(
            lambda connection: reading.defined(connection, name),
            lambda buffer: buffer.defined(name),
        )

    def definitions_in(self, path: str) -> list[Definition]:
        """List the definitions of a file, in order: `Definition.parent` counts in this list.

        The list is the index's own, as is that of imports: it is not to be changed.
        """
        if buffer := self._changes.buffer(path):
            return buffer.symbols.definitions
        return self._tables.recall(("definitions", path), lambda it: reading.defined_in(it, path))

    def imports_of(self, path: str) -> list[Imported]:
        """List what a file imports, in order."""
        if buffer := self._changes.buffer(path):
            return buffer.symbols.imports
        return self._tables.recall(("imports", path), lambda it: reading.imports_in(it, path))

    def importers(self, tail: str) -> list[Importing]:
        """Find the imports of all modules whose name ends in `tail`: `c` for `a.b.c` and `./c.js`.

        Whether it is the module that is meant is for the rules of the language to say. For
        `from . import c` the name counts, as there is no module.
        """
        return self._importing("tail", tail)

    def importers_of_name(self, name: str) -> list[Importing]:
        """Find the imports of a name, whatever module it is in."""
        return self._importing("name", name)

    def references(self, name: str, *, most_files: int = 50, near: str = "") -> list[Used]:
        """Find where a name is used, in the files that `users` gives."""
        users = self.users(name, most_files=most_files, near=near)
        return [used for user in users for used in user.places()]

    def users(self, name: str, *, most_files: int = 50, near: str = "") -> list[User]:
        """Find who uses a name: open buffers, then so many files, those beside `near` first.

        Its definitions and imports are no uses. A buffer may turn out to have no place.
        """
        buffers = self._changes.buffers()
        held = [user for buffer in buffers.values() if (user := buffer.user(name))]
        found = self._tables.ask(lambda it: reading.users(it, name, most_files, set(buffers), near))
        return held + (found or [])

    def file(self, path: str) -> File | None:
        """Give what is known of the file at a path; None if it is not in the index."""
        if buffer := self._changes.buffer(path):
            return buffer.file
        found = self._tables.recall(("file", path), lambda it: reading.files_at(it, path))
        return found[0] if found else None

    def files_named(self, name: str) -> list[File]:
        """Find the files with that name, in whatever folder."""
        return self._changes.merged(
            lambda connection: reading.files_named(connection, name),
            lambda buffer: [buffer.file] if buffer.path.rpartition("/")[2] == name else [],
        )

    def files_in(self, folder: str) -> list[File]:
        """Find the files that lie in a folder itself; "" is the root."""
        return self._changes.merged(
            lambda connection: reading.files_in(connection, folder),
            lambda buffer: [buffer.file] if buffer.path.rpartition("/")[0] == folder else [],
        )

    def files_of(self, package: str) -> list[File]:
        """Find the files that say that they belong to a package."""
        return self._changes.merged(
            lambda connection: reading.files_of(connection, package),
            lambda buffer: [buffer.file] if buffer.file.package == package else [],
        )

    def text(self, path: str) -> str:
        """Give the text of a file of the workspace, in the index or not; "" if it can't be read."""
        if buffer := self._changes.buffer(path):
            return buffer.text
        if ".." in path.split("/"):
            return ""
        try:
            return read_for_context(self.root / path, limit=LARGEST)
        except Failure:
            return ""

    def symbols_of(self, path: str, text: str) -> FileSymbols | None:
        """Give what is known of a file if this is its text; None if the index knows another one.

        Of what it uses nothing is said.
        """
        if buffer := self._changes.buffer(path):
            return buffer.symbols if buffer.text == text else None
        digest = digest_of(text.encode(errors="replace"))
        file = self._tables.ask(lambda connection: reading.file_with(connection, path, digest))
        if file is None:
            return None
        return FileSymbols(file.package, self.definitions_in(path), self.imports_of(path), b"", b"")

    def symbols_now(self, path: str) -> FileSymbols | None:
        """Read the symbols of a file that the index has not come to; None if it will not have them."""
        if (
            ".." in path.split("/")
            or not (self.root / path).is_file()
            or not belongs(self.root, path)
        ):
            return None
        found = extract(self.root, path)
        return found.symbols if found and found.language else None

    @property
    def is_complete(self) -> bool:
        """Whether the workspace has been read once."""
        return bool(self._tables.ask(reading.is_complete))

    def take_problem(self) -> str:
        """Give the sentence to show if the index can't be kept or built, once; then ""."""
        problem, self._tables.problem = self._tables.problem, ""
        return problem

    def close(self) -> None:
        """Let go of the database. Asked after that, it knows nothing."""
        self._tables.close()
        self._changes.forget()

    def _importing(self, column: str, value: str) -> list[Importing]:
        return self._changes.merged(
            lambda connection: reading.importing(connection, column, value),
            lambda buffer: buffer.importing(column, value),
        )
