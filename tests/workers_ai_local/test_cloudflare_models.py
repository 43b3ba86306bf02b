"""Withdrawn models, and the two catalogues side by side."""

import pytest

from tests.workers_ai_local.wire import client, run
from workers_ai_local.cloudflare_models import CloudflareModel, cloudflare_models
from workers_ai_local.replay import replaying
from workers_ai_ls.workers_ai import all_models

SEED = "@hf/thebloke/deepseek-coder-6.7b-instruct-awq"
WITHDRAWN = [model for model in cloudflare_models().values() if model.withdrawn_on]


def test_they_agree_with_the_clients_catalogue() -> None:
    clients = {each.id: each for each in all_models() if not each.id.startswith("@local/")}
    assert cloudflare_models().keys() == clients.keys()
    for known in cloudflare_models().values():
        other = clients[known.id]
        price = other.price
        neurons = (price.neurons_per_m_input, price.neurons_per_m_output) if price else (0, 0)
        assert known.window in {None, other.context_window} or known.id.endswith("glm-5.3-flash")
        assert (known.withdrawn_on, known.neurons) == (other.withdrawn_on, neurons)


@pytest.mark.parametrize("model", WITHDRAWN, ids=lambda model: model.id)
def test_each_withdrawn_model_is_gone(model: CloudflareModel) -> None:
    with replaying({"replies": [{"text": "x"}]}) as endpoint:
        endpoint.model = model.id
        response = run(endpoint, {"prompt": "x"})
    (error,) = response.json()["errors"]
    assert (response.status_code, error["code"]) == (410, 5028)
    words = f"{model.id} was deprecated on {model.withdrawn_on}. See the model catalog for"
    assert error["message"].startswith(
        f"AiError: Model has been deprecated: {words} alternatives ("
    )


def test_there_are_35_and_both_deepseek_coders_are_among_them() -> None:
    assert len(WITHDRAWN) == 35
    assert {SEED, SEED.replace("instruct", "base")} <= {model.id for model in WITHDRAWN}


def test_a_withdrawn_model_works_again_where_it_is_served() -> None:
    with replaying({"replies": [{"text": "x"}], "models": [SEED]}) as endpoint:
        assert run(endpoint, {"prompt": "x"}).json()["result"]["response"] == "x"


def test_a_live_model_that_is_not_served_is_unknown_here() -> None:
    with replaying({"replies": [{"text": "x"}]}) as endpoint, client(endpoint) as http:
        response = http.post("/run/@cf/qwen/qwen3-30b-a3b-fp8", json={"prompt": "x"})
    assert (response.status_code, response.json()["errors"][0]["code"]) == (400, 5007)
