import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Literal, TypeAlias

import pytest

from tests.scripted_answers import error_answer
from tests.workers_ai.error_table import AT, HOST, MODEL, ROWS
from workers_ai_ls import workers_ai as w
from workers_ai_ls.workers_ai.codes import CODES
from workers_ai_ls.workers_ai.errors import SignInPage
from workers_ai_ls.workers_ai.refusals import Asked, refused

ASKED = Asked(MODEL, HOST, ("s3cret",))
OWN = Asked("m", "ai.team.example", own=True)
Envelope: TypeAlias = Literal["model", "edge", "openai", "gateway"]


@pytest.mark.parametrize("envelope", ["model", "edge", "openai", "gateway"])
@pytest.mark.parametrize(("status", "code", "message", "kind", "tries", "sentence"), ROWS)
def test_every_code_is_one_failure_in_every_envelope(
    status: int,
    code: int | str | None,
    message: str,
    kind: type[w.WireFailure],
    tries: int,
    sentence: str,
    envelope: Envelope,
) -> None:
    body = error_answer(status, code, message, envelope=envelope).body

    failure = refused(status, AT, body, ASKED)

    assert type(failure) is kind
    assert str(failure) == sentence
    assert failure.tries == tries


def test_every_code_of_the_table_has_a_row() -> None:
    assert {row[1] for row in ROWS if isinstance(row[1], int)} == set(CODES)


@pytest.mark.parametrize("row", ROWS)
def test_every_sentence_is_one_sentence(row: tuple[object, ...]) -> None:
    assert re.fullmatch(r"[A-Z@a][^\n]*[^.]\.", str(row[-1]))
    assert not re.search(r"[.!?] ", str(row[-1]))


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, w.BadRequest),
        (401, w.BadToken),
        (403, w.NoPermission),
        (404, w.NoRoute),
        (405, w.NoRoute),
        (408, w.ModelTimeout),
        (410, w.ModelWithdrawn),
        (413, w.ContextOverflow),
        (418, w.BadRequest),
        (429, w.RateLimited),
        (500, w.ServerError),
        (502, w.ServerError),
        (529, w.ServerError),
    ],
)
@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"plain text. With a full stop.", b"\xff"])
def test_without_a_code_the_status_decides(
    status: int, kind: type[w.WireFailure], body: bytes
) -> None:
    failure = refused(status, {}, body, ASKED)

    assert type(failure) is kind
    assert not re.search(r"[.!?] ", str(failure))


def test_a_web_page_is_named_with_status_and_host() -> None:
    page = b"<html><body>Blocked by Corp Proxy. Call IT.</body></html>"

    failure = refused(403, {"content-type": "text/html"}, page, ASKED)

    assert type(failure) is w.NotAnApi
    assert str(failure) == (
        "api.example answered with a web page (status 403) instead of a model's answer: check "
        "WORKERS_AI_BASE_URL and whether a proxy or sign-in page stands in between."
    )
    assert failure.tries == 1


def test_a_proxys_own_error_page_may_pass() -> None:
    failure = refused(502, {}, b"<html>Bad gateway</html>", ASKED)

    assert type(failure) is w.BadGateway
    assert failure.tries == 3


@pytest.mark.parametrize(
    ("location", "named"),
    [
        ("https://login.corp.example/in?token=abc", "login.corp.example"),
        ("https://me:pw@login.corp.example/", "login.corp.example"),
        ("/elsewhere", "another page"),
        ("http://[", "another page"),
        ("", "another page"),
    ],
)
def test_a_redirect_names_only_the_host(location: str, named: str) -> None:
    failure = refused(302, {"location": location}, b"", ASKED)

    assert str(failure) == (
        f"api.example redirects to {named} instead of answering: set WORKERS_AI_BASE_URL to the "
        "address of the API itself."
    )


@pytest.mark.parametrize(
    ("status", "location", "is_sign_in"),
    [
        (302, "https://team.cloudflareaccess.com/cdn-cgi/access/login/x", True),
        (302, "https://idp.example/", True),
        (307, "https://idp.example:8443/", True),
        (302, "/oauth2/sign_in?rd=%2F", True),
        (301, "/login", True),
        (301, "https://new.example/v4", False),
        (308, "/v4/", False),
        (302, "https://api.example/v5", False),
        (302, "http://[", False),
        (302, "", False),
    ],
)
def test_which_redirect_leads_to_a_sign_in_page(
    status: int,
    location: str,
    is_sign_in: bool,  # noqa: FBT001 - a column of the table
) -> None:
    failure = refused(status, {"location": location}, b"", ASKED)

    assert isinstance(failure, SignInPage) is is_sign_in
    assert isinstance(failure, w.Redirected)


