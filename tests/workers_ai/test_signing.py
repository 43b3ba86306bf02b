import asyncio
from pathlib import Path

import attrs
import pytest

from tests.scripted_endpoint import (
    Answer,
    ScriptedEndpoint,
    error_answer,
    json_answer,
    native_stream,
    raw_answer,
)
from tests.workers_ai.asking import REQUEST, answer_of, endpoint_of_kind
from tests.workers_ai.printing import (
    command_of,
    counting_command,
    until_gone,
    until_written,
)
from tests.workers_ai.reading import text_of
from workers_ai_ls import workers_ai as w
from workers_ai_ls.workers_ai.signing import Signing

LOGIN = "https://team.cloudflareaccess.com/cdn-cgi/access/login/ai.team.example?kid=k3y"
AWAY = raw_answer(b"", status=302, headers=[("location", LOGIN)])
PAGE = raw_answer(b"<html>Sign in</html>", status=403, content_type="text/html")
BAD_GATEWAY = raw_answer(b"<html>Bad gateway</html>", status=502, content_type="text/html")
REFUSED = error_answer(401, 10000, "Authentication error: expired")
HELLO = native_stream("Hello")


def worker_at(endpoint: ScriptedEndpoint, command: str) -> w.Endpoint:
    headers = (("cf-access-token", f"cmd:{command}"),)
    return endpoint_of_kind("worker", endpoint.base_url, token="", headers=headers)


def origin_of(endpoint: ScriptedEndpoint) -> str:
    return endpoint.base_url.removesuffix("/client/v4")


async def test_a_command_prints_what_is_sent_and_is_run_once(tmp_path: Path) -> None:
    command, runs = counting_command(tmp_path, "one", "two")
    async with (
        ScriptedEndpoint(HELLO) as endpoint,
        w.open_client(worker_at(endpoint, command)) as client,
    ):
        await asyncio.gather(*(answer_of(client) for _ in range(3)))

        assert [request.headers["cf-access-token"] for request in endpoint.requests] == ["one"] * 3
    assert runs.read_text("utf-8") == "run\n"


async def test_a_token_and_what_follows_a_scheme_may_be_printed(tmp_path: Path) -> None:
    command = command_of("print('pr1nted')", tmp_path)
    async with ScriptedEndpoint(HELLO) as endpoint:
        rest = endpoint_of_kind("rest", endpoint.base_url, token=f"cmd:{command}")
        headers = (("authorization", f"Bearer cmd:{command}"),)
        worker = endpoint_of_kind("worker", endpoint.base_url, headers=headers)
        for one in (rest, worker):
            async with w.open_client(one) as client:
                await answer_of(client)

        sent = [request.headers["authorization"] for request in endpoint.requests]
    assert sent == ["Bearer pr1nted"] * 2


@pytest.mark.parametrize("value", ["abcmd:x", "a b cmd:touch", "x=cmd:touch"])
async def test_only_a_value_that_begins_so_is_a_command(value: str) -> None:
    signing = Signing(w.Endpoint(kind="worker", headers=(("x", value),)))

    assert await signing.headers() == {"x": value}
    assert not signing.uses_commands


@pytest.mark.parametrize("expired", [AWAY, PAGE, REFUSED])
async def test_credentials_that_ran_out_are_printed_again(expired: Answer, tmp_path: Path) -> None:
    command, runs = counting_command(tmp_path, "old", "fresh")
    async with (
        ScriptedEndpoint(expired, HELLO) as endpoint,
        w.open_client(worker_at(endpoint, command)) as client,
    ):
        assert text_of(await answer_of(client)) == "Hello"
        await answer_of(client)

        sent = [request.headers["cf-access-token"] for request in endpoint.requests]
    assert sent == ["old", "fresh", "fresh"]
    assert runs.read_text("utf-8").count("run") == 2


@pytest.mark.parametrize("expired", [AWAY, PAGE, REFUSED])
async def test_when_fresh_ones_are_refused_too_a_person_signs_in(
    expired: Answer, tmp_path: Path
) -> None:
    command, _ = counting_command(tmp_path, "old", "old", "fresh")
    async with (
        ScriptedEndpoint(expired, expired, HELLO) as endpoint,
        w.open_client(worker_at(endpoint, command)) as client,
    ):
        with pytest.raises(w.SignInNeeded) as caught:
            await answer_of(client)
        assert len(endpoint.requests) == 2
        # The person has signed in, so the next run prints another one, and it is asked for anew.
        endpoint.script(expired, HELLO)
        assert text_of(await answer_of(client)) == "Hello"

        sent = [request.headers["cf-access-token"] for request in endpoint.requests]
    assert sent == ["old", "old", "old", "fresh"]
    name = Path(command.split()[0]).name
    assert str(caught.value) == f"Sign in again: run `{name}` in a terminal, then try again."


