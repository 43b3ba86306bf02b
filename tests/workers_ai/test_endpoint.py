import re
from typing import Any

import attrs
import pytest

from workers_ai_ls.workers_ai import (
    BadEndpoint,
    Endpoint,
    Gateway,
    endpoint_problem,
    is_model_id,
)
from workers_ai_ls.workers_ai.request import Message, Request
from workers_ai_ls.workers_ai.routes import call

GOOD = Endpoint(account_id="a1b2", token="s3cret", base_url="https://api.example/v4")


def problem(**changes: Any) -> BadEndpoint | None:
    return endpoint_problem(attrs.evolve(GOOD, **changes))


@pytest.mark.parametrize(
    "url",
    [
        "https://api.cloudflare.com/client/v4",
        "https://ai.team.example:8443",
        "http://127.0.0.1:8787/client/v4",
        "http://127.8.9.1",
        "http://localhost:8787/",
        "http://[::1]:8787",
        "HTTP://LOCALHOST:1",
    ],
)
def test_https_anywhere_and_http_to_this_machine_are_fine(url: str) -> None:
    assert problem(base_url=url) is None


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://api.example", "clear text"),
        ("http://localhost.example", "clear text"),
        ("http://127.0.0.1.example", "clear text"),
        ("http://10.0.0.1", "clear text"),
        ("http://0.0.0.0:80", "clear text"),
        ("", "is not an http(s) address"),
        ("api.example", "is not an http(s) address"),
        ("ftp://api.example", "is not an http(s) address"),
        ("https://", "is not an http(s) address"),
        ("https://[::1", "is not an http(s) address"),
        ("https://api.example:99999", "is not an http(s) address"),
        ("https://api example", "is not an http(s) address"),
        ("https://api.example/ä", "is not an http(s) address"),
        ("https://api.example/\nx", "is not an http(s) address"),
        ("https://api.example/?key=1", "query"),
        ("https://api.example/#x", "fragment"),
    ],
)
def test_a_bad_address_is_one_sentence(url: str, said: str) -> None:
    failure = problem(base_url=url)

    assert failure is not None
    assert said in str(failure)
    assert "WORKERS_AI_BASE_URL" in str(failure)
    assert not re.search(r"\. ", str(failure))


def test_a_query_is_not_shown() -> None:
    failure = problem(base_url="https://api.example/v4?key=hunter2#x")

    assert str(failure) == (
        "WORKERS_AI_BASE_URL has a query or a fragment: set it to https://api.example/v4 alone."
    )


@pytest.mark.parametrize("url", ["https://me:hunter2@api.example", "https://me:hunter2@api ex"])
def test_a_password_in_the_address_is_refused_and_not_shown(url: str) -> None:
    failure = problem(base_url=url)

    assert failure is not None
    assert "hunter2" not in str(failure)


@pytest.mark.parametrize("account", ["", "a/b", "..", "a?b", "a b", "a%2f"])
def test_a_bad_account_id_names_its_variable(account: str) -> None:
    assert "CLOUDFLARE_ACCOUNT_ID" in str(problem(account_id=account))


@pytest.mark.parametrize("token", ["", "two words", "s3cret\n", "schlüssel"])
def test_a_bad_token_names_its_variable_and_is_not_shown(token: str) -> None:
    failure = problem(token=token)

    assert "CLOUDFLARE_API_TOKEN" in str(failure)
    assert not token or token not in str(failure)


@pytest.mark.parametrize(
    "headers",
    [
        (("x y", "s3cret"),),
        (("", "s3cret"),),
        (("x", "s3cret\n"),),
        (("x", "s3cret\r\ny: z"),),
        (("x", "s3crét"),),
        (("x", ""),),
        (("x", "s3cret "),),
    ],
)
def test_a_bad_header_names_its_variable_and_is_not_shown(
    headers: tuple[tuple[str, str], ...],
) -> None:
    # httpx would raise for it, with the value in the message.
    assert str(problem(headers=headers)) == (
        "A header has characters that none has: correct WORKERS_AI_HEADERS."
    )


