"""What the editor can do, resolved once from its `initialize` request into plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from lsprotocol import types

if TYPE_CHECKING:
    from workers_ai_ls.text import Encoding


@attrs.frozen
class Client:
    """The editor at the other end."""

    name: str = ""
    version: str = ""
    encoding: Encoding = "utf-16"
    document_changes: bool = False
    """Takes versioned edits, and refuses those for an older text."""
    least_version: int = 0
    """The lowest version at which it does so."""
    buffers_of_lines: bool = False
    """Ends the last line by itself, see `last_line`."""
    creates_files: bool = False
    deletes_files: bool = False
    asks_before_applying: bool = False
    edits_blindly: bool = False
    """Makes an edit even in a text of which it has not yet told.

    Eglot 1.17 tells of what is typed once nothing is typed for half a second. Until then its check
    of versions passes, and an edit for the older text lands in the wrong lines.
    """
    disorders_changes: bool = False
    """Sends changes of a document in any order, see `ordering`."""
    may_ask: bool = False
    """Asks its user by itself before some edits: those of files that are not open."""
    shows_documents: bool = False
    takes_false_for_true: bool = False
    """Takes the focus for a document unless `takeFocus` is left out."""
    reloads_files: bool = False
    """Shows an open file anew when it changes on disk."""
    asks_questions: bool = False
    """Shows a message with buttons."""
    work_done_progress: bool = False
    configuration: bool = False
    registers_configuration: bool = False
    watches_files: bool = False
    """Tells of files that change on disk, once it is asked to."""
    tags_actions: bool = False
    """Shows which code actions a model writes."""
    streams_answers: bool = False
    """A thin client of ours that shows `$/workers-ai/answer` as it grows."""
    shows_edits: bool = False
    """A thin client of ours that compares `$/workers-ai/edit` with the document."""
    shows_model: bool = False
    """A thin client of ours that shows `$/workers-ai/model`."""
    untrusted: bool = False
    """Its user has not said that the workspace may change what the editor does."""


_RELOADING = ("Visual Studio Code", "code-server", "VSCodium")
"""VS Code by its names. Neovim, Helix and Emacs show the old text until they are told to reload."""


_EMACS = ("eglot", "emacs")


def client_of(params: types.InitializeParams) -> Client:
    """Resolve the capabilities of the editor that sent `params`."""
    capabilities = params.capabilities
    workspace = capabilities.workspace or types.WorkspaceClientCapabilities()
    edit = workspace.workspace_edit or types.WorkspaceEditClientCapabilities()
    window = capabilities.window or types.WindowClientCapabilities()
    name = params.client_info.name if params.client_info else ""
    operations = edit.resource_operations or ()
    annotations = edit.change_annotation_support is not None
    change = workspace.did_change_configuration
    return Client(
        name=name,
        version=(params.client_info.version or "") if params.client_info else "",
        encoding=_encoding(capabilities.general),
        # Neovim does not announce them, yet handles them, with the version check.
        document_changes=bool(edit.document_changes) or name == "Neovim",
        # Its check leaves out version 0, the one of a buffer that nobody has edited yet, and takes
        # a version that it has not reached.
        least_version=1 if name == "Neovim" else 0,
        buffers_of_lines=name == "Neovim",
        creates_files=types.ResourceOperationKind.Create in operations,
        deletes_files=types.ResourceOperationKind.Delete in operations,
        # Neovim, Helix and Eglot take annotations without asking; only VS Code asks.
        asks_before_applying=annotations and bool(edit.document_changes) and name != "Neovim",
        # The configuration of editors/emacs/README.md mends it, and says so.
        edits_blindly=name == "Eglot"
        and not _option(params.initialization_options, "changesFirst"),
        disorders_changes=name == "helix",
        # `eglot-confirm-server-edits`; and a member that is `false` counts as there.
        # Eglot 1.9 gives no name; of nameless clients only our package for Emacs has this option.
        may_ask=name == "Eglot"
        or (not name and bool(_option(params.initialization_options, "changesFirst"))),
        takes_false_for_true=name == "Eglot",
        # Helix 25.01 does not announce it, yet does it.
        shows_documents=bool(window.show_document and window.show_document.support)
        or name == "helix",
        reloads_files=name.startswith(_RELOADING),
        asks_questions=window.show_message is not None,
        work_done_progress=bool(window.work_done_progress),
        configuration=bool(workspace.configuration),
        registers_configuration=bool(change and change.dynamic_registration),
        watches_files=_watches_files(workspace, name),
        tags_actions=_tags_actions(capabilities.text_document),
        streams_answers=bool(_option(params.initialization_options, "streamAnswers")),
        shows_edits=bool(_option(params.initialization_options, "showEdits")),
        shows_model=bool(_option(params.initialization_options, "showModel")),
        untrusted=bool(_option(params.initialization_options, "untrusted")),
    )


def _encoding(general: types.GeneralClientCapabilities | None) -> Encoding:
    """UTF-16 where the editor offers it or says nothing, else the first that it offers."""
    offered = (general.position_encodings if general else None) or ()
    if offered and "utf-16" not in offered:
        for encoding in offered:
            if encoding == "utf-8":
                return "utf-8"
            if encoding == "utf-32":
                return "utf-32"
    return "utf-16"


def _watches_files(workspace: types.WorkspaceClientCapabilities, name: str) -> bool:
    """Whether to ask for changes of files.

    Emacs watches each folder of a project for it, and lsp-mode asks its user beforehand.
    """
    files = workspace.did_change_watched_files
    return bool(files and files.dynamic_registration) and name.lower() not in _EMACS


def _tags_actions(documents: types.TextDocumentClientCapabilities | None) -> bool:
    action = documents.code_action if documents else None
    tags = action.tag_support if action else None
    return tags is not None and types.CodeActionTag.LlmGenerated in tags.value_set


def _option(options: Any, name: str) -> Any:
    """A member of the initialization options, which may be anything."""
    return options.get(name) if isinstance(options, dict) else None
