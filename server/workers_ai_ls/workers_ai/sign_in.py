"""Which failures mean that credentials have run out, and where a person has to sign in again."""

from http import HTTPStatus

import attrs

from workers_ai_ls.workers_ai.account_errors import BadToken, GatewayRefused, NoPermission
from workers_ai_ls.workers_ai.endpoint import Endpoint
from workers_ai_ls.workers_ai.errors import (
    BadGateway,
    NotAnApi,
    Redirected,
    SignInNeeded,
    SignInPage,
    WireFailure,
)
from workers_ai_ls.workers_ai.signing import Signing

_STALE = (Redirected, NotAnApi, BadToken, NoPermission, GatewayRefused)
_PAGE_STATUSES = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


def may_be_stale(failure: WireFailure) -> bool:
    """Whether fresh credentials may help. The page of a proxy in trouble says nothing of them."""
    return isinstance(failure, _STALE) and not isinstance(failure, BadGateway)


def explained(failure: WireFailure, endpoint: Endpoint, signing: Signing) -> WireFailure:
    """Return the failure as it is, or as the sign-in that it calls for at this endpoint.

    Cloudflare's own API has no sign-in page, so there a page is that of a proxy in between.
    """
    page = isinstance(failure, SignInPage) or (
        isinstance(failure, NotAnApi) and failure.refusal.status in _PAGE_STATUSES
    )
    own = endpoint.kind == "worker" or bool(endpoint.headers) or signing.uses_commands
    # The command has just printed afresh, and that was refused as well.
    refused = signing.uses_commands and isinstance(failure, BadToken | GatewayRefused)
    if (own and page) or refused:
        return SignInNeeded(attrs.evolve(failure.refusal, detail=signing.sign_in))
    return failure
