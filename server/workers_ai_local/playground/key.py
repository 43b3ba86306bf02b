"""The key that opens the page, and the address that carries it."""

import hmac
from urllib.parse import urljoin

PATH = "/playground"

_KEY_LENGTH = 32
"""Hexadecimal digits: 128 bits."""


def address(base_url: str, token: str) -> str:
    """Return the page's address, key included, on the endpoint at `base_url`.

    >>> address("http://127.0.0.1:8787/client/v4", "secret")
    'http://127.0.0.1:8787/playground?key=31f2fa1508154f7565bcc496876808e9'
    """
    return urljoin(base_url, f"{PATH}?key={key_of(token)}")


def key_of(token: str) -> str:
    """Return the key for the endpoint that takes `token`.

    Whoever starts the endpoint knows the token, so nothing more has to pass between the processes;
    the token cannot be computed from the key, which stays in the browser's history.
    """
    return hmac.digest(token.encode(), b"playground", "sha256").hex()[:_KEY_LENGTH]
