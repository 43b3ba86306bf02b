"""Which endpoint answers at an address, and with which credentials: tried, not guessed."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import attrs

from workers_ai_ls.errors import Failure
from workers_ai_ls.jobs import timeouts_of
from workers_ai_ls.workers_ai import (
    CLOUDFLARE,
    DEFAULT_MODEL,
    BadEndpoint,
    BadRequest,
    BadToken,
    BrokenStream,
    Endpoint,
    ModelError,
    ModelNotAllowed,
    ModelWithdrawn,
    NoCapacity,
    NoCredential,
    NoPermission,
    NoRoute,
    NoSuchModel,
    NotAnApi,
    OutOfNeurons,
    PaidPlanNeeded,
    RateLimited,
    Redirected,
    SignInNeeded,
    TermsNotAccepted,
    open_client,
)

from .sign_in import access_header, sign_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.settings import Settings
    from workers_ai_ls.workers_ai import Timeouts

    from .asking import Asking

_ANOTHER_KIND = (NoRoute, NotAnApi, BrokenStream, BadRequest, ModelError)
"""What an endpoint says that is then asked as if it were of another kind."""

_LET_IN = (
    *(ModelNotAllowed, ModelWithdrawn, NoCapacity, NoSuchModel, OutOfNeurons, PaidPlanNeeded),
    *(RateLimited, TermsNotAccepted),
)
"""What an endpoint says that takes the credentials, and does not serve the model just now."""

_MOST_NAMED = 5


@attrs.frozen
class Found:
    """An endpoint that has let us in, and what is worth knowing about it."""

    endpoint: Endpoint
    note: str = ""


def find_cloudflare(url: str, account: str, settings: Settings, asking: Asking) -> Found:
    """Ask for account and token, and try them. Raises `Failure` when they are not taken."""
    account = account or asking.text(
        'Account id (in the dashboard: Workers AI, "Use REST API")', "--account"
    )
    token = asking.secret("API token with the permissions Workers AI Read and Edit")
    endpoint = Endpoint(account_id=account, token=token, base_url=url.rstrip("/") or CLOUDFLARE)
    return _tried(endpoint, settings)


def find_endpoint(url: str, settings: Settings, asking: Asking) -> Found:
    """Find out what answers at `url`, and sign in as it wants. Raises `Failure`."""
    candidates = _candidates(url)
    try:
        found = _first(candidates, settings)
    except (BadToken, NoPermission):
        key = asking.secret(f"Key for {candidates[0].host}")
        return _first([attrs.evolve(one, token=key) for one in candidates], settings)
    except SignInNeeded:
        return _through_access(candidates, settings, asking)
    key = asking.secret(f"Key for {found.endpoint.host}, if it wants one", needed=False)
    return _tried(attrs.evolve(found.endpoint, token=key), settings) if key else found


def _candidates(url: str) -> list[Endpoint]:
    """Return what may answer at `url`, the likeliest first.

    >>> [(one.kind, one.base_url) for one in _candidates("https://ai.example/")]
    [('worker', 'https://ai.example/run'), ('openai', 'https://ai.example/v1'), ('worker', 'https://ai.example')]
    >>> [(one.kind, one.base_url) for one in _candidates("http://[::1]:8080/v1")]
    [('openai', 'http://[::1]:8080/v1'), ('worker', 'http://[::1]:8080/v1')]
    """
    base = url.rstrip("/")
    try:
        path = urlsplit(base).path
    except ValueError:
        raise BadEndpoint(f"{url} is not an http(s) address: correct it.") from None
    as_given = Endpoint(kind="worker", base_url=base)
    if path.endswith("/run"):
        return [as_given]
    if path:
        return [Endpoint(kind="openai", base_url=base), as_given]
    team = Endpoint(kind="worker", base_url=f"{base}/run")
    return [team, Endpoint(kind="openai", base_url=f"{base}/v1"), as_given]


def _first(candidates: Sequence[Endpoint], settings: Settings) -> Found:
    """Return the first that answers as its kind does. Raises `Failure`."""
    moved: Redirected | None = None
    for endpoint in candidates:
        try:
            return _tried(endpoint, settings)
        except Redirected as failure:
            moved = failure
        except _ANOTHER_KIND:
            continue
    raise moved or Failure(
        f"Nothing at {candidates[-1].base_url} answers like Workers AI, a team's Worker or an "
        "OpenAI-compatible server: check the address in a browser, and whether a proxy or a "
        "sign-in page stands in between."
    )


def _through_access(candidates: Sequence[Endpoint], settings: Settings, asking: Asking) -> Found:
    origin = candidates[0].origin
    header = access_header(origin)
    signed = [attrs.evolve(one, headers=(header,)) for one in candidates]
    with contextlib.suppress(SignInNeeded, NoCredential, BadToken, NoPermission):
        return _first(signed, settings)  # Somebody may have signed in already.
    sign_in(origin, asking)
    return _first(signed, settings)


def _tried(endpoint: Endpoint, settings: Settings) -> Found:
    # The embedded model is no endpoint's.
    own = not settings.model.startswith("@local/")
    model = (settings.model if own else "") or DEFAULT_MODEL
    try:
        names = asyncio.run(_checked(endpoint, model, timeouts_of(settings)))
    except _LET_IN as failure:
        return Found(endpoint, str(failure))
    if endpoint.kind != "openai" or names is None or model in names:
        return Found(endpoint)
    some = ", ".join(sorted(names)[:_MOST_NAMED]) or "none yet"
    return Found(
        endpoint, f"Its models ({some}) do not include {model}: choose one as workersAI.model."
    )


async def _checked(endpoint: Endpoint, model: str, timeouts: Timeouts) -> tuple[str, ...] | None:
    async with open_client(endpoint, timeouts) as client:
        return await client.check(model)
