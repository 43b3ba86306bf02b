import re

import attrs
import pytest

from workers_ai_ls.workers_ai import BadEndpoint, Endpoint, endpoint_problem, is_model_id
from workers_ai_ls.workers_ai.endpoint import run_url

GOOD = Endpoint(account_id="a1b2", token="s3cret", base_url="https://api.example/v4")


def problem(**changes: str) -> BadEndpoint | None:
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


def test_the_token_is_not_in_the_repr() -> None:
    assert "s3cret" not in repr(Endpoint(account_id="a", token="s3cret"))


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

    assert run_url(endpoint, "@cf/q/m-1.5") == "https://h.example/v4/accounts/a1/ai/run/@cf/q/m-1.5"


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
