"""Asks the endpoint, and names the culprit when it does not answer as it should."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from workers_ai_ls.errors import Failure
from workers_ai_ls.jobs import endpoint_of, timeouts_of
from workers_ai_ls.workers_ai import (
    DEFAULT_MODEL,
    BadAccount,
    BadToken,
    GatewayMissing,
    GatewayRefused,
    ModelNotAllowed,
    ModelWithdrawn,
    NoCredential,
    NoPermission,
    NoSuchModel,
    PaidPlanNeeded,
    SignInNeeded,
    TermsNotAccepted,
    open_client,
)

from .check import Check

if TYPE_CHECKING:
    from workers_ai_ls.settings import Resolved
    from workers_ai_ls.workers_ai import Endpoint

_CULPRITS: tuple[tuple[type[Failure] | tuple[type[Failure], ...], str], ...] = (
    (BadAccount, "account"),
    ((BadToken, NoPermission), "token"),
    (NoCredential, "credentials"),
    ((GatewayMissing, GatewayRefused), "gateway"),
    (
        (ModelNotAllowed, ModelWithdrawn, NoSuchModel, PaidPlanNeeded, TermsNotAccepted),
        "model",
    ),
    (SignInNeeded, "sign-in"),
)
"""Whose fault a failed request is; every other failure is the network's or the endpoint's."""

_KINDS = {
    "rest": "Workers AI's REST API",
    "openai": "an OpenAI-compatible server",
    "gateway": "AI Gateway",
    "worker": "a team's Worker",
}


async def endpoint_checks(resolved: Resolved) -> list[Check]:
    """Ask the endpoint as a job would; what depends on a failed check is left out."""
    kind = f"{_KINDS[resolved.settings.endpoint]} at {resolved.settings.address or 'no address'}"
    chosen = resolved.settings.model or DEFAULT_MODEL
    checks = [Check("kind", "ok", kind)]
    try:
        endpoint = endpoint_of(resolved)
    except Failure as failure:
        return [*checks, Check("credentials", "fix", str(failure))]
    try:
        async with open_client(endpoint, timeouts_of(resolved.settings)) as client:
            names = await client.check(chosen)
    except Failure as failure:
        return [*checks, *_unused_token(resolved), _culprit(failure)]
    return [*checks, *_sound(endpoint, names, chosen), *_unused_token(resolved)]


def _sound(endpoint: Endpoint, names: tuple[str, ...] | None, chosen: str) -> list[Check]:
    host = endpoint.host
    checks = [Check("endpoint", "ok", f"{host} answers")]
    if endpoint.is_cloudflare:
        checks.append(Check("account", "ok", f"{endpoint.account_id} is taken"))
    if endpoint.is_cloudflare or names is None:
        known = endpoint.token or endpoint.headers
        sentence = (
            "is taken, and may use Workers AI" if known else "none is set, and none is wanted"
        )
    else:
        sentence = "is sent with each request" if endpoint.token else "none is set"
    checks.append(Check("token", "ok", sentence))
    if endpoint.gateway:
        checks.append(Check("gateway", "ok", f"{endpoint.gateway.id} lets requests through"))
    if names is None:
        return [*checks, Check("offer", "ok", f"{host} answers as {chosen}")]
    if chosen in names:
        return [*checks, Check("offer", "ok", f"{host} offers {chosen}")]
    unlisted = f"{host} does not list {chosen}; it may still answer"
    return [*checks, Check("offer", "note", unlisted)]


def _unused_token(resolved: Resolved) -> list[Check]:
    """A token that was given for another place; an endpoint that needs none works without."""
    if not resolved.token_refusal or resolved.token_refusal in resolved.problems:
        return []
    return [Check("token", "note", resolved.token_refusal)]


def _culprit(failure: Failure) -> Check:
    if any(isinstance(cause, socket.gaierror) for cause in _causes(failure)):
        return Check("network", "fix", str(failure))
    names = (name for kinds, name in _CULPRITS if isinstance(failure, kinds))
    return Check(next(names, "endpoint"), "fix", str(failure))


def _causes(error: BaseException) -> list[BaseException]:
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    return causes
