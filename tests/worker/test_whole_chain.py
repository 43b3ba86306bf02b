"""From an editor through the language server and the Worker on real workerd to a real model."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.lsp_editor import lsp_editor
from tests.worker.team_worker import TeamWorker, team_worker
from tests.workers_ai_local.real_model import real_model
from workers_ai_local import LocalEndpoint, start_local

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.worker

CODE = "def even_numbers(numbers):\n    ┃return [n for n in numbers if n % 2 == 0]\n"
_LIMIT_S = 90


@pytest.fixture(scope="module")
def local() -> Iterator[LocalEndpoint]:
    with start_local(real_model()) as running:
        yield running


@pytest.fixture(scope="module")
def worker(local: LocalEndpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TeamWorker]:
    with team_worker(local, tmp_path_factory.mktemp("wrangler")) as running:
        yield running


def settings_for(worker: TeamWorker, model: str, key: str) -> dict[str, str]:
    """The environment of a developer whom `server/worker/README.md` has set up."""
    return {
        "WORKERS_AI_ENDPOINT": "worker",
        "WORKERS_AI_BASE_URL": f"{worker.url}/run",
        "WORKERS_AI_HEADERS": f"authorization: Bearer {key}",
        "WORKERS_AI_MODEL": model,
    }


async def test_an_explanation_streams_into_the_editor(
    worker: TeamWorker, local: LocalEndpoint, tmp_path: Path
) -> None:
    arrived: list[tuple[float, str]] = []
    async with lsp_editor(
        tmp_path,
        environment=settings_for(worker, local.model, worker.key),
        options={"streamAnswers": True},
    ) as editor:

        def grows(params: Any) -> None:
            if getattr(params, "delta", None):
                arrived.append((time.monotonic(), params.delta))

        editor.client.feature("$/workers-ai/answer")(grows)
        uri = editor.open("even.py", CODE)
        await editor.choose("AI: Explain")
        await editor.until(lambda: editor.ends, "the answer", _LIMIT_S)
        assert (editor.ends[-1].message or "").startswith("done in"), editor.messages
        assert editor.text(uri) == CODE.replace("┃", "")
    assert len("".join(text for _, text in arrived)) > 80
    # A buffer anywhere on the way would let everything come at once.
    assert arrived[-1][0] - arrived[0][0] > 0.5
    assert len({round(at, 1) for at, _ in arrived}) >= 5


async def test_a_wrong_key_says_what_the_team_says(
    worker: TeamWorker, local: LocalEndpoint, tmp_path: Path
) -> None:
    async with lsp_editor(
        tmp_path, environment=settings_for(worker, local.model, "wai_another")
    ) as editor:
        uri = editor.open("even.py", CODE)
        await editor.choose("AI: Refactor")
        assert await editor.ended() == "failed"
        await editor.until(lambda: editor.messages, "a message")
        assert "does not accept the credentials" in editor.messages[0]
        assert "ask for a new one" in editor.messages[0]
        assert editor.text(uri) == CODE.replace("┃", "")
