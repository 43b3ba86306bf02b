"""Workspace edits in the form that each editor takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.text import Edit, Snapshot

    from .client import Client

_ANNOTATION = "workers-ai"


def text_edit(
    client: Client, snapshot: Snapshot, edits: Sequence[Edit], label: str, *, confirm: bool
) -> types.WorkspaceEdit:
    """One edit of one document: versioned where the editor can, which makes it safe."""
    changes = [
        types.TextEdit(
            range=types.Range(
                start=_position(client, snapshot, edit.start),
                end=_position(client, snapshot, edit.end),
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
    annotation = types.ChangeAnnotation(
        label=label, needs_confirmation=True, description="written by a model"
    )
    return types.WorkspaceEdit(
        document_changes=[types.TextDocumentEdit(document, annotated)],
        change_annotations={_ANNOTATION: annotation},
    )


def file_creation(uri: str) -> types.WorkspaceEdit:
    """An edit that creates an empty file, and fails where there is one."""
    options = types.CreateFileOptions(overwrite=False, ignore_if_exists=False)
    return types.WorkspaceEdit(document_changes=[types.CreateFile(uri=uri, options=options)])


def file_deletion(uri: str) -> types.WorkspaceEdit:
    """An edit that deletes a file."""
    options = types.DeleteFileOptions(recursive=False, ignore_if_not_exists=True)
    return types.WorkspaceEdit(document_changes=[types.DeleteFile(uri=uri, options=options)])


def _position(client: Client, snapshot: Snapshot, offset: int) -> types.Position:
    line, character = snapshot.position(offset, client.encoding)
    return types.Position(line=line, character=character)
