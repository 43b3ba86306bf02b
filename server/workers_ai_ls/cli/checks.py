"""What `doctor` looks at: each check names one thing, and says whether it is right or what to do."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import attrs

from workers_ai_ls.errors import Failure
from workers_ai_ls.journal import journal_path
from workers_ai_ls.settings import DEFAULT_BASE_URL, credentials
from workers_ai_ls.workers_ai import (
    DEFAULT_MODEL,
    BadAccount,
    BadToken,
    Endpoint,
    NoPermission,
    Timeouts,
    model,
    open_client,
)

if TYPE_CHECKING:
    from workers_ai_ls.settings import Resolved

_CULPRITS: dict[type[Failure], str] = {
    BadAccount: "account",
    BadToken: "token",
    NoPermission: "token",
}
"""Whose fault a failed request is; every other failure is the endpoint's."""


@attrs.frozen
class Check:
    """One thing that was looked at. `note` is worth knowing, `fix` keeps the server from working."""

    name: str
    status: Literal["ok", "note", "fix"]
    sentence: str


async def examine(resolved: Resolved) -> list[Check]:
    """Make all checks; what depends on a failed one is left out."""
    embedded = is_embedded(resolved)
    return [
        *(Check("settings", "fix", sentence) for sentence in resolved.problems),
        *([] if embedded else await _endpoint(resolved)),
        _model(resolved),
        _user_file(resolved),
        _journal(),
        _local(needed=embedded),
        _command(),
        Check(
            "log",
            "ok",
            "set WORKERS_AI_LOG=DEBUG where the editor starts the server; editors "
            "keep what it writes to standard error",
        ),
    ]


async def _endpoint(resolved: Resolved) -> list[Check]:
    settings = resolved.settings
    try:
        known = credentials(resolved)
    except Failure as failure:
        return [Check("credentials", "fix", str(failure))]
    endpoint = Endpoint(account_id=known.account_id, token=known.token, base_url=settings.base_url)
    chosen = settings.model or DEFAULT_MODEL
    try:
        async with open_client(endpoint, Timeouts(connect=settings.timeouts.connect)) as client:
            names = await client.check(search=chosen.rpartition("/")[2])
    except Failure as failure:
        culprit = next((name for kind, name in _CULPRITS.items() if isinstance(failure, kind)), "")
        return [Check(culprit or "endpoint", "fix", str(failure))]
    listed = Check("offer", "ok", f"{endpoint.host} offers {chosen}")
    if chosen not in names:
        listed = Check(
            "offer", "note", f"{endpoint.host} does not list {chosen}; it may still answer"
        )
    return [
        Check("endpoint", "ok", f"{endpoint.host} answers"),
        Check("account", "ok", f"{known.account_id} is taken"),
        Check("token", "ok", "is taken, and may use Workers AI"),
        listed,
    ]


def _model(resolved: Resolved) -> Check:
    chosen = model(resolved.settings.model or DEFAULT_MODEL)
    if chosen.status == "withdrawn":
        # An endpoint of one's own may go on serving what Cloudflare does not.
        own = resolved.settings.base_url != DEFAULT_BASE_URL
        sentence = (
            f"Cloudflare has withdrawn {chosen.id} on {chosen.withdrawn_on}; set WORKERS_AI_MODEL "
            f"or workersAI.model to {chosen.successor}"
        )
        return Check("model", "note" if own else "fix", sentence)
    window = f"{chosen.context_window:,} tokens of context"
    if chosen.status == "unknown":
        return Check("model", "note", f"{chosen.id} is not in our catalogue, so {window} are taken")
    return Check("model", "ok", f"{chosen.id}, {window}")


def _user_file(resolved: Resolved) -> Check:
    there = "is read" if resolved.user_file.is_file() else "is not there, and need not be"
    return Check("user file", "ok", f"{resolved.user_file} {there}")


def _journal() -> Check:
    path = journal_path()
    if path.exists():
        if os.access(path, os.R_OK | os.W_OK):
            return Check("journal", "ok", f"{path} keeps the answers")
        return Check(
            "journal",
            "note",
            f"{path} cannot be written, so answers are kept only until "
            "the server ends; permit writing there",
        )
    folder = _nearest(path.parent)
    if os.access(folder, os.W_OK):
        return Check("journal", "ok", f"{path} will keep the answers")
    return Check(
        "journal",
        "note",
        f"{path} cannot be made, so answers are kept only until the "
        f"server ends; permit writing in {folder}",
    )


def _nearest(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.exists())


def is_embedded(resolved: Resolved) -> bool:
    """Whether the server runs the model by itself, so that no account is needed."""
    settings = resolved.settings
    return settings.model.startswith("@local/") and settings.base_url == DEFAULT_BASE_URL


def _local(*, needed: bool) -> Check:
    """The embedded model. `needed` says that it is the one that is set."""
    from workers_ai_local.catalogue import MODELS, SMALL
    from workers_ai_local.extra import require_extra
    from workers_ai_local.model_file import VARIABLE, cached_path

    lacking: Literal["fix", "note"] = "fix" if needed else "note"
    try:
        require_extra()
    except Failure as failure:
        return Check("local", lacking, str(failure))
    named = os.environ.get(VARIABLE)
    paths = [Path(named)] if named else [cached_path(each) for each in MODELS]
    found = next((path for path in paths if path.is_file()), None)
    if found:
        return Check("local", "ok", f"the embedded model is {found}, and needs no account")
    if named:
        return Check("local", lacking, f"{VARIABLE} names {named}, which is no file; correct it")
    fetch = f"`workers-ai-ls demo` fetches the embedded model ({SMALL.size // 10**6} MB)"
    return Check("local", "fix" if needed else "ok", fetch)


def _command() -> Check:
    found = shutil.which("workers-ai-ls")
    if found:
        return Check("command", "ok", f"editors find {found}")
    own = Path(sys.executable).with_name("workers-ai-ls")
    return Check("command", "note", f"workers-ai-ls is not on PATH; give editors {own}")
