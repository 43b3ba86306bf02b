"""New tests are run before they are delivered, where the user's own settings allow that."""

from __future__ import annotations

import json
import shlex
import sys
from typing import TYPE_CHECKING

import pytest

from tests.protocol.verifying import HALF, PYTEST, RIGHT, WRONG, answer_of, verifying
from tests.scripted_endpoint import error_answer

if TYPE_CHECKING:
    from pathlib import Path

    from tests.scripted_endpoint import Answer

SLOW = "def test_slow():\n    while True:\n        pass"


async def test_tests_that_pass_are_told_with_the_command(tmp_path: Path) -> None:
    async with verifying(tmp_path) as user:
        course = await user.write(answer_of(RIGHT, RIGHT.replace("right", "also")))
        assert course.end.startswith("done")
        (message,) = course.messages
        assert message.startswith("AI: Write tests: 2 new tests, 2 passed (")
        assert "pytest -q -p no:cacheprovider test_half.py, " in message
        assert "2 tests written to test_half.py" in message
        ((outcome, detail),) = user.details()
        assert outcome == "applied"
        assert detail.startswith("2 new tests, 2 passed (")
        assert any((each.message or "") == "running the tests" for each in user.editor.progress)


async def test_running_them_leaves_nothing_behind(tmp_path: Path) -> None:
    async with verifying(tmp_path) as user:
        await user.write(
            answer_of(
                "def test_it(tmp_path):\n    open('left', 'w').close()\n    assert half(2) == 1"
            )
        )
        names = sorted(path.name for path in user.folder.rglob("*"))
        assert names == ["half.py", "test_half.py"]
        assert user.trials() == []


async def test_a_test_that_fails_goes_back_to_the_model_once(tmp_path: Path) -> None:
    async with verifying(tmp_path) as user:
        (user.folder / "test_half.py").write_text("A = 1\n")
        course = await user.write(
            answer_of(RIGHT, WRONG), answer_of(RIGHT, WRONG.replace("3", "2"))
        )
        first, second = course.requests
        assert second.body["messages"][: len(first.body["messages"])] == first.body["messages"]
        *_, answer, request = second.body["messages"]
        assert "test_wrong" in answer["content"]
        assert "assert 2.0 == 3" in request["content"]
        assert str(tmp_path) not in request["content"]
        assert "assert half(4) == 3" not in user.written()
        assert course.edits == 1
        assert "2 new tests, 2 passed (" in course.messages[0]
        (first_outcome, first_detail), (outcome, detail) = user.details()
        assert (first_outcome, outcome) == ("held", "applied")
        assert "1 fails" in first_detail
        assert "2 passed" in detail


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(answer_of(RIGHT, WRONG), id="no better"),
        pytest.param(answer_of(WRONG, WRONG.replace("wrong", "worse")), id="worse"),
        pytest.param(answer_of("def test_broken(:"), id="does not parse"),
        pytest.param(answer_of(RIGHT, SLOW), id="never ends"),
        pytest.param(error_answer(400, 5006, "no"), id="the request fails"),
    ],
)
async def test_what_still_fails_is_told_and_delivered_as_it_was(
    tmp_path: Path, second: Answer
) -> None:
    async with verifying(tmp_path, seconds=4) as user:
        course = await user.write(answer_of(RIGHT, WRONG), second)
        assert len(course.requests) == 2
        assert user.written() == f"from half import half\n\n\n{RIGHT}\n\n\n{WRONG}\n"
        (message,) = course.messages
        assert "2 new tests, 1 fails (" in message
        assert "test_wrong: assert 2.0 == 3. They stand in the file all the same." in message
        outcome, detail = user.details()[0]
        assert outcome == "applied"
        assert "test_wrong: assert 2.0 == 3" in detail
        assert user.trials() == []


async def test_the_answer_of_which_less_fails_is_delivered(tmp_path: Path) -> None:
    async with verifying(tmp_path) as user:
        course = await user.write(
            answer_of(WRONG, WRONG.replace("wrong", "worse")), answer_of(RIGHT, WRONG)
        )
        assert "test_right" in user.written()
        assert "test_worse" not in user.written()
        assert "2 new tests, 1 fails (" in course.messages[0]
        assert [outcome for outcome, _ in user.details()] == ["held", "applied"]


async def test_no_second_answer_is_asked_for_where_the_user_wants_none(tmp_path: Path) -> None:
    async with verifying(tmp_path, more="repair = false") as user:
        course = await user.write(answer_of(WRONG))
        assert len(course.requests) == 1
        assert "1 new test, 1 fails (" in course.messages[0]
        assert "test_wrong" in user.written()


