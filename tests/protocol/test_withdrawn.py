"""A withdrawn model: another one answers, the user is told once, and asked where that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.raw_client import EDITS, PROGRESS, SILENCE, raw_client
from tests.scripted_endpoint import ScriptedEndpoint, error_answer, native_stream
from workers_ai_ls.workers_ai import DEFAULT_MODEL, alternative

if TYPE_CHECKING:
    from pathlib import Path

    from tests.raw_client import RawClient

PLAIN = "def half(x):\n    return x / 2\n"
OLD = "@hf/thebloke/deepseek-coder-6.7b-instruct-awq"
GONE = error_answer(410, 5028, "This model has been deprecated")
GOOD = native_stream("It halves.")
ASKS = {
    **EDITS,
    "window": {"workDoneProgress": True, "showMessage": {"messageActionItem": {}}},
}
QUESTION = "window/showMessageRequest"


def user_file(folder: Path, model: str = OLD) -> Path:
    """The user's settings, with a comment that is to stay."""
    path = folder / "home" / ".config" / "workers-ai-language-server" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(f'# mine\n[workersAI]\nmodel = "{model}"\nanswerLanguage = "Deutsch"\n')
    path.chmod(0o600)
    return path


def asked(endpoint: ScriptedEndpoint) -> list[str]:
    """The models that were asked."""
    return ["@" + received.path.partition("/@")[2] for received in endpoint.requests]


async def explain(client: RawClient, name: str = "half.py") -> str:
    """Explain a new document; returns how it ended."""
    seen = len(client.received)
    client.open(name, PLAIN)
    await client.execute("workers-ai.explain", name, 1, 1)
    message = await client.find(
        lambda each: (
            each.get("method") == "$/progress" and each["params"]["value"]["kind"] == "end"
        ),
        seen,
    )
    # Its reply comes after everything that was told before.
    await client.titles(f"{client.folder.as_uri()}/{name}")
    return str(message["params"]["value"]["message"])


def told(client: RawClient) -> list[str]:
    """Messages but those that show an explanation, where nothing else can."""
    return [message for message in client.shown if "has withdrawn" in message]


def questions(client: RawClient) -> list[Any]:
    return [each["params"] for each in client.received if each.get("method") == QUESTION]


async def test_a_withdrawn_default_moves_to_its_successor_and_says_so_once(tmp_path: Path) -> None:
    successor = alternative(DEFAULT_MODEL)
    async with (
        ScriptedEndpoint(GONE, GOOD) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        await client.initialize(ASKS)
        assert (await explain(client)).startswith("done")
        assert (await explain(client, "again.py")).startswith("done")

        assert asked(endpoint) == [DEFAULT_MODEL, successor, successor]
        (message,) = told(client)
        assert f"the default model {DEFAULT_MODEL}, so {successor} answers" in message
        assert message.endswith(".")
        assert questions(client) == []


async def test_it_is_told_after_the_end_of_the_progress(tmp_path: Path) -> None:
    """Helix shows both on its last line: the later one is what stays there."""
    async with (
        ScriptedEndpoint(GONE, GOOD) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        await client.initialize({**PROGRESS, **EDITS})
        await explain(client)
        ends = [
            place
            for place, each in enumerate(client.received)
            if each.get("method") == "$/progress" and each["params"]["value"]["kind"] == "end"
        ]
        said = [
            place
            for place, each in enumerate(client.received)
            if each.get("method") == "window/showMessage"
            and "has withdrawn" in each["params"]["message"]
        ]
        assert said > ends


@pytest.mark.parametrize("choice", ["first", "second", "none"])
async def test_a_chosen_one_offers_to_write_its_successor_to_the_user_file(
    tmp_path: Path, choice: str
) -> None:
    path, new = user_file(tmp_path), alternative(OLD)
    before = path.read_text()

    def chosen(params: Any) -> Any:
        return {"first": params["actions"][0], "second": params["actions"][1]}.get(choice)

    async with (
        ScriptedEndpoint(GONE, GOOD) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        client.answers[QUESTION] = chosen
        await client.initialize(ASKS)
        assert (await explain(client)).startswith("done")
        question = await client.called(QUESTION)
        assert OLD in question["message"]
        assert new in question["message"]
        assert str(path) in question["message"]
        assert (await explain(client, "again.py")).startswith("done")

        assert asked(endpoint) == [OLD, new, new]
        assert len(questions(client)) == 1
        assert told(client) == []
        await client.exit()
    expected = before.replace(OLD, new) if choice == "first" else before
    assert sorted(path.read_text().split("\n")) == sorted(expected.split("\n"))


@pytest.mark.parametrize("answer", ["refused", "not declared"])
async def test_without_a_question_the_sentence_says_what_to_set(
    tmp_path: Path, answer: str
) -> None:
    """Helix 25.07 declares the question and does not know it."""
    path = user_file(tmp_path)
    async with (
        ScriptedEndpoint(GONE, GOOD) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        client.answers[QUESTION] = {"error": {"code": -32601, "message": "no such method"}}
        await client.initialize(ASKS if answer == "refused" else {**PROGRESS, **EDITS})
        assert (await explain(client)).startswith("done")
        await client.find(
            lambda each: (
                each.get("method") == "window/showMessage"
                and "has withdrawn" in each["params"]["message"]
            )
        )
        (message,) = told(client)
        assert message.endswith(f"set workersAI.model to it in {path}.")
        assert len(questions(client)) == (answer == "refused")


async def test_a_question_that_nobody_answers_stops_nothing(tmp_path: Path) -> None:
    user_file(tmp_path)
    async with (
        ScriptedEndpoint(GONE, GOOD) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        client.answers[QUESTION] = SILENCE
        await client.initialize(ASKS)
        assert (await explain(client)).startswith("done")
        await client.called(QUESTION)
        assert (await explain(client, "again.py")).startswith("done")
        assert await client.exit() == 0


async def test_a_model_of_the_environment_is_told_to_be_changed_there(tmp_path: Path) -> None:
    path = user_file(tmp_path, "@cf/meta/llama-3.1-8b-instruct-fp8")
    before = path.read_text()
    given = {"WORKERS_AI_MODEL": OLD}
    async with (
        ScriptedEndpoint(GONE, GOOD) as endpoint,
        raw_client(tmp_path, endpoint, given) as client,
    ):
        await client.initialize(ASKS)
        assert (await explain(client)).startswith("done")
        (message,) = told(client)
        assert message.endswith("set WORKERS_AI_MODEL to it.")
        assert questions(client) == []
    assert path.read_text() == before


async def test_an_endpoint_of_ones_own_is_asked_for_the_chosen_model(tmp_path: Path) -> None:
    given = {"WORKERS_AI_MODEL": OLD}
    async with (
        ScriptedEndpoint(GOOD) as endpoint,
        raw_client(tmp_path, endpoint, given) as client,
    ):
        await client.initialize(ASKS)
        assert (await explain(client)).startswith("done")
        assert asked(endpoint) == [OLD]
        assert told(client) == questions(client) == []


async def test_the_failure_is_the_first_ones_where_no_successor_helps(tmp_path: Path) -> None:
    nobody = error_answer(400, 5007, "No such model")
    async with (
        ScriptedEndpoint(GONE, nobody, GOOD) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        await client.initialize(ASKS)
        assert await explain(client) == "failed"
        (message,) = told(client)
        assert f"withdrawn the model {DEFAULT_MODEL}" in message
        # Nothing was learnt by that.
        assert (await explain(client, "again.py")).startswith("done")
        assert asked(endpoint)[-1] == DEFAULT_MODEL
