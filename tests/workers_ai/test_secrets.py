"""No credential leaves but in the request it is for."""

import logging
import traceback
from pathlib import Path

import attrs
import pytest

from tests.scripted_endpoint import (
    NO_RESPONSE,
    Answer,
    ScriptedEndpoint,
    error_answer,
    frame,
    native_stream,
    raw_answer,
)
from tests.workers_ai.asking import KINDS, TOKEN, answer_of, endpoint_of_kind
from tests.workers_ai.printing import command_of
from workers_ai_ls import workers_ai as w
from workers_ai_ls.errors import Failure

GATEWAY_TOKEN = "g4teway-t0ken"
HEADER = "h3ader-s3cret"
PRINTED = "pr1nted-s3cret"
SECRETS = (TOKEN, HEADER, PRINTED)
ECHO = f"bad header Bearer {TOKEN}, {HEADER}, {PRINTED}"
SENT_BACK = (("set-cookie", f"s={TOKEN}"), ("x-echo", f"{HEADER} {PRINTED}"))


def with_echo(answer: Answer) -> Answer:
    return attrs.evolve(answer, headers=(*answer.headers, *SENT_BACK))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "answer",
    [
        error_answer(400, 5006, ECHO),
        error_answer(401, 10000, ECHO),
        error_answer(400, ECHO, "no"),
        error_answer(403, 5018, ECHO, envelope="openai"),
        error_answer(500, 8005, ECHO, envelope="gateway"),
        error_answer(429, 3040, ECHO, retry_after="0"),
        raw_answer(ECHO.encode(), status=418),
        raw_answer(f"<html>{ECHO}".encode(), status=403, content_type="text/html"),
        raw_answer(b"", status=302, headers=[("location", f"https://x.example/?t={TOKEN}")]),
        Answer((frame({"error": ECHO}),)),
        Answer((ECHO.encode(),)),
        NO_RESPONSE,
        native_stream("fine"),
    ],
)
async def test_no_message_repr_traceback_or_log_holds_one(
    kind: str,
    answer: Answer,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr("random.uniform", lambda low, _: low + 0.001)
    headers = (
        ("x-key", HEADER),
        ("x-printed", f"cmd:{command_of(f'print({PRINTED!r})', tmp_path)}"),
    )
    shown = ""
    async with ScriptedEndpoint(with_echo(answer)) as scripted:
        endpoint = endpoint_of_kind(kind, scripted.base_url, headers=headers)
        async with w.open_client(endpoint) as client:
            for ask in (answer_of(client), client.check("@cf/a/b")):
                try:
                    await ask
                except Failure as failure:
                    shown += "".join(traceback.format_exception(failure))
                    shown += f"{failure} {failure!r} {vars(failure)}"
        sent = scripted.requests[0].headers

    assert (sent["x-key"], sent["x-printed"]) == (HEADER, PRINTED)
    shown += caplog.text + repr(endpoint) + repr(client)
    assert caplog.records
    assert not [secret for secret in SECRETS if secret in shown]


async def test_a_gateways_token_is_in_no_message() -> None:
    echo = error_answer(400, 5006, f"bad header Bearer {GATEWAY_TOKEN}")
    async with (
        ScriptedEndpoint(echo) as scripted,
        w.open_client(endpoint_of_kind("gateway", scripted.base_url)) as client,
    ):
        with pytest.raises(w.BadRequest, match="bad header Bearer …") as caught:
            await answer_of(client)

    assert GATEWAY_TOKEN not in f"{caught.value!r} {caught.value.refusal}"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_redirect_is_followed(kind: str, status: int) -> None:
    async with ScriptedEndpoint(native_stream("a")) as elsewhere:
        away = raw_answer(b"", status=status, headers=[("location", elsewhere.base_url)])
        async with (
            ScriptedEndpoint(away) as scripted,
            w.open_client(endpoint_of_kind(kind, scripted.base_url)) as client,
        ):
            for ask in (answer_of(client), client.check("@cf/a/b")):
                with pytest.raises((w.Redirected, w.SignInNeeded)):
                    await ask

        assert elsewhere.requests == []


async def test_no_cookie_is_kept() -> None:
    answer = with_echo(native_stream("a"))
    async with (
        ScriptedEndpoint(answer) as scripted,
        w.open_client(endpoint_of_kind("rest", scripted.base_url)) as client,
    ):
        for _ in range(2):
            await answer_of(client)

        assert all("cookie" not in request.headers for request in scripted.requests)


async def test_two_clients_in_one_process_share_no_credential() -> None:
    async with (
        ScriptedEndpoint(native_stream("a")) as mine,
        ScriptedEndpoint(native_stream("b")) as theirs,
    ):
        other = endpoint_of_kind("openai anywhere", theirs.base_url, token="")
        async with (
            w.open_client(endpoint_of_kind("rest", mine.base_url)) as first,
            w.open_client(other) as second,
        ):
            await answer_of(first)
            await answer_of(second)

        assert TOKEN not in str(theirs.requests[0].headers)
