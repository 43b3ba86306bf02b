"""The files of a command's small editor: edited in memory, written only when somebody asks."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import attrs
from lsprotocol import types

from workers_ai_ls.errors import Failure
from workers_ai_ls.text import Change as TextChange
from workers_ai_ls.text import Document, Position
from workers_ai_ls.workspace import CannotWrite, NotEncodable, create_file, path_of, read_for_edit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@attrs.frozen
class Change:
    """What an action makes of a file; `before` is None for one that it creates."""

    before: str | None
    after: str


class ChangedMeanwhile(Failure):
    """A file is no longer as it was when the action began."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} was changed meanwhile, so nothing was written; try again.")


@attrs.define
class Buffers:
    """The documents that are open, and what each file held before."""

    documents: dict[str, Document] = attrs.field(factory=dict)
    _before: dict[str, str | None] = attrs.field(factory=dict)

    def open(self, uri: str, path: Path) -> Document:
        """Open a file as a document. Raises Failure when it can't be read."""
        text = read_for_edit(path)
        # Without a language id, the server goes by the file's name.
        document = self.documents[uri] = Document(uri, "", 1, text)
        self._before[uri] = text
        return document

    def apply(self, edit: types.WorkspaceEdit) -> types.ApplyWorkspaceEditResult:
        """Make the edit, as a whole or not at all as far as files and versions go."""
        for change in edit.document_changes or ():
            refusal = "this editor knows no such change"
            if isinstance(change, types.CreateFile):
                refusal = self._create(change.uri)
            elif isinstance(change, types.TextDocumentEdit):
                refusal = self._edit(change)
            if refusal:
                return types.ApplyWorkspaceEditResult(applied=False, failure_reason=refusal)
        return types.ApplyWorkspaceEditResult(applied=True)

    def changed(self) -> dict[Path, Change]:
        """Every file whose text is another now."""
        changed = {}
        for uri, document in self.documents.items():
            path, before, after = path_of(uri), self._before[uri], document.snapshot().text
            if path is not None and after != before:
                changed[path] = Change(before, after)
        return changed

    def clear(self) -> None:
        """Close everything."""
        self.documents.clear()
        self._before.clear()

    def _create(self, uri: str) -> str:
        path = path_of(uri)
        if path is None or path.exists():
            return "the file exists already"
        self.documents[uri], self._before[uri] = Document(uri, "", 0, ""), None
        return ""

    def _edit(self, change: types.TextDocumentEdit) -> str:
        uri, version = change.text_document.uri, change.text_document.version
        document, path = self.documents.get(uri), path_of(uri)
        if document is None:
            if path is None or not path.is_file():
                return "there is no such file"
            document = self.open(uri, path)
        if version not in (None, document.version):
            return "it is for another version of the text"
        edits = [each for each in change.edits if isinstance(each, types.TextEdit)]
        if len(edits) < len(change.edits):
            return "it is none that this editor has announced"
        # They all count in the same text, and come in its order.
        changes = [_text_change(each) for each in reversed(edits)]
        document.apply(changes, document.version + 1, "utf-16")
        return ""


def _text_change(edit: types.TextEdit) -> TextChange:
    start, end = edit.range.start, edit.range.end
    return TextChange(
        Position(start.line, start.character),
        Position(end.line, end.character),
        edit.new_text,
    )


def write(changed: Mapping[Path, Change]) -> None:
    """Write the files as they are now: line ends and a byte order mark stay.

    Raises Failure, ChangedMeanwhile before anything is written.
    """
    for path, change in changed.items():
        if change.before is not None and read_for_edit(path) != change.before:
            raise ChangedMeanwhile(path)
    for path, change in changed.items():
        if change.before is None:
            create_file(path, change.after)
        else:
            _overwrite(path, change.after)


def _overwrite(path: Path, text: str) -> None:
    try:
        content = text.encode()
    except UnicodeEncodeError:
        raise NotEncodable(path) from None
    # In place, so that mode, owner and links stay.
    try:
        with path.open("r+b") as file:
            has_mark = file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8
            file.seek(len(codecs.BOM_UTF8) if has_mark else 0)
            file.write(content)
            file.truncate()
    except OSError as error:
        raise CannotWrite(path, error) from error
