"""`textDocument/codeAction`: what can be done here. No I/O, no model, no connection."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import attrs
from lsprotocol import types

from workers_ai_ls.actions import ACTIONS, FOLLOW_UPS, PROMPT
from workers_ai_ls.context import Diagnostic, Selection
from workers_ai_ls.syntax import language_for
from workers_ai_ls.text import Position

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workers_ai_ls.actions import Action, FollowUp
    from workers_ai_ls.jobs import Job
    from workers_ai_ls.settings import Settings

    from .server import Server

logger = logging.getLogger(__name__)

_KINDS = (
    types.CodeActionKind.QuickFix,
    *dict.fromkeys([*(each.kind for each in ACTIONS), *(each.kind for each in FOLLOW_UPS)]),
    PROMPT.kind,
)

_SEVERITIES = {
    types.DiagnosticSeverity.Error: "error",
    types.DiagnosticSeverity.Warning: "warning",
    types.DiagnosticSeverity.Information: "information",
    types.DiagnosticSeverity.Hint: "hint",
}


def register(server: Server) -> None:
    """Register the handlers."""
    options = types.CodeActionOptions(code_action_kinds=list(_KINDS), resolve_provider=True)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    def _code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        return list(_offered(server, params))

    @server.feature(types.CODE_ACTION_RESOLVE)
    def _resolve(action: types.CodeAction) -> types.CodeAction:
        """Nothing is left to resolve; Neovim, Helix and VS Code ask all the same."""
        return action


def _offered(server: Server, params: types.CodeActionParams) -> Iterator[types.CodeAction]:
    uri = params.text_document.uri
    selection = selection_at(server, uri, params.range, params.context.diagnostics)
    if selection is None:
        return
    server.diagnostics[uri] = selection.diagnostics
    automatic = params.context.trigger_kind == types.CodeActionTriggerKind.Automatic
    if automatic and selection.is_empty:
        # Quick fixes only, of which there are none yet: no light bulb at every cursor move.
        return
    settings = server.configuration.resolved(uri).settings
    jobs = server.board.at(uri, selection.start, selection.end)
    running = [job for job in jobs if job.state == "running"]
    # What runs can be cancelled and what is held can be applied, whatever the setting: the messages
    # say so.
    offered = [job for job in running or jobs if settings.follow_ups or job.state != "applied"]
    entries = [_follow_up(each, job) for job in offered[:1] for each in _fit(job)]
    if not running:
        arguments: dict[str, object] = {"uri": uri, "range": _plain(params.range)}
        written = [
            _command(each.title, each.kind, each.command, arguments)
            for each in ACTIONS
            if _applies(each, selection, settings)
        ]
        if server.client.tags_actions:
            for entry in written:
                entry.tags = [types.CodeActionTag.LlmGenerated]
        entries += written
        if written and settings.actions.prompt:
            # No model writes this one.
            entries.append(_command(PROMPT.title, PROMPT.kind, PROMPT.command, arguments))
    only = params.context.only
    for entry in entries:
        if not only or any(_within(entry.kind, kind) for kind in only):
            yield entry


def selection_at(
    server: Server, uri: str, where: types.Range, diagnostics: Sequence[types.Diagnostic] = ()
) -> Selection | None:
    """The selection in an open document; None when the document is not open."""
    document = server.documents.by_uri.get(uri)
    if document is None:
        return None
    snapshot = document.snapshot()
    encoding = server.client.encoding

    def offset(position: types.Position) -> int:
        return snapshot.offset(Position(position.line, position.character), encoding)

    start, end = sorted((offset(where.start), offset(where.end)))
    reported = tuple(
        Diagnostic(
            start=offset(each.range.start),
            end=offset(each.range.end),
            line=each.range.start.line + 1,
            severity=_SEVERITIES.get(each.severity or types.DiagnosticSeverity.Error, "error"),
            message=each.message,
        )
        for each in diagnostics
    )
    language = language_for(snapshot.language_id, uri)
    return Selection(snapshot, start, end, language, diagnostics=reported)


def _applies(action: Action, selection: Selection, settings: Settings) -> bool:
    """Whether an action is offered; one that fails spares the others."""
    try:
        shown: bool = getattr(settings.actions, action.name)
        return shown and action.applies(selection)
    except Exception:
        logger.exception("%s.applies failed", action.name)
        return False


def _fit(job: Job) -> list[FollowUp]:
    return [each for each in FOLLOW_UPS if job.state in each.states]


def _follow_up(each: FollowUp, job: Job) -> types.CodeAction:
    return _command(each.title, each.kind, each.command, {"job": job.number})


def _command(title: str, kind: str, command: str, argument: dict[str, object]) -> types.CodeAction:
    call = types.Command(title=title, command=command, arguments=[argument])
    return types.CodeAction(title=title, kind=kind, command=call)


def _plain(where: types.Range) -> dict[str, dict[str, int]]:
    return {"start": attrs.asdict(where.start), "end": attrs.asdict(where.end)}


def _within(kind: str | types.CodeActionKind | None, asked: str | types.CodeActionKind) -> bool:
    """Whether a kind is the asked one or below it; kinds nest at their dots."""
    have = kind.value if isinstance(kind, types.CodeActionKind) else kind or ""
    want = asked.value if isinstance(asked, types.CodeActionKind) else asked
    return not want or have == want or have.startswith(f"{want}.")
