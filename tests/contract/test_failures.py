"""The same failure is the same sentence through every kind of endpoint."""

from collections.abc import Iterator

import pytest

from tests.contract.kinds import (
    AT_CLOUDFLARE,
    GATEWAYS,
    KINDS,
    THROUGH_A_GATEWAY,
    answer_of,
    client_of,
    request_of,
)
from tests.workers_ai.error_table import HOST, MODEL, ROWS
from tests.workers_ai.reading import text_of
from workers_ai_local.replay import ReplayEndpoint, replaying
from workers_ai_ls import workers_ai as w

SEED = "@hf/thebloke/deepseek-coder-6.7b-instruct-awq"
LAYERS = {7000: "edge-router", 9106: "edge-router", 7001: "edge", 7003: "edge", 10000: "edge"}
LAYERS |= dict.fromkeys((2001, 2003, 2009), "gateway")
TOLD = [row for row in ROWS if row[1] is not None]


def refusal(number: int) -> dict[str, object]:
    status, code, message, *_ = TOLD[number]
    layer = LAYERS.get(code, "model") if isinstance(code, int) else "openai"
    # The minute of 3021 is the endpoint's clock, unless it says how long to wait.
    headers = {"retry-after": "34"} if code == 3021 else {}
    error = {"status": status, "code": code, "message": message, "layer": layer, "headers": headers}
    return {"when": f"row {number}.", "error": error}


ENDINGS: dict[str, tuple[dict[str, object], type[w.WireFailure]]] = {
    "cut": ({"pieces": ["a"], "end": "cut"}, w.BrokenStream),
    "dropped": ({"pieces": ["a"], "end": "drop"}, w.ConnectionLost),
    "failed": (
        {"pieces": ["a", {"frame": {"error": {"code": 3046, "message": "Request timeout"}}}]},
        w.ModelTimeout,
    ),
    "garbled": ({"pieces": ["a", {"raw": "data: nonsense\n\n"}]}, w.BrokenStream),
}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ReplayEndpoint]:
    replies = [
        *(refusal(number) for number in range(len(TOLD))),
        *({"when": name, **values} for name, (values, _) in ENDINGS.items()),
        {"text": "Hello"},
    ]
    script = {"models": [MODEL, "@cf/qwen/qwen2.5-coder-32b-instruct"], "replies": replies}
    with replaying(script, gateways=GATEWAYS) as at:
        yield at


def asking(at: ReplayEndpoint, words: str) -> w.Request:
    return request_of(at, messages=(w.Message("user", words),))


@pytest.mark.parametrize("number", range(len(TOLD)))
@pytest.mark.parametrize("kind", KINDS)
async def test_every_error_of_the_table(kind: str, number: int, endpoint: ReplayEndpoint) -> None:
    status, code, _, failure, _, sentence = TOLD[number]
    async with client_of(kind, endpoint) as client:
        with pytest.raises(failure) as caught:
            await answer_of(client, asking(endpoint, f"row {number}."))

    refused = caught.value.refusal
    assert type(caught.value) is failure
    assert (refused.status, refused.code) == (status, code)
    host = endpoint.base_url.split("/")[2]
    if kind in AT_CLOUDFLARE or not failure.own_sentence:
        assert str(caught.value) == sentence.replace(HOST, host)
    else:
        assert host in str(caught.value)
        assert "dashboard" not in str(caught.value)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", KINDS)
async def test_an_answer_that_ends_badly(kind: str, ending: str, endpoint: ReplayEndpoint) -> None:
    async with client_of(kind, endpoint) as client:
        events = client.stream(asking(endpoint, ending))
        begun = [await anext(events), await anext(events)]
        with pytest.raises(ENDINGS[ending][1]):
            await anext(events)

    assert text_of(begun) == "a"


@pytest.mark.parametrize("kind", KINDS)
async def test_a_wrong_token(kind: str, endpoint: ReplayEndpoint) -> None:
    async with client_of(kind, endpoint, token="wr0ng-t0ken") as client:
        for ask in (answer_of(client, asking(endpoint, "Hi")), client.check(endpoint.model)):
            with pytest.raises(w.BadToken) as caught:
                await ask
            assert (caught.value.refusal.status, caught.value.refusal.code) == (401, 10000)
            assert "wr0ng" not in str(caught.value)


