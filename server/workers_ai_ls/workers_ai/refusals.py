"""From what the API answered to the failure it is: envelopes, pages, redirects, `Retry-After`."""

import email.utils
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import attrs

from workers_ai_ls.workers_ai import errors as e
from workers_ai_ls.workers_ai.codes import kind_of

_NOISE = re.compile(r"(AiError: |Ai: |Bad input: Error: )+|\s*\([0-9a-f]{8}-[0-9a-f-]{27}\)")
_LONGEST_DETAIL = 200


@attrs.frozen
class Asked:
    """Who was asked for what, for messages; `token` is here only to be kept out of them."""

    model: str
    host: str
    token: str = attrs.field(default="", repr=False)

    def refusal(
        self,
        *,
        status: int | None = None,
        code: int | str | None = None,
        detail: str = "",
        retry_after: float | None = None,
    ) -> e.Refusal:
        """Return what is known, with `detail` made fit to stand inside a sentence."""
        return e.Refusal(
            model=self.model,
            host=self.host,
            status=status,
            code=code,
            detail=_clause(detail, self.token),
            retry_after=retry_after,
        )


def refused(status: int, headers: Mapping[str, str], body: bytes, asked: Asked) -> e.WireFailure:
    """Return the failure that a response outside 2xx is; `headers` have lower-case names."""
    if status in range(300, 400):
        where = _host(headers.get("location", "")) or "another page"
        return e.Redirected(asked.refusal(status=status, detail=where))
    text = body.decode("utf-8", "replace").strip()
    retry_after = _retry_after(headers.get("retry-after", ""))
    try:
        payload = json.loads(text)
    except ValueError:
        payload = None
    if isinstance(payload, dict):
        failure = told_failure(payload, asked, status=status, retry_after=retry_after)
        if failure is not None:
            return failure
        text = ""
    if text.startswith("<") or "text/html" in headers.get("content-type", ""):
        page = e.BadGateway if status >= HTTPStatus.INTERNAL_SERVER_ERROR else e.NotAnApi
        return page(asked.refusal(status=status, retry_after=retry_after))
    kind = kind_of(status, None, text)
    return kind(asked.refusal(status=status, detail=text, retry_after=retry_after))


def told_failure(
    payload: Mapping[str, object],
    asked: Asked,
    *,
    status: int,
    retry_after: float | None = None,
) -> e.WireFailure | None:
    """Return the failure that a JSON payload tells of, in any envelope; `None` when it has none."""
    told = payload.get("errors") or payload.get("error")
    if not told:
        if payload.get("success") is not False:
            return None
        told = "no reason given"
    first = told[0] if isinstance(told, list) else told
    code = first.get("code") if isinstance(first, dict) else None
    message = first.get("message") if isinstance(first, dict) else first
    if not isinstance(message, str):
        message = json.dumps(first, ensure_ascii=False)
    kind = kind_of(status, code, message)
    return kind(
        asked.refusal(
            status=status,
            code=code if isinstance(code, int | str) else None,
            detail=message,
            retry_after=retry_after,
        )
    )


def _host(url: str) -> str | None:
    """Return the host alone: what follows it in a sign-in page's address can be a secret."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _clause(message: str, token: str) -> str:
    """Return a server's message as one short clause, without prefixes, ids and our token."""
    if token:
        message = message.replace(token, "…")
    message = _NOISE.sub("", message)
    message = re.sub(r"[.!?]\s+", "; ", " ".join(message.split())).rstrip(".!? ")
    cut = len(message) > _LONGEST_DETAIL
    return message[: _LONGEST_DETAIL - 1] + "…" if cut else message


def _retry_after(value: str) -> float | None:
    """Return the seconds that a `Retry-After` asks for, in either of its two forms."""
    if value.strip().isdecimal():
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
