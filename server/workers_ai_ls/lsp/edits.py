"""Workspace edits in the form that each editor takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from .last_line import PAST_NOTHING, off_the_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.text import Edit, Snapshot

    from .client import Client

_ANNOTATION = "workers-ai"


def text_edit(
    client: Client, snapshot: Snapshot, edits: Sequence[Edit], label: str, *, confirm: bool
) -> types.WorkspaceEdit:
    """One edit of one document: versioned where the editor can, which makes it safe."""
    if client.buffers_of_lines:
        edits = [off_the_end(snapshot, edit) for edit in edits]
    changes = [
        types.TextEdit(
            range=types.Range(
                start=_position(client, snapshot, edit.start),
                end=_position(client, snapshot, edit.end, end=True),
            ),
            new_text=edit.text,
        )
        for edit in edits
    ]
    if not client.document_changes:
        return types.WorkspaceEdit(changes={snapshot.uri: changes})
    version = snapshot.version
    if version is not None:
        version = max(version, client.least_version)
    document = types.OptionalVersionedTextDocumentIdentifier(uri=snapshot.uri, version=version)
    if not confirm:
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, changes)])
    annotated = [
        types.AnnotatedTextEdit(
            annotation_id=_ANNOTATION, range=change.range, new_text=change.new_text
        )
        for change in changes
    ]
    return types.WorkspaceEdit(
        document_changes=[types.TextDocumentEdit(document, annotated)],
        change_annotations=_asking(label),
    )


def file_creation(uri: str, label: str, *, confirm: bool) -> types.WorkspaceEdit:
    """An edit that creates an empty file, and fails where there is one."""
    options = types.CreateFileOptions(overwrite=False, ignore_if_exists=False)
    creation = types.CreateFile(
        uri=uri, options=options, annotation_id=_ANNOTATION if confirm else None
    )
    return types.WorkspaceEdit(
        document_changes=[creation], change_annotations=_asking(label) if confirm else None
    )


def file_deletion(uri: str) -> types.WorkspaceEdit:
    """An edit that deletes a file."""
    options = types.DeleteFileOptions(recursive=False, ignore_if_not_exists=True)
    return types.WorkspaceEdit(document_changes=[types.DeleteFile(uri=uri, options=options)])


def _asking(label: str) -> dict[str, types.ChangeAnnotation]:
    return {
        _ANNOTATION: types.ChangeAnnotation(
            label=label, needs_confirmation=True, description="written by a model"
        )
    }


def _position(
    client: Client, snapshot: Snapshot, offset: int, *, end: bool = False
) -> types.Position:
    line, character = snapshot.position(offset, client.encoding)
    if client.buffers_of_lines and not snapshot.text and end:
        line, character = PAST_NOTHING
    return types.Position(line=line, character=character)