@pytest.mark.parametrize(
    ("status", "body", "kind", "sentence"),
    [
        (404, {"error": {"message": 'model "m" not found, try pulling it first', "type": "api_error", "code": None}}, w.NoSuchModel, "{host} has no model m: set WORKERS_AI_MODEL or workersAI.model to one that it has."),
        (404, {"object": "error", "message": "The model `m` does not exist.", "type": "NotFoundError", "param": None, "code": 404}, w.NoSuchModel, "{host} has no model m: set WORKERS_AI_MODEL or workersAI.model to one that it has."),
        (404, {"detail": "Not Found"}, w.NoRoute, "{host} answers no such request at this address: check WORKERS_AI_BASE_URL and workersAI.endpoint."),
        (401, {"error": {"message": "Invalid API Key", "type": "authentication_error", "code": 401}}, w.BadToken, "{host} does not accept the credentials (Invalid API Key): run `workers-ai-ls login`, or correct CLOUDFLARE_API_TOKEN or WORKERS_AI_HEADERS."),
        (403, {"errors": [{"code": 10000, "message": "Authentication error: this Worker refuses every request, for MODELS is not a list"}]}, w.NoPermission, "{host} refuses the request (Authentication error: this Worker refuses every request, for MODELS is not a list): ask whoever runs it to let you in."),
        (403, {"errors": [{"code": 5018, "message": "AiError: Ai: This account is not allowed to access m; allowed here: a, b"}]}, w.ModelNotAllowed, "{host} refuses the model m (This account is not allowed to access m; allowed here: a, b): set WORKERS_AI_MODEL or workersAI.model to one that it allows."),
        (400, {"error": {"code": 400, "message": "the request exceeds the available context size (4096 tokens), try increasing it", "type": "exceed_context_size_error"}}, w.ContextOverflow, "Prompt and answer exceed the context window of m: select less code, or choose a model with a larger window."),
        (503, {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}, w.ServerError, "{host} failed (Loading model): try again in a minute."),
        (400, {"error": "top_k is out of range"}, w.BadRequest, "{host} refused the request for m (top_k is out of range): correct the setting that it names, or choose another model."),
    ],
)  # fmt: skip # a row is a row
def test_a_server_of_ones_own_has_sentences_of_its_own(
    status: int, body: dict[str, object], kind: type[w.WireFailure], sentence: str
) -> None:
    failure = refused(status, {}, json.dumps(body).encode(), OWN)

    assert type(failure) is kind
    assert str(failure) == sentence.format(host=OWN.host)


def test_the_minute_of_the_rate_limit_is_the_endpoints() -> None:
    body = error_answer(429, 3021, "rate limiting").body

    def wait(**headers: str) -> float | None:
        return refused(429, headers, body, ASKED).refusal.retry_after

    assert wait(date="Sun, 22 Nov 2026 11:20:26 GMT") == 34
    assert wait(date="Sun, 22 Nov 2026 11:20:00 GMT") == 60
    assert 0 < (wait() or 0) <= 60
    assert wait(**{"retry-after": "5"}) == 5
    # What else limits rates has other windows.
    gateway = error_answer(429, 2003, "Rate limited", envelope="gateway").body
    assert refused(429, AT, gateway, ASKED).refusal.retry_after is None


def test_a_message_that_repeats_the_token_does_not_show_it() -> None:
    body = error_answer(400, 5006, "bad header Bearer s3cret. Really.").body

    failure = refused(400, {}, body, ASKED)

    assert "bad header Bearer …; Really" in str(failure)
    assert "s3cret" not in repr((failure, failure.refusal, ASKED))


def test_a_long_message_is_cut() -> None:
    failure = refused(400, {}, error_answer(400, 5006, "x" * 5000).body, ASKED)

    assert len(failure.refusal.detail) == 200
    assert failure.refusal.detail.endswith("…")


def test_retry_after_is_seconds_or_a_date() -> None:
    body = error_answer(429, 3040, "busy").body
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    past = format_datetime(datetime.now(UTC) - timedelta(seconds=60), usegmt=True)

    def seconds(header: str) -> float | None:
        return refused(429, {"retry-after": header}, body, ASKED).refusal.retry_after

    assert seconds("7") == 7
    assert seconds(later) == pytest.approx(60, abs=3)
    assert seconds(past) == 0
    assert seconds("soon") is None
    assert seconds("") is None
    assert "try again in 7 s" in str(refused(429, {"retry-after": "7"}, body, ASKED))
