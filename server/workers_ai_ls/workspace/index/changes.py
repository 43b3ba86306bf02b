"""What the tables of an index don't say yet: open buffers, and what could not be written in time."""

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import attrs

from workers_ai_ls.workspace.files import read_for_context
from workers_ai_ls.workspace.index.found import Defined, File, Importing
from workers_ai_ls.workspace.index.overlay import Buffer
from workers_ai_ls.workspace.index.surveying import belongs
from workers_ai_ls.workspace.index.tables import Tables

Row = TypeVar("Row", Defined, Importing, File)


@attrs.define(eq=False)
class Changes:
    """The buffers, by path; these win over the tables. Methods may be called from any thread."""

    root: Path
    _tables: Tables
    _buffers: dict[str, Buffer] = attrs.field(factory=dict, init=False)
    _late: set[str] = attrs.field(factory=set, init=False)
    """Which of them are not open, but could not be written while another process wrote."""
    _outside: set[str] = attrs.field(factory=set, init=False)
    """What is open and does not belong to the index; to find out again takes a look at the disk."""

    def update(self, path: Path, text: str | None) -> bool:
        """Do what `Index.update` says."""
        name = self._name(path)
        if name is None or (text is not None and name in self._outside):
            return True
        with self._tables.lock:
            if text is not None:
                self._late.discard(name)
                if name not in self._buffers and not belongs(self.root, name):
                    self._outside.add(name)
                else:
                    self._buffers[name] = Buffer(name, text)
                return True
            self._outside.discard(name)
            if path.is_dir():
                return False
            self._buffers.pop(name, None)
            self._late.add(name)
            self.write_late()
            return True

    def write_late(self) -> None:
        """Write what is on disk; what can't be written now is answered from memory meanwhile."""
        with self._tables.lock:
            for name in sorted(self._late):
                if self._tables.read_again(name):
                    self._buffers.pop(name, None)
                    self._late.discard(name)
                else:
                    text = read_for_context(self.root / name) if belongs(self.root, name) else ""
                    self._buffers[name] = Buffer(name, text)

    def buffer(self, path: str) -> Buffer | None:
        """Give the buffer of a path, if it has one."""
        with self._tables.lock:
            return self._buffers.get(path)

    def buffers(self) -> dict[str, Buffer]:
        """Give all there are, by path."""
        with self._tables.lock:
            return dict(self._buffers)

    def merged(
        self,
        on_disk: Callable[[sqlite3.Connection], list[Row]],
        in_buffer: Callable[[Buffer], Iterable[Row]],
    ) -> list[Row]:
        """Ask the tables about all files without a buffer, and each buffer about its own."""
        with self._tables.lock:
            rows = [row for row in self._tables.ask(on_disk) or [] if row.path not in self._buffers]
            return rows + [row for buffer in self._buffers.values() for row in in_buffer(buffer)]

    def forget(self) -> None:
        """Let go of all buffers."""
        self._buffers.clear()

    def _name(self, path: Path) -> str | None:
        """Give a path as the index calls it; None outside of the workspace, or if it is not Unicode."""
        for one in (path, path.parent.resolve() / path.name):
            if one.is_relative_to(self.root) and one != self.root:
                name = one.relative_to(self.root).as_posix()
                return name if name.encode(errors="ignore").decode() == name else None
        return None
