"""What `doctor` looks at: each check names one thing, and says whether it is right or what to do."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from workers_ai_ls.errors import Failure
from workers_ai_ls.jobs import is_embedded
from workers_ai_ls.journal import journal_path
from workers_ai_ls.settings import DEFAULT_BASE_URL
from workers_ai_ls.workers_ai import DEFAULT_MODEL, model

from .check import Check
from .endpoint_checks import endpoint_checks

if TYPE_CHECKING:
    from workers_ai_ls.settings import Resolved


async def examine(resolved: Resolved) -> list[Check]:
    """Make all checks; what depends on a failed one is left out."""
    embedded = is_embedded(resolved.settings)
    return [
        *(Check("settings", "fix", sentence) for sentence in resolved.problems),
        *([] if embedded else await endpoint_checks(resolved)),
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


def _model(resolved: Resolved) -> Check:
    chosen = model(resolved.settings.model or DEFAULT_MODEL)
    if chosen.status == "withdrawn":
        # An endpoint of one's own may go on serving what Cloudflare does not.
        own = resolved.settings.address != DEFAULT_BASE_URL
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
