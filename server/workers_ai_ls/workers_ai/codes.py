"""Which code, phrase or status of the API is which failure: a table, to be read as one.

Codes, statuses and messages are facts of Cloudflare's documentation (platform/errors, 2026-09-17)
and of the wire. Several messages come without a code, so a few phrases count as well.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus

from workers_ai_ls.workers_ai import account_errors as a
from workers_ai_ls.workers_ai import errors as e

CODES: Mapping[int, type[e.WireFailure]] = {
    2001: a.GatewayMissing,
    2003: a.RateLimited,
    2009: a.GatewayRefused,
    3003: a.BadRequest,
    3006: a.ContextOverflow,
    3007: e.Aborted,
    3008: e.Aborted,
    3021: a.RateLimited,
    3023: a.ModelNotAllowed,
    3036: a.OutOfNeurons,
    3039: a.BadRequest,
    3040: a.NoCapacity,
    3041: a.ModelNotAllowed,
    3042: a.NoSuchModel,
    3043: e.ServerError,
    3046: a.ModelTimeout,
    4006: a.OutOfNeurons,
    5004: a.BadRequest,
    5005: a.BadRequest,
    5006: a.BadRequest,
    5007: a.NoSuchModel,
    5016: a.TermsNotAccepted,
    5018: a.ModelNotAllowed,
    5019: a.BadRequest,
    5021: a.ContextOverflow,
    5028: a.ModelWithdrawn,
    5035: a.PaidPlanNeeded,
    6003: a.BadToken,
    7000: e.NoRoute,
    7001: e.NoRoute,
    7003: a.BadAccount,
    8001: a.BadRequest,
    8005: e.ServerError,
    8006: a.BadRequest,
    8007: a.BadRequest,
    9106: a.BadToken,
    9109: a.NoPermission,
    10000: a.BadToken,
}

_CODES_AT_STATUS: Mapping[tuple[int, int], type[e.WireFailure]] = {
    (10000, HTTPStatus.FORBIDDEN): a.NoPermission,
}

# Looked at before the codes: 8007 wraps an overflow, and the OpenAI-like envelope has words where
# the others have codes. vLLM says "maximum context length" and "does not exist", llama.cpp "context
# size", LM Studio "context length", Ollama "not found".
_PHRASES: tuple[tuple[re.Pattern[str], type[e.WireFailure]], ...] = tuple(
    (re.compile(phrase), kind)
    for phrase, kind in (
        ("maximum context length|context window limit", a.ContextOverflow),
        ("available context size|greater than the context length", a.ContextOverflow),
        ("daily free allocation", a.OutOfNeurons),
        ("capacity temporarily exceeded", a.NoCapacity),
        ("rate limiting", a.RateLimited),
        ("has been deprecated", a.ModelWithdrawn),
        ("no such model|model .{1,200} (not found|does not exist)", a.NoSuchModel),
    )
)

_STATUSES: Mapping[int, type[e.WireFailure]] = {
    HTTPStatus.UNAUTHORIZED: a.BadToken,
    HTTPStatus.FORBIDDEN: a.NoPermission,
    HTTPStatus.NOT_FOUND: e.NoRoute,
    HTTPStatus.METHOD_NOT_ALLOWED: e.NoRoute,
    HTTPStatus.REQUEST_TIMEOUT: a.ModelTimeout,
    HTTPStatus.GONE: a.ModelWithdrawn,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: a.ContextOverflow,
    HTTPStatus.TOO_MANY_REQUESTS: a.RateLimited,
}


def kind_of(status: int, code: int | str | None, message: str) -> type[e.WireFailure]:
    """Return the failure's class; `message` is the server's own, whole.

    >>> kind_of(429, 3040, "Capacity temporarily exceeded").__name__
    'NoCapacity'
    """
    number = int(str(code)) if str(code).isdecimal() else 0
    words = message.lower()
    by_phrase = next((kind for phrase, kind in _PHRASES if phrase.search(words)), None)
    by_code = _CODES_AT_STATUS.get((number, status)) or CODES.get(number)
    if by_code is None and "request timeout" in words:
        by_code = a.ModelTimeout  # Not among the phrases, for 3007 has the same words.
    return by_phrase or by_code or _by_status(status)


def _by_status(status: int) -> type[e.WireFailure]:
    if status < HTTPStatus.BAD_REQUEST:
        return e.ModelError
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return e.ServerError
    return _STATUSES.get(status, a.BadRequest)
