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

_SIGN_IN = re.compile(r"(sign|log)[-_]?in|/auth|oauth|sso|saml|cdn-cgi/access", re.IGNORECASE)
_PERMANENT = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)
_MINUTE_LIMIT = "3021"
_NOISE = re.compile(r"(AiError: |Ai: |Bad input: Error: )+|\s*\([0-9a-f]{8}-[0-9a-f-]{27}\)")
_LONGEST_DETAIL = 200


@attrs.frozen
class Asked:
    """Who was asked for what, for messages; `secrets` are here only to be kept out of them.

    `own`: see `Refusal`.
    """

    model: str
    host: str
    secrets: tuple[str, ...] = attrs.field(default=(), repr=False)
    own: bool = False

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
            code=_clause(code, self.secrets) if isinstance(code, str) else code,
            detail=_clause(detail, self.secrets),
            retry_after=retry_after,
            own=self.own,
        )


def refused(status: int, headers: Mapping[str, str], body: bytes, asked: Asked) -> e.WireFailure:
    """Return the failure that a response outside 2xx is; `headers` have lower-case names."""
    if status in range(300, 400):
        return _redirect(status, headers.get("location", ""), asked)
    text = body.decode("utf-8", "replace").strip()
    retry_after = _retry_after(headers.get("retry-after", ""))
    now = _moment(headers.get("date", ""))
    try:
        payload = json.loads(text)
    except ValueError:
        payload = None
    if isinstance(payload, dict):
        failure = told_failure(payload, asked, status=status, retry_after=retry_after, now=now)
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
    now: datetime | None = None,
) -> e.WireFailure | None:
    """Return the failure that a JSON payload tells of, in any envelope; `None` when it has none.

    `now` is the endpoint's time, where it told that.
    """
    told = _told(payload, is_refusal=status >= HTTPStatus.BAD_REQUEST)
    if not told:
        return None
    first = told[0] if isinstance(told, list) else told
    code = first.get("code") if isinstance(first, dict) else None
    message = first.get("message") if isinstance(first, dict) else first
    if not isinstance(message, str):
        message = json.dumps(first, ensure_ascii=False)
    kind = kind_of(status, code, message)
    if retry_after is None and str(code) == _MINUTE_LIMIT:
        retry_after = 60.0 - (now or datetime.now(UTC)).second
    return kind(
        asked.refusal(
            status=status,
            code=code if isinstance(code, int | str) else None,
            detail=message,
            retry_after=retry_after,
        )
    )


def _told(payload: Mapping[str, object], *, is_refusal: bool) -> object:
    """Return what stands where an envelope has its error; nothing where there is none."""
    told = payload.get("errors") or payload.get("error")
    if not told and payload.get("object") == "error":
        return payload  # vLLM's, before it took over OpenAI's
    if not told and is_refusal:
        told = payload.get("detail") or payload.get("message")  # web frameworks' own
    if not told and payload.get("success") is False:
        return "no reason given"
    return told


def _redirect(status: int, location: str, asked: Asked) -> e.Redirected:
    """Return the failure, with the host alone: what follows it in an address can be a secret."""
    try:
        parts = urlsplit(location)
        host = parts.hostname
        elsewhere = host not in (None, urlsplit(f"//{asked.host}").hostname)
    except ValueError:
        return e.Redirected(asked.refusal(status=status, detail="another page"))
    # A page that has moved says so for good; one to sign in at is on the way, and often elsewhere.
    is_sign_in = _SIGN_IN.search(parts.path) or (elsewhere and status not in _PERMANENT)
    kind = e.SignInPage if is_sign_in else e.Redirected
    return kind(asked.refusal(status=status, detail=host or "another page"))


def _clause(message: str, secrets: tuple[str, ...]) -> str:
    """Return a server's message as one short clause, without prefixes, ids and our secrets."""
    for secret in filter(None, secrets):
        message = message.replace(secret, "…")
    message = _NOISE.sub("", message)
    message = re.sub(r"[.!?]\s+", "; ", " ".join(message.split())).rstrip(".!? ")
    cut = len(message) > _LONGEST_DETAIL
    return message[: _LONGEST_DETAIL - 1] + "…" if cut else message


def _retry_after(value: str) -> float | None:
    """Return the seconds that a `Retry-After` asks for, in either of its two forms."""
    if value.strip().isdecimal():
        return float(value)
    moment = _moment(value)
    return None if moment is None else max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _moment(value: str) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
