"""What requests have in common, so that the endpoint's prefix cache serves what it has read."""

from __future__ import annotations

import hashlib
import itertools
import subprocess
import sys

import pytest

from workers_ai_ls.actions import ACTIONS, Action
from workers_ai_ls.context import Prompt, Selection, gather
from workers_ai_ls.jobs.preparing import with_settings
from workers_ai_ls.jobs.prompting import write_prompt
from workers_ai_ls.jobs.requesting import request_of, session_of
from workers_ai_ls.settings import Prompts, Settings
from workers_ai_ls.syntax import language_for
from workers_ai_ls.text import snapshot_of
from workers_ai_ls.workers_ai import model

URI = "file:///home/ada/secret_project/half.py"
CODE = (
    "import math\nimport os\n\n\nclass Half:\n    def one(self, x):\n        return x / 2\n\n"
    "    def two(self, x):\n        return math.floor(x / 2)\n\n\n"
    "def three(x):\n    return os.sep * x\n"
)
HELPED = Settings(prompts=Prompts(system="Our house uses tabs."))


def prompt_at(action: Action, words: str) -> Prompt:
    snapshot = snapshot_of(URI, "python", 1, CODE)
    at = CODE.index(words)
    language = language_for("python", "half.py")
    selection = Selection(snapshot, at, at, language, path="half.py")
    material = with_settings(action.prepare(gather(selection, instruction="Do.")), action, HELPED)
    return write_prompt(action, material, model("@cf/qwen/qwen2.5-coder-32b-instruct"), HELPED)


def beginning(first: str, second: str) -> str:
    """What both begin with."""
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))
    return "".join(one for one, _ in pairs)


@pytest.mark.parametrize("action", [one for one in ACTIONS if not one.wants_tests])
def test_prompts_for_two_places_share_all_that_does_not_depend_on_the_place(
    action: Action,
) -> None:
    first, second = (prompt_at(action, words) for words in ("return x / 2", "return os.sep"))
    shared = beginning(first.text(), second.text())

    assert first.turns[0] == second.turns[0]
    assert "Our house uses tabs." in first.turns[0].content
    for words in ("File: half.py (Python)", "import math", "import os"):
        assert words in shared
    assert "return" not in shared.partition("[user]")[2]


def test_two_methods_of_a_class_share_its_header_too() -> None:
    action = next(one for one in ACTIONS if one.name == "explain")
    first, second = (prompt_at(action, words) for words in ("return x / 2", "return math.floor"))
    shared = beginning(first.text(), second.text())
    assert "class Half:" in shared


def test_a_session_is_the_documents_and_tells_nothing_of_it() -> None:
    session = session_of(URI)
    assert session == session_of(URI)
    assert session != session_of("file:///home/ada/other.py")
    assert session not in (
        hashlib.blake2b(URI.encode(), digest_size=16).hexdigest(),
        hashlib.md5(URI.encode()).hexdigest(),  # noqa: S324 - to see that it is not that
    )
    assert session_of("untitled:\ud83d")


def test_another_server_process_has_other_sessions() -> None:
    program = f"from workers_ai_ls.jobs.requesting import session_of; print(session_of({URI!r}))"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True, timeout=60
    )
    assert len(ran.stdout.strip()) == 32
    assert ran.stdout.strip() != session_of(URI)


@pytest.mark.parametrize("style", ["scoped", "unscoped", "raw"])
def test_every_request_names_the_session(style: str) -> None:
    prompt = prompt_at(ACTIONS[0], "return os.sep")
    known = model("@cf/qwen/qwen2.5-coder-32b-instruct")
    settings = Settings(prompt_style=style)  # type: ignore[arg-type] # one of the three
    assert request_of(prompt, known, settings, "abc").session == "abc"