async def test_the_sign_in_of_cloudflare_access_is_cloudflareds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "cloudflared"
    program.write_text("#!/bin/sh\necho t0ken\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    command = "cloudflared access token -app=https://ai.team.example"
    async with (
        ScriptedEndpoint(AWAY) as endpoint,
        w.open_client(worker_at(endpoint, command)) as client,
    ):
        with pytest.raises(w.SignInNeeded) as away:
            await answer_of(client)
        program.write_text("#!/bin/sh\nexit 1\n", "utf-8")
        with pytest.raises(w.NoCredential) as none:
            await answer_of(client)
        run = f"run `cloudflared access login {origin_of(endpoint)}` in a terminal"

    assert str(away.value) == f"Sign in again: {run}, then try again."
    assert str(none.value) == (
        f"cloudflared printed no credential (exit code 1): {run} to sign in, then try again."
    )


async def test_a_sign_in_page_without_a_command_calls_for_our_login() -> None:
    async with (
        ScriptedEndpoint(AWAY) as endpoint,
        w.open_client(endpoint_of_kind("worker", endpoint.base_url)) as client,
    ):
        with pytest.raises(w.SignInNeeded) as caught:
            await answer_of(client)
        assert len(endpoint.requests) == 1
        login = f"workers-ai-ls login {origin_of(endpoint)}"

    assert str(caught.value) == f"Sign in again: run `{login}` in a terminal, then try again."


@pytest.mark.parametrize(
    ("kind", "answer", "failure"),
    [
        ("rest", AWAY, w.Redirected),
        ("rest", PAGE, w.NotAnApi),
        ("worker", BAD_GATEWAY, w.BadGateway),
        ("worker", raw_answer(b"<html>Home</html>", content_type="text/html"), w.NotAnApi),
        ("worker", raw_answer(b"", status=308, headers=[("location", "/run/")]), w.Redirected),
        ("worker", REFUSED, w.BadToken),
    ],
)
async def test_not_every_page_is_to_sign_in_at(
    kind: str, answer: Answer, failure: type[w.WireFailure], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("random.uniform", lambda low, _: low + 0.001)
    async with (
        ScriptedEndpoint(answer) as endpoint,
        w.open_client(endpoint_of_kind(kind, endpoint.base_url)) as client,
    ):
        with pytest.raises(failure) as caught:
            await answer_of(client)

    assert not isinstance(caught.value, w.SignInNeeded)


async def test_a_proxy_in_trouble_does_not_run_the_command_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("random.uniform", lambda low, _: low + 0.001)
    command, runs = counting_command(tmp_path, "one")
    async with (
        ScriptedEndpoint(BAD_GATEWAY, HELLO) as endpoint,
        w.open_client(worker_at(endpoint, command)) as client,
    ):
        assert text_of(await answer_of(client)) == "Hello"
    assert runs.read_text("utf-8") == "run\n"


async def test_requests_refused_together_run_the_command_once_more(tmp_path: Path) -> None:
    command, runs = counting_command(tmp_path, "old", "fresh", "needless")
    gate = asyncio.Event()
    late = attrs.evolve(REFUSED, parts=(gate, *REFUSED.parts))
    async with (
        ScriptedEndpoint(late, REFUSED, HELLO) as endpoint,
        w.open_client(worker_at(endpoint, command)) as client,
    ):
        first = asyncio.create_task(answer_of(client))
        await endpoint.wait_for_requests()
        assert text_of(await answer_of(client)) == "Hello"
        gate.set()  # The first is refused with what was printed before the second had it renewed.

        assert text_of(await first) == "Hello"
    assert runs.read_text("utf-8").count("run") == 2


async def test_the_check_prints_credentials_again_too(tmp_path: Path) -> None:
    command, _ = counting_command(tmp_path, "old", "fresh")
    rows = raw_answer(b'{"success": true, "errors": [], "result": []}')
    async with ScriptedEndpoint(REFUSED, rows, REFUSED, json_answer("a")) as endpoint:
        for kind in ("rest", "worker"):
            (tmp_path / "runs").write_text("", "utf-8")
            one = endpoint_of_kind(kind, endpoint.base_url, token=f"cmd:{command}")
            async with w.open_client(one) as client:
                await client.check(REQUEST.model)

        sent = [request.headers["authorization"] for request in endpoint.requests]
    assert sent == ["Bearer old", "Bearer fresh"] * 2


async def test_a_job_that_is_cancelled_ends_its_command(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    code = (
        "import os, pathlib, time\n"
        f"pathlib.Path({str(file)!r}).write_text(f'{{os.getpid()}}\\n')\n"
        "time.sleep(60)\n"
    )
    async with (
        ScriptedEndpoint(HELLO) as endpoint,
        w.open_client(worker_at(endpoint, command_of(code, tmp_path))) as client,
    ):
        job = asyncio.create_task(answer_of(client))
        process = await until_written(file)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job

        await until_gone(process)
        assert endpoint.requests == []
