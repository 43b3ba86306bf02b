"""`run` over the real LSP path: what it prints where, and what it leaves on disk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.command import ANSWER, HALF, REWRITTEN, TESTS, command, work
from tests.scripted_endpoint import ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from pathlib import Path

DIFFERENCE = (
    "--- a/half.py\n"
    "+++ b/half.py\n"
    "@@ -2,8 +2,7 @@\n"
    " \n"
    " \n"
    " def half(x):\n"
    "-    y = x / 2\n"
    "-    return y\n"
    "+    return x / 2\n"
    " \n"
    " \n"
    " print(half(4))\n"
)


async def test_explain_streams_the_markdown_to_standard_output(tmp_path: Path) -> None:
    work(tmp_path)
    async with ScriptedEndpoint(native_stream("`half` ", "halves 😋.")) as endpoint:
        result = await command(tmp_path, "run", "explain", "half.py:5", endpoint=endpoint)

    assert (result.code, result.out) == (0, "`half` halves 😋.\n")
    assert result.sentences == []
    assert "waiting for qwen2.5-coder-32b-instruct\n" in result.err
    sent = endpoint.requests[0].body["messages"][-1]["content"]
    assert "def half(x):" in sent
    assert "print(half(4))" not in sent.partition("Selected code:")[2]


async def test_refactor_prints_the_difference_and_writes_nothing(tmp_path: Path) -> None:
    path = work(tmp_path)
    async with ScriptedEndpoint(native_stream(*ANSWER)) as endpoint:
        result = await command(tmp_path, "run", "refactor", "half.py:5", endpoint=endpoint)

    assert (result.code, result.out) == (0, DIFFERENCE)
    assert result.sentences == ["Nothing was written; --write writes half.py."]
    assert path.read_text() == HALF


async def test_diff_prints_nothing_else(tmp_path: Path) -> None:
    work(tmp_path)
    async with ScriptedEndpoint(native_stream(*ANSWER)) as endpoint:
        arguments = ("run", "refactor", "half.py:4-6", "--diff")
        result = await command(tmp_path, *arguments, endpoint=endpoint)

    assert (result.code, result.out) == (0, DIFFERENCE)


async def test_write_writes_and_says_what(tmp_path: Path) -> None:
    path = work(tmp_path)
    async with ScriptedEndpoint(native_stream(*ANSWER)) as endpoint:
        arguments = ("run", "refactor", "half.py:5", "--write")
        result = await command(tmp_path, *arguments, endpoint=endpoint)

    assert (result.code, result.out) == (0, DIFFERENCE)
    assert result.sentences == ["Wrote half.py."]
    assert path.read_text() == REWRITTEN


async def test_line_ends_mark_and_mode_of_a_file_stay(tmp_path: Path) -> None:
    dos = HALF.replace("def", "# 😋\n\ndef").replace("\n", "\r\n")
    path = work(tmp_path, b"\xef\xbb\xbf" + dos.encode())
    path.chmod(0o744)
    async with ScriptedEndpoint(native_stream(*ANSWER)) as endpoint:
        arguments = ("run", "refactor", "half.py:7", "--write")
        result = await command(tmp_path, *arguments, endpoint=endpoint)

    assert result.code == 0
    wanted = dos.replace("    y = x / 2\r\n    return y\r\n", "    return x / 2\r\n")
    assert path.read_bytes() == b"\xef\xbb\xbf" + wanted.encode()
    assert path.stat().st_mode & 0o777 == 0o744


async def test_tests_are_a_new_file_in_a_new_folder(tmp_path: Path) -> None:
    path = work(tmp_path)
    async with ScriptedEndpoint(native_stream(TESTS)) as endpoint:
        arguments = ("run", "tests", "half.py:5", "--write")
        result = await command(tmp_path, *arguments, endpoint=endpoint)

    assert result.code == 0
    assert result.out.startswith("--- /dev/null\n+++ b/tests/test_half.py\n@@ -0,0 +1,5 @@\n")
    assert result.sentences == [
        (
            "AI: Write tests: 1 test written to tests/test_half.py; run it with: "
            "`python -m pytest tests/test_half.py`."
        ),
        "Wrote tests/test_half.py (new).",
    ]
    created = path.parent / "tests" / "test_half.py"
    assert created.read_text().startswith("from half import half\n")
    assert path.read_text() == HALF


async def test_edit_takes_an_instruction(tmp_path: Path) -> None:
    work(tmp_path)
    async with ScriptedEndpoint(native_stream(*ANSWER)) as endpoint:
        arguments = ("run", "edit", "half.py:5", "-i", "drop the variable")
        result = await command(tmp_path, *arguments, endpoint=endpoint)

    assert (result.code, result.out) == (0, DIFFERENCE)
    assert "drop the variable" in endpoint.requests[0].body["messages"][-1]["content"]


async def test_json_holds_the_whole_outcome(tmp_path: Path) -> None:
    path = work(tmp_path)
    async with ScriptedEndpoint(native_stream(*ANSWER)) as endpoint:
        arguments = ("run", "refactor", "half.py:5", "--json")
        result = await command(tmp_path, *arguments, endpoint=endpoint)

    data = json.loads(result.out)
    assert data.pop("ended").startswith("done in ")
    assert data == {
        "exitCode": 0,
        "answer": "".join(ANSWER),
        "explanation": None,
        "messages": [],
        "files": [{"path": str(path), "before": HALF, "after": REWRITTEN}],
        "written": False,
    }


async def test_an_explanation_that_is_cut_off_ends_with_its_note(tmp_path: Path) -> None:
    work(tmp_path)
    user = tmp_path / "home" / ".config" / "workers-ai-language-server" / "config.toml"
    user.parent.mkdir(parents=True)
    user.write_text("[workersAI]\nmaxTokens = 4\n")
    async with ScriptedEndpoint(native_stream("`half` halves ", "what it")) as endpoint:
        result = await command(tmp_path, "run", "explain", "half.py:5", endpoint=endpoint)

    assert endpoint.requests[0].body["max_tokens"] == 4
    assert result.out.startswith("`half` halves what it\n\n*The answer ends here")
    assert result.out.endswith("*\n")


async def test_a_preview_in_the_user_file_is_for_editors(tmp_path: Path) -> None:
    work(tmp_path)
    (tmp_path / "project" / ".workers-ai.toml").write_text('[workersAI]\napply = "preview"\n')
    async with ScriptedEndpoint(native_stream(*ANSWER)) as endpoint:
        result = await command(tmp_path, "run", "refactor", "half.py:5", endpoint=endpoint)

    assert (result.code, result.out) == (0, DIFFERENCE)


async def test_a_bad_setting_is_told_and_spoils_nothing(tmp_path: Path) -> None:
    work(tmp_path)
    (tmp_path / "project" / ".workers-ai.toml").write_text("[workersAI]\ntemperature = 99\n")
    async with ScriptedEndpoint(native_stream("Fine.")) as endpoint:
        result = await command(tmp_path, "run", "explain", "half.py:5", endpoint=endpoint)

    assert (result.code, result.out) == (0, "Fine.\n")
    assert [line for line in result.sentences if "workersAI.temperature" in line]


PROSE = "I would rather not change this function at all, sorry."
LEFT_OUT = "```python\ndef half(x):\n    # ... rest of the code\n```"
ENDINGS = {
    "ALREADY FINE": (0, "nothing to improve"),
    PROSE: (3, "read the answer above"),
    LEFT_OUT: (3, "left"),
}


@pytest.mark.parametrize("answer", ENDINGS)
async def test_an_answer_that_is_not_used_leaves_the_file_and_says_why(
    tmp_path: Path, answer: str
) -> None:
    code, reason = ENDINGS[answer]
    path = work(tmp_path)
    async with ScriptedEndpoint(native_stream(answer)) as endpoint:
        arguments = ("run", "refactor", "half.py:5", "--write")
        result = await command(tmp_path, *arguments, endpoint=endpoint)

    assert (result.code, result.out) == (code, "")
    *shown, sentence = result.sentences
    assert shown == (answer.splitlines() if code else [])
    assert sentence.startswith("AI: Refactor: ")
    assert reason in sentence
    assert "Apply anyway" not in sentence
    assert path.read_text() == HALF


async def test_paths_lead_from_where_we_stand_or_from_a_folder_that_is_named(
    tmp_path: Path,
) -> None:
    path = work(tmp_path)
    inside = path.parent / "inside"
    inside.mkdir()
    async with ScriptedEndpoint(native_stream(*ANSWER)) as endpoint:
        outer = await command(
            tmp_path, "run", "refactor", str(path), "--diff", endpoint=endpoint, cwd=tmp_path
        )
        inner = await command(
            tmp_path, "run", "refactor", "../half.py:5", "--diff", endpoint=endpoint, cwd=inside
        )

    assert outer.out.startswith("--- a/project/half.py\n+++ b/project/half.py\n")
    assert inner.out.startswith("--- a/half.py\n+++ b/half.py\n")
    relative = f"The paths in this difference are relative to {path.parent}."
    assert relative in inner.sentences
    assert relative not in outer.sentences