@pytest.mark.parametrize("kind", ["openai anywhere", "worker"])
async def test_no_token(kind: str, endpoint: ReplayEndpoint) -> None:
    async with client_of(kind, endpoint, token="") as client:
        with pytest.raises(w.BadToken):
            await answer_of(client, asking(endpoint, "Hi"))


@pytest.mark.parametrize("kind", AT_CLOUDFLARE)
async def test_a_malformed_account(kind: str, endpoint: ReplayEndpoint) -> None:
    async with client_of(kind, endpoint, account_id="mine") as client:
        with pytest.raises(w.BadAccount):
            await answer_of(client, asking(endpoint, "Hi"))


@pytest.mark.parametrize("kind", AT_CLOUDFLARE)
async def test_an_account_that_is_not_the_tokens(kind: str) -> None:
    script = {"replies": [{"text": "Hello"}]}
    with replaying(script, account_id="f" * 32, gateways=GATEWAYS) as at:
        async with client_of(kind, at) as client:
            with pytest.raises(w.NoPermission):
                await answer_of(client, asking(at, "Hi"))


@pytest.mark.parametrize("kind", KINDS)
async def test_a_model_that_there_is_not(kind: str, endpoint: ReplayEndpoint) -> None:
    async with client_of(kind, endpoint) as client:
        with pytest.raises(w.NoSuchModel):
            await answer_of(client, request_of(endpoint, model="@cf/somebody/else"))


@pytest.mark.parametrize("kind", KINDS)
async def test_a_model_that_was_withdrawn(kind: str, endpoint: ReplayEndpoint) -> None:
    async with client_of(kind, endpoint) as client:
        with pytest.raises(w.ModelWithdrawn) as caught:
            await answer_of(client, request_of(endpoint, model=SEED))

    assert (caught.value.refusal.status, caught.value.refusal.code) == (410, 5028)
    assert caught.value.alternative == w.DEFAULT_MODEL


@pytest.mark.parametrize("kind", ["rest", "rest through a gateway", "gateway", "worker"])
async def test_a_parameter_that_breaks_the_schema(kind: str, endpoint: ReplayEndpoint) -> None:
    request = request_of(endpoint, model="@cf/qwen/qwen2.5-coder-32b-instruct", top_k=51)
    async with client_of(kind, endpoint) as client:
        with pytest.raises(w.BadRequest, match=r"\(.*'/top_k' must be <= 50.*\)"):
            await answer_of(client, request)


@pytest.mark.parametrize("kind", THROUGH_A_GATEWAY)
async def test_a_misnamed_gateway(kind: str, endpoint: ReplayEndpoint) -> None:
    async with client_of(kind, endpoint, gateway=w.Gateway(id="other")) as client:
        for ask in (answer_of(client, asking(endpoint, "Hi")), client.check(endpoint.model)):
            with pytest.raises(w.GatewayMissing):
                await ask


@pytest.mark.parametrize("token", ["", "wr0ng"])
async def test_a_gateway_that_asks_for_a_token(token: str, endpoint: ReplayEndpoint) -> None:
    gateway = w.Gateway(id="mine", token=token)
    async with client_of("gateway", endpoint, gateway=gateway) as client:
        with pytest.raises(w.GatewayRefused):
            await answer_of(client, asking(endpoint, "Hi"))


@pytest.mark.parametrize("kind", KINDS)
async def test_what_may_pass_is_sent_again(kind: str) -> None:
    busy = {"status": 429, "code": 3040, "message": "Capacity temporarily exceeded"}
    script = {"replies": [{"times": 2, "error": busy}, {"text": "Hello"}]}
    with replaying(script, gateways=GATEWAYS) as at:
        async with client_of(kind, at) as client:
            events = await answer_of(client, request_of(at))

    assert events[:2] == [w.Retrying(0.001, "busy")] * 2
    assert text_of(events) == "Hello"
