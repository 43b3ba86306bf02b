"""`workers-ai-ls prompt`: what would be sent, without a server, an account or a connection."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.command import HALF, Result, command, work
from tests.redaction import made_up

if TYPE_CHECKING:
    from pathlib import Path

USING = "from half import half\n\n\ndef quarter(x):\n    return half(half(x))\n"


def sentences(result: Result) -> list[str]:
    """What is told on standard error, but for the index that a busy machine takes long to build."""
    return [line for line in result.sentences if not line.startswith("indexing project: ")]


async def data_of(folder: Path, *arguments: str, **environment: str) -> dict[str, Any]:
    """What `prompt --json` prints."""
    result = await command(folder, "prompt", *arguments, "--json", environment=environment)
    assert result.code == 0, result.err
    assert sentences(result) == []
    data: dict[str, Any] = json.loads(result.out)
    return data


async def test_json_says_all_that_is_measured(tmp_path: Path) -> None:
    work(tmp_path)
    work(tmp_path, USING, "quarter.py")
    data = await data_of(tmp_path, "refactor", "quarter.py:5")
    assert list(data) == [
        *("root", "action", "model", "messages", "prompt", "tokens", "maxTokens", "price"),
        *("context", "cut", "redacted", "words", "incomplete"),
    ]
    assert data["root"] == str((tmp_path / "project").resolve())
    assert data["action"] == "refactor"
    assert data["model"] == "@cf/qwen/qwen2.5-coder-32b-instruct"
    assert [each["role"] for each in data["messages"]] == ["system", "user"]
    assert "return half(half(x))" in data["messages"][1]["content"]
    assert data["tokens"] > 100
    assert 0 < data["price"]["usd"][0] < data["price"]["usd"][1]
    assert data["price"]["neurons"][0] < data["price"]["neurons"][1]
    used = next(each for each in data["context"] if each["file"] == "half.py")
    assert (used["first"], used["last"]) in {(4, 4), (4, 6)}
    assert used["kind"] in {"header", "body"}
    assert used["tokens"] > 0
    assert (data["cut"], data["redacted"], data["incomplete"]) == ([], {}, None)


async def test_people_get_the_page_that_an_editor_shows(tmp_path: Path) -> None:
    work(tmp_path, HALF.replace("x / 2", f'x / 2, "{made_up.GITHUB}"'))
    result = await command(tmp_path, "prompt", "explain", "half.py:4")
    assert result.code == 0, result.err
    assert result.out.startswith("# What would be sent about half.py, line 4\n")
    assert "## AI: Explain\n" in result.out
    assert "- Secrets replaced: github token (1)\n" in result.out
    assert "### Sent as user\n" in result.out
    assert made_up.GITHUB not in result.out


@pytest.mark.parametrize("budget", [0, 40, 160])
async def test_a_budget_limits_all_but_the_code_and_the_instructions(
    tmp_path: Path, budget: int
) -> None:
    above = "".join(f"def f{n}(x):\n    return x + {n}\n\n\n" for n in range(60))
    work(tmp_path, f"import math\n\n\n{above}def half(x):\n    return f1(f2(f3(x))) / 2\n")
    place = "half.py:245"
    bare = await data_of(tmp_path, "explain", place, "--budget", "0")
    data = await data_of(tmp_path, "explain", place, "--budget", str(budget))
    assert "return f1(f2(f3(x))) / 2" in data["messages"][1]["content"]
    more = len(data["messages"][1]["content"].encode()) - len(
        bare["messages"][1]["content"].encode()
    )
    assert more / 3 <= budget
    assert data["tokens"] - bare["tokens"] <= budget
    assert bool(data["context"]) == (budget == 160)
    assert data["cut"]


async def test_the_second_time_the_index_is_there_and_a_change_is_seen(tmp_path: Path) -> None:
    work(tmp_path)
    work(tmp_path, USING, "quarter.py")
    first = await data_of(tmp_path, "explain", "quarter.py:5")
    assert await data_of(tmp_path, "explain", "quarter.py:5") == first
    work(tmp_path, HALF.replace("def half(x)", "def half(x, exactly=True)"))
    again = await data_of(tmp_path, "explain", "quarter.py:5")
    assert "def half(x, exactly=True)" in again["messages"][1]["content"]


async def test_tests_are_foreseen_with_their_place(tmp_path: Path) -> None:
    work(tmp_path)
    data = await data_of(tmp_path, "tests", "half.py:4")
    assert "tests/test_half.py" in data["messages"][1]["content"]


async def test_an_edit_takes_an_instruction(tmp_path: Path) -> None:
    work(tmp_path)
    data = await data_of(tmp_path, "edit", "half.py:4", "-i", "return a float")
    assert "return a float" in data["messages"][1]["content"]
    result = await command(tmp_path, "prompt", "edit", "half.py:4")
    assert result.code == 1
    assert len(sentences(result)) == 1


async def test_model_and_prompt_style_are_those_of_the_settings_or_the_option(
    tmp_path: Path,
) -> None:
    work(tmp_path)
    work(tmp_path, '[workersAI]\npromptStyle = "unscoped"\nmodel = "@cf/a/b"\n', ".workers-ai.toml")
    data = await data_of(tmp_path, "explain", "half.py:4")
    assert (data["model"], data["price"], data["messages"]) == ("@cf/a/b", None, [])
    assert "def half(x)" in data["prompt"]
    other = await data_of(tmp_path, "explain", "half.py:4", "--model", "@cf/c/d")
    assert other["model"] == "@cf/c/d"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("explain", "none.py"), 2, "There is no file none.py"),
        (("explain", "half.py:99"), 2, "so there is no line 99"),
        (("explain", "half.py:4", "--workspace", "docs"), 2, "is not in"),
        (("explain", "half.py:4", "--model", "a b"), 1, "has no id that can be one"),
        (
            ("explain", ".env"),
            1,
            ".env is a file of secret settings, so nothing of it is ever sent",
        ),
        (("explain", "secret.py:1"), 1, "secret.py is kept out by the setting"),
        (("explain", "made.py:1"), 1, "made.py is ignored by this project"),
    ],
)
async def test_what_fails_is_one_sentence(
    tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    work(tmp_path)
    for name in ("secret.py", "made.py", ".env"):
        work(tmp_path, "x = 1\n", name)
    work(tmp_path, "made.py\n", ".gitignore")
    work(tmp_path, '[workersAI]\ncontext.exclude = ["secret.py"]\n', ".workers-ai.toml")
    (tmp_path / "project" / "docs").mkdir()
    result = await command(tmp_path, "prompt", *arguments)
    assert result.code == code
    assert told in result.err
    assert len(sentences(result)) == 1
    assert result.out == ""


async def test_a_file_that_is_kept_out_is_not_drawn_on(tmp_path: Path) -> None:
    work(tmp_path)
    work(tmp_path, USING, "quarter.py")
    work(tmp_path, "Be secretive.\n", "AGENTS.md")
    seen = await data_of(tmp_path, "explain", "quarter.py:5")
    assert seen["words"] == "AGENTS.md"
    assert "Be secretive." in json.dumps(seen["messages"])
    exclude = '[workersAI]\ncontext.exclude = ["half.py", "AGENTS.md"]\n'
    work(tmp_path, exclude, ".workers-ai.toml")
    data = await data_of(tmp_path, "explain", "quarter.py:5")
    assert data["words"] is None
    assert all(each["file"] == "quarter.py" for each in data["context"])
    assert "def half(x)" not in data["messages"][1]["content"]
    assert "Be secretive." not in json.dumps(data)


@pytest.mark.skipif(sys.platform == "win32", reason="a folder is made unwritable by its mode")
async def test_an_index_that_cannot_be_kept_is_told_and_does_no_harm(tmp_path: Path) -> None:
    work(tmp_path)
    cache = tmp_path / "home" / ".cache" / "workers-ai-language-server"
    cache.mkdir(parents=True)
    (cache / "index").write_text("in the way")
    result = await command(tmp_path, "prompt", "explain", "half.py:4", "--json")
    assert result.code == 0
    assert "cannot be kept in" in result.err
    assert len(sentences(result)) == 1
    assert json.loads(result.out)["action"] == "explain"