@pytest.mark.parametrize(
    ("gateway", "named"),
    [
        (Gateway(id="a/b"), "WORKERS_AI_GATEWAY"),
        (Gateway(id=".."), "WORKERS_AI_GATEWAY"),
        (Gateway(id=""), "WORKERS_AI_GATEWAY"),
        (Gateway(id="a", token="two words"), "WORKERS_AI_GATEWAY_TOKEN"),
        (Gateway(id="a", metadata="{"), "workersAI.gateway.metadata"),
        (Gateway(id="a", metadata="[]"), "workersAI.gateway.metadata"),
    ],
)
@pytest.mark.parametrize("kind", ["rest", "gateway"])
def test_a_bad_gateway_names_its_setting(gateway: Gateway, named: str, kind: str) -> None:
    failure = str(problem(kind=kind, gateway=gateway))

    assert f"{named}." in failure
    assert "two words" not in failure


def test_the_endpoint_gateway_needs_a_gateway() -> None:
    assert "set WORKERS_AI_GATEWAY" in str(problem(kind="gateway"))


def test_headers_may_stand_in_for_the_token() -> None:
    assert problem(token="", headers=(("authorization", "Bearer x"),)) is None


@pytest.mark.parametrize("kind", ["openai", "worker"])
def test_a_server_of_ones_own_needs_neither_account_nor_token(kind: str) -> None:
    assert problem(kind=kind, account_id="", token="") is None


def test_no_secret_is_in_the_repr() -> None:
    endpoint = Endpoint(
        account_id="a",
        token="s3cret",
        headers=(("x", "s3cret"),),
        gateway=Gateway(id="a", token="s3cret"),
    )

    assert "s3cret" not in repr(endpoint)


@pytest.mark.parametrize(
    ("url", "is_cloudflare"),
    [
        ("https://api.cloudflare.com/client/v4", True),
        ("https://proxy.example/client/v4/", True),
        ("https://api.cloudflare.com/client/v4/accounts/a/ai/v1", False),
        ("http://127.0.0.1:11434/v1", False),
    ],
)
def test_which_openai_compatible_server_is_cloudflares(url: str, is_cloudflare: bool) -> None:  # noqa: FBT001 - a table
    assert Endpoint(kind="openai", base_url=url).is_cloudflare is is_cloudflare


@pytest.mark.parametrize(
    "model_id",
    ["@cf/a/b", "@hf/thebloke/x-6.7b-awq", "@local/x", "gpt-oss:20b", "a.b_c", "..a/b"],
)
def test_model_ids(model_id: str) -> None:
    assert is_model_id(model_id)


@pytest.mark.parametrize(
    "model_id",
    ["", "@cf/../x", "..", "@cf/./x", "@cf//x", "/x", "x/", "@cf/a?b", "@cf/a#b", "@cf/a%2fb", "ä"],
)
def test_what_would_lead_elsewhere_is_no_model_id(model_id: str) -> None:
    assert not is_model_id(model_id)


@pytest.mark.parametrize("slash", ["", "/", "//"])
def test_the_url_of_a_model_keeps_its_characters(slash: str) -> None:
    endpoint = Endpoint(account_id="a1", token="t", base_url=f"https://h.example/v4{slash}")

    asked = Request(model="@cf/q/m-1.5", max_tokens=1, messages=(Message("user", "Hi"),))

    assert call(endpoint, asked).url == "https://h.example/v4/accounts/a1/ai/run/@cf/q/m-1.5"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://api.example/v4", "api.example"),
        ("http://127.0.0.1:8787", "127.0.0.1:8787"),
        ("http://[::1]:1", "[::1]:1"),
        ("nonsense", "nonsense"),
    ],
)
def test_messages_call_it_by_host_and_port(url: str, host: str) -> None:
    assert Endpoint(account_id="a", token="t", base_url=url).host == host
