"""Which model is asked where the wanted one is withdrawn, and that nobody waits for an answer."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, cast

import attrs
import pytest

from workers_ai_ls.jobs.successors import Successors
from workers_ai_ls.settings import SETTINGS, Origin, Resolved, Settings
from workers_ai_ls.workers_ai import DEFAULT_MODEL, alternative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.jobs import Editor

OLD = "@hf/thebloke/deepseek-coder-6.7b-instruct-awq"
NEW = alternative(OLD)
CLOUDFLARE = Settings(model=OLD)
DEFAULT = Origin("default")


@attrs.define
class Talker:
    """An editor's messages and questions; nobody answers before `answer` is set."""

    told: list[str] = attrs.field(factory=list)
    questions: list[str] = attrs.field(factory=list)
    answer: asyncio.Future[str | None] = attrs.field(
        factory=lambda: asyncio.get_running_loop().create_future()
    )

    def tell(self, level: str, sentence: str) -> None:
        assert level == "warning"
        self.told.append(sentence)

    async def ask(self, question: str, choices: Sequence[str]) -> str | None:
        assert len(choices) == 2
        self.questions.append(question)
        return await self.answer


def resolved(settings: Settings, origin: Origin = DEFAULT) -> Resolved:
    origins = {one.name: DEFAULT for one in SETTINGS} | {"model": origin}
    return Resolved(settings, origins, (), Path("/home/ada/config.toml"))


@pytest.mark.parametrize(
    "settings",
    [
        CLOUDFLARE,
        Settings(model=OLD, endpoint="openai"),
        Settings(model=OLD, endpoint="gateway"),
        Settings(model=OLD, base_url="https://API.cloudflare.com:443/client/v4/"),
    ],
)
def test_cloudflare_is_not_asked_for_what_the_catalogue_calls_withdrawn(
    settings: Settings,
) -> None:
    assert Successors().now(settings) == NEW


@pytest.mark.parametrize(
    "settings",
    [
        Settings(model=OLD, base_url="http://127.0.0.1:8484/client/v4"),
        Settings(model=OLD, endpoint="openai", base_url="http://127.0.0.1:11434/v1"),
        Settings(model=OLD, endpoint="worker", base_url="https://ai.team.example/run"),
        Settings(model=OLD, endpoint="worker"),
    ],
)
def test_an_endpoint_of_ones_own_is_asked_for_exactly_that_model(settings: Settings) -> None:
    assert Successors().now(settings) == OLD


@pytest.mark.parametrize("model", ["@cf/qwen/qwen3-30b-a3b-fp8", "@cf/new/one", "qwen2.5-coder:7b"])
def test_a_model_that_is_not_known_to_be_withdrawn_is_asked(model: str) -> None:
    assert Successors().now(Settings(model=model)) == model


def test_without_a_choice_it_is_the_default() -> None:
    assert Successors().now(Settings()) == DEFAULT_MODEL


def test_what_one_endpoint_has_said_holds_for_no_other() -> None:
    successors = Successors()
    one, other = (Settings(base_url=f"http://127.0.0.1:{port}/v4") for port in (1, 2))
    successors.answered(resolved(one), "@cf/new/one")
    assert successors.now(one) == "@cf/new/one"
    assert successors.now(other) == DEFAULT_MODEL
    assert successors.now(attrs.evolve(one, model=OLD)) == OLD


async def test_nothing_is_told_where_the_wanted_model_answers() -> None:
    talker, successors = Talker(), Successors()
    successors.answered(resolved(Settings()), DEFAULT_MODEL)
    successors.tell(cast("Editor", talker))
    assert talker.told == talker.questions == []


@pytest.mark.parametrize(
    ("origin", "remedy"),
    [
        (Origin("environment", "WORKERS_AI_MODEL"), "set WORKERS_AI_MODEL to it."),
        (Origin("editor"), "set workersAI.model to it in the editor's settings."),
        (
            Origin("workspace file", "/w/.workers-ai.toml"),
            "set workersAI.model to it in /w/.workers-ai.toml.",
        ),
    ],
)
async def test_where_the_user_file_would_be_overruled_the_place_is_named(
    origin: Origin, remedy: str
) -> None:
    talker, successors = Talker(), Successors()
    for _ in range(2):
        successors.answered(resolved(CLOUDFLARE, origin), NEW)
        successors.tell(cast("Editor", talker))
    (sentence,) = talker.told
    assert OLD in sentence
    assert sentence.endswith(remedy)
    assert talker.questions == []


async def test_a_question_is_waited_for_by_nobody_and_ends_with_the_server() -> None:
    talker, successors = Talker(), Successors()
    successors.answered(resolved(CLOUDFLARE, Origin("user file", "x")), NEW)
    successors.tell(cast("Editor", talker))
    assert talker.questions == []
    await asyncio.sleep(0)
    assert len(talker.questions) == 1
    async with asyncio.timeout(5):
        await successors.close()
    assert talker.told == []
    assert talker.answer.cancelled()


async def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    talker, successors = Talker(), Successors()
    broken = tmp_path / "config.toml"
    broken.write_text("[workersAI\n")
    known = attrs.evolve(resolved(CLOUDFLARE, Origin("user file", "x")), user_file=broken)
    successors.answered(known, NEW)
    successors.tell(cast("Editor", talker))
    talker.answer.set_result(f"Use {NEW.rpartition('/')[2]}")
    async with asyncio.timeout(5):
        while not talker.told:  # noqa: ASYNC110 - the task is the successors' own
            await asyncio.sleep(0.01)
    assert str(broken) in talker.told[0]
    assert broken.read_text() == "[workersAI\n"
