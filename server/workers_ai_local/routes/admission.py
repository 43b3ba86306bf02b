"""Refusing what Cloudflare's edge refuses before any model is thought of, in its order."""

import hmac
import re

from starlette.requests import Request

from workers_ai_local.api_errors import (
    forbidden,
    malformed_account,
    no_route,
    unauthorized,
    wrong_method,
)
from workers_ai_local.routes.service import Service

_ACCOUNT = re.compile("[0-9a-f]{32}")


def admit(service: Service, connection: Request, method: str = "POST") -> None:
    """Let a request in, or raise `ApiError`: path, account's shape, token, account, method."""
    if b"%2f" in connection.scope["raw_path"].lower():
        raise no_route()
    account = connection.path_params.get("account_id")
    if account is not None and not _ACCOUNT.fullmatch(account):
        raise malformed_account(connection.url.path)
    header = connection.headers.get("authorization")
    if header is None or not same(header, f"Bearer {service.token}"):
        raise unauthorized(header)
    if account is not None and service.account_id not in {None, account}:
        raise forbidden()
    if connection.method != method:
        raise wrong_method(connection.method)


def same(given: str, expected: str) -> bool:
    """Compare secrets in a time that tells nothing of them."""
    return hmac.compare_digest(given.encode(), expected.encode())
