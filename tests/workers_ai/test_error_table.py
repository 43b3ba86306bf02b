import random

import attrs
import pytest

from tests.scripted_endpoint import ScriptedEndpoint, error_answer
from tests.workers_ai.asking import KINDS, answer_of, client_of, endpoint_of_kind
from tests.workers_ai.error_table import AT, HOST, MODEL, ROWS
from workers_ai_ls import workers_ai as w


@pytest.mark.parametrize(("status", "code", "message", "kind", "tries", "sentence"), ROWS)
async def test_every_row_is_told_in_its_sentence_after_its_tries(
    status: int,
    code: int | str | None,
    message: str,
    kind: type[w.WireFailure],
    tries: int,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(random, "uniform", lambda low, _: low + 0.001)
    answer = error_answer(status, code, message)
    answer = attrs.evolve(answer, headers=(*answer.headers, *AT.items()))
    async with ScriptedEndpoint(answer) as endpoint, client_of(endpoint) as client:
        with pytest.raises(kind) as caught:
            await answer_of(client, model=MODEL)

        host = endpoint.base_url.split("/")[2]
        # The minute of 3021 has 34 s left, which is more than may be waited.
        assert len(endpoint.requests) == (1 if code == 3021 else tries)
    assert str(caught.value) == sentence.replace(HOST, host)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize(
    ("code", "failure", "requests"),
    [(3040, w.NoCapacity, 3), (3036, w.OutOfNeurons, 1), (5021, w.ContextOverflow, 1)],
)
async def test_every_kind_of_endpoint_tells_them(
    kind: str,
    code: int,
    failure: type[w.WireFailure],
    requests: int,
    stream: bool,  # noqa: FBT001 - a column of the table
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(random, "uniform", lambda low, _: low + 0.001)
    async with (
        ScriptedEndpoint(error_answer(429, code, "no")) as endpoint,
        w.open_client(endpoint_of_kind(kind, endpoint.base_url)) as client,
    ):
        with pytest.raises(failure):
            await answer_of(client, stream=stream)

        assert len(endpoint.requests) == requests