async def test_tests_that_were_there_before_are_not_the_models_fault(tmp_path: Path) -> None:
    async with verifying(tmp_path) as user:
        old = "from half import half\n\n\ndef test_old():\n    assert half(4) == 5\n"
        (user.folder / "test_half.py").write_text(old)
        course = await user.write(answer_of(RIGHT))
        assert len(course.requests) == 1
        assert "fails because of tests that were there before: test_old" in course.messages[0]
        assert user.written().startswith(old)
        assert "test_right" in user.written()


async def test_a_secret_that_a_test_prints_does_not_go_to_the_model(tmp_path: Path) -> None:
    key = "AKIA" + "Z7QX2MNB5KLP3RTV"
    printing = f"def test_it():\n    print('AKI' + {key[3:]!r})\n    assert half(4) == 3"
    async with verifying(tmp_path) as user:
        course = await user.write(answer_of(printing), answer_of(RIGHT))
        request = course.requests[1].body["messages"][-1]["content"]
        assert "assert 2.0 == 3" in request
        assert "Captured stdout call" in request
        assert key not in request


async def test_texts_that_are_not_saved_take_part(tmp_path: Path) -> None:
    async with verifying(tmp_path) as user:
        uri = user.editor.open("half.py", HALF.replace("x / 2", "x / 4"))
        user.editor.type(uri, "x / 4", "x / 2")
        tests = user.editor.open("test_half.py", "import pytest\n")
        user.editor.type(
            tests,
            "import pytest\n",
            "import pytest\n\n\n@pytest.fixture\ndef four():\n    return 4\n",
        )
        user.editor.current = uri
        course = await user.desk.again(
            "tests", uri, answer_of("def test_four(four):\n    assert half(four) == 2")
        )
        assert "1 new test, 1 passed (" in course.messages[0], course.messages
        assert "def test_four" in user.editor.text(tests)
        assert (user.folder / "half.py").read_text() == "def half(x):\n    return x / 4\n"


async def test_what_is_typed_into_the_test_file_meanwhile_stays(tmp_path: Path) -> None:
    mark = tmp_path / "begun"
    slow = f"import pathlib, time\n\n\ndef test_slow():\n    pathlib.Path({str(mark)!r}).touch()\n    time.sleep(1)\n    assert half(2) == 1"
    async with verifying(tmp_path) as user:
        tests = user.editor.open("test_half.py", "A = 1\n")
        user.desk.endpoint.script(answer_of(slow))
        user.editor.open("half.py", HALF)
        await user.editor.choose("AI: Write tests")
        await user.editor.until(mark.exists, "the tests to run")
        user.editor.type(tests, "A = 1", "A = 2")
        await user.editor.ended()
        assert "A = 2\n" in user.editor.text(tests)
        assert "def test_slow" in user.editor.text(tests)


LOOKING = "import json, os, sys; json.dump([os.path.basename(os.getcwd()), *map(os.path.exists, sys.argv[2:])], open(sys.argv[1], 'w'))"


async def test_it_runs_in_the_projects_folder(tmp_path: Path) -> None:
    said = tmp_path / "said"
    command = shlex.join([sys.executable, "-c", LOOKING, str(said), "{file}", "{root}/top.txt"])
    async with verifying(tmp_path, command) as user:
        (user.folder / "api").mkdir()
        (user.folder / "api" / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
        (user.folder / "top.txt").touch()
        await user.write(answer_of(RIGHT), name="api/half.py")
        assert (user.folder / "api" / "tests" / "test_half.py").exists()
    assert json.loads(said.read_text()) == ["api", True, True]


@pytest.mark.parametrize("trusted", ["repository", "workspace"])
async def test_what_lies_above_in_a_trusted_repository_is_there(
    tmp_path: Path, trusted: str
) -> None:
    said = tmp_path / "said"
    command = shlex.join([sys.executable, "-c", LOOKING, str(said), "../installed.txt"])
    folders = (str(tmp_path if trusted == "repository" else tmp_path / "workspace"),)
    (tmp_path / ".git").mkdir()
    (tmp_path / "installed.txt").touch()
    async with verifying(tmp_path, command, folders=folders) as user:
        await user.write(answer_of(RIGHT))
    assert json.loads(said.read_text())[1] is (trusted == "repository")


async def test_a_framework_may_have_a_command_of_its_own(tmp_path: Path) -> None:
    command = f"go: no-such-go {{file}}\npytest: {PYTEST} {{file}}"
    async with verifying(tmp_path, command) as user:
        course = await user.write(answer_of(RIGHT))
        assert "1 new test, 1 passed (" in course.messages[0]


async def test_without_a_command_for_the_framework_none_are_run(tmp_path: Path) -> None:
    async with verifying(tmp_path, "go: no-such-go {file}") as user:
        course = await user.write(answer_of(WRONG))
        assert "verified" not in course.messages[0]
        assert user.details() == [("applied", "")]
