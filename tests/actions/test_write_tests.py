"""Write tests: a new file, or more of an existing one, that can reach what it tests."""

import attrs
import pytest

from tests.actions.checking import PYTEST, Request, check
from workers_ai_ls.actions import ACTIONS
from workers_ai_ls.actions.gate import BROKEN
from workers_ai_ls.context import TestPlace
from workers_ai_ls.reply import Refusal
from workers_ai_ls.reply.outcomes import CreateFile, Hold, Insert, Unchanged

TESTS = next(action for action in ACTIONS if action.name == "tests")
HALF = "def half(x):\n    return ┃x / 2\n"
METHOD = "class Pair:\n    def half(self):\n        return ┃self.x / 2\n"
HINT = attrs.evolve(PYTEST, import_hint="from sample import half")
UNKNOWN = attrs.evolve(PYTEST, import_hint="from sample import …")
TEST = "def test_half():\n    assert half(4) == 2"


def existing(text: str) -> TestPlace:
    return attrs.evolve(HINT, text=text)


@pytest.mark.parametrize(
    ("reply", "after"),
    [
        pytest.param(
            f"~~~python\nfrom sample import half\n\n\n{TEST}\n~~~",
            f"from sample import half\n\n\n{TEST}\n",
            id="as it is",
        ),
        pytest.param(
            f"~~~python\n{TEST}\n~~~", f"from sample import half\n\n\n{TEST}\n", id="no import"
        ),
        pytest.param(
            f"~~~python\nimport pytest\n\n\n{TEST}\n~~~",
            f"import pytest\nfrom sample import half\n\n\n{TEST}\n",
            id="another import",
        ),
        pytest.param(
            f"~~~python\nimport pytest\nfrom your_module import half\n\n\n{TEST}\n~~~",
            f"import pytest\nfrom sample import half\n\n\n{TEST}\n",
            id="a guessed import",
        ),
        pytest.param(
            f"~~~python\nfrom your_module import half, third\n\n\n{TEST}\n~~~",
            f"from your_module import third\nfrom sample import half\n\n\n{TEST}\n",
            id="a guessed import of more",
        ),
        pytest.param(
            f"~~~python\nimport sample\n\n\n{TEST}\n~~~",
            f"import sample\nfrom sample import half\n\n\n{TEST}\n",
            id="the module",
        ),
        pytest.param(
            f"~~~python\ndef half(x):\n    return x / 2\n\n\n{TEST}\n~~~",
            f"from sample import half\n\n\n{TEST}\n",
            id="a copy of the code under test",
        ),
        pytest.param(
            f'~~~python\n"""Tests."""\n\n{TEST}\n~~~',
            f'"""Tests."""\n\nfrom sample import half\n\n\n{TEST}\n',
            id="a docstring stays first",
        ),
        pytest.param(
            f"~~~python\n{TEST}\n\n\n# Run the test\ntest_half()\n~~~",
            f"from sample import half\n\n\n{TEST}\n",
            id="a call of the test",
        ),
        pytest.param(
            f"~~~python\ntry:\n    from fast import half\nexcept ImportError:\n    pass\n\n\n{TEST}\n~~~",
            f"try:\n    from fast import half\nexcept ImportError:\n    pass\n\n\n{TEST}\n",
            id="an import in a try stays",
        ),
    ],
)
def test_a_new_file(reply: str, after: str) -> None:
    check(TESTS, HALF, reply, after, tests=HINT)


def test_a_method_is_reached_by_its_class() -> None:
    request = Request(TESTS, METHOD, tests=UNKNOWN)
    assert "`Pair.half`" in request.task
    assert "by: from sample import Pair" in request.task
    test = "def test_half():\n    assert Pair(4).half() == 2"
    check(
        TESTS,
        METHOD,
        f"~~~python\n{test}\n~~~",
        f"from sample import Pair\n\n\n{test}\n",
        tests=UNKNOWN,
    )


def test_a_hint_that_names_nothing_is_told_and_not_written() -> None:
    request = Request(TESTS, "x = ┃1\n", tests=UNKNOWN)
    assert "by: from sample import …" in request.task
    check(TESTS, "x = ┃1\n", f"~~~\n{TEST}\n~~~", f"{TEST}\n", tests=UNKNOWN)


def test_the_whole_function_is_shown_for_a_part_of_it() -> None:
    request = Request(TESTS, "def half(x):\n    y = x\n    ┃return y / 2┃\n")
    assert request.material.original == "def half(x):\n    y = x\n    return y / 2"


def test_the_line_ends_of_a_new_file_are_those_of_the_code() -> None:
    check(
        TESTS,
        HALF.replace("\n", "\r\n"),
        f"~~~python\n{TEST}\n~~~",
        f"from sample import half\n\n\n{TEST}\n".replace("\n", "\r\n"),
        tests=HINT,
    )


@pytest.mark.parametrize(
    ("text", "reply", "after"),
    [
        pytest.param(
            "from sample import half\n\n\ndef test_one():\n    assert half(1) == 0.5\n",
            f"import pytest\nfrom sample import half\n\n\n{TEST}",
            "from sample import half\nimport pytest\n\n\ndef test_one():\n    assert half(1) == 0.5\n"
            f"\n\n{TEST}\n",
            id="imports are merged",
        ),
        pytest.param(
            "from sample import third",
            TEST,
            f"from sample import third, half\n\n\n{TEST}\n",
            id="no final newline, and what the tests need",
        ),
        pytest.param(
            "from pkg import half, third\n",
            f"from sample import (\n    half,\n    fourth,  # too\n)\n\n{TEST}",
            f"from pkg import half, third\nfrom sample import fourth\n\n\n{TEST}\n",
            id="no name is bound twice",
        ),
        pytest.param(
            "from sample import half\n\n\ndef test_half():\n    assert half(2) == 1\n",
            TEST,
            "from sample import half\n\n\ndef test_half():\n    assert half(2) == 1\n\n\n"
            "def test_half_2():\n    assert half(4) == 2\n",
            id="no test is replaced by one of its name",
        ),
        pytest.param(
            f"from sample import half\n\n\n{TEST}\n",
            f"{TEST}\n\n\ndef test_zero():\n    assert half(0) == 0",
            f"from sample import half\n\n\n{TEST}\n\n\ndef test_zero():\n    assert half(0) == 0\n",
            id="no test is repeated",
        ),
        pytest.param(
            "import unittest\n\nfrom sample import half\n\n\nclass TestHalf(unittest.TestCase):\n"
            "    def test_one(self): ...\n\n\nif __name__ == '__main__':\n    unittest.main()\n",
            "import unittest\n\n\nclass TestHalf(unittest.TestCase):\n    def test_two(self): ...\n\n\n"
            'if __name__ == "__main__":\n    unittest.main()',
            "import unittest\n\nfrom sample import half\n\n\nclass TestHalf(unittest.TestCase):\n"
            "    def test_one(self): ...\n\n    def test_two(self): ...\n"
            "\n\nif __name__ == '__main__':\n    unittest.main()\n",
            id="into the class, above the main guard",
        ),
        pytest.param(
            "\n", TEST, f"from sample import half\n\n\n{TEST}\n", id="an empty file"
        ),
        pytest.param(
            "from sample import half\r\n\r\n\r\ndef test_one():\r\n    pass\r\n",
            f"import pytest\n\n\n{TEST}",
            "from sample import half\r\nimport pytest\r\n\r\n\r\ndef test_one():\r\n    pass\r\n\r\n\r\n"
            "def test_half():\r\n    assert half(4) == 2\r\n",
            id="CRLF",
        ),
    ],
)  # fmt: skip
def test_more_of_an_existing_file(text: str, reply: str, after: str) -> None:
    check(TESTS, HALF, f"~~~python\n{reply}\n~~~", after, tests=existing(text))


def test_tests_that_are_all_there_change_nothing() -> None:
    place = existing(f"from sample import half\n\n\n{TEST}\n")
    outcome = Request(TESTS, HALF, tests=place).outcome(f"~~~python\n{TEST}\n~~~")
    assert outcome == Unchanged("The test file holds all of these tests already.")


def test_strings_of_tests_stay_as_they_are() -> None:
    body = 'def test_text():\n    assert half("""a  \n\n\n\n\x0cb""") == 1'
    check(
        TESTS, HALF, f"~~~python\n{body}\n~~~", f"from sample import half\n\n\n{body}\n", tests=HINT
    )


@pytest.mark.parametrize(("text", "kind"), [(None, CreateFile), ("x = 1\n", Insert)])
def test_where_it_goes(text: str | None, kind: type) -> None:
    outcome = Request(TESTS, HALF, tests=attrs.evolve(HINT, text=text)).outcome(
        "~~~python\nx = '\u202e'\n~~~"
    )
    assert isinstance(outcome, kind)
    assert isinstance(outcome, CreateFile | Insert)
    assert outcome.path == HINT.path
    assert "invisible characters" in outcome.note


@pytest.mark.parametrize(
    ("reply", "reason"),
    [("", "empty"), ("I would test the usual case and then zero.", "no code")],
)
def test_what_is_no_test(reply: str, reason: str) -> None:
    outcome = Request(TESTS, HALF).outcome(reply)
    assert isinstance(outcome, Refusal)
    assert outcome.reason == reason


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (HINT, "`half` with the framework pytest, for the file tests/test_sample.py."),
        (attrs.evolve(HINT, framework="unittest"), "with the framework unittest,"),
        (attrs.evolve(HINT, framework="other"), "with the usual test framework of Python,"),
        (attrs.evolve(HINT, framework="go"), "with Go's package testing,"),
        (existing("import pytest\n"), "The file exists: add to it, and do not repeat"),
    ],
)
def test_the_task(place: TestPlace, words: str) -> None:
    assert words in Request(TESTS, HALF, tests=place).task


def test_the_head_of_the_existing_file_is_shown() -> None:
    text = "import pytest\n" + "# A line of it.\n" * 500
    task = Request(TESTS, HALF, tests=existing(text)).task
    assert "begins so:\n```python\nimport pytest\n# A line" in task
    assert 10 < task.count("# A line of it.") < 150


@pytest.mark.parametrize("text", [None, "x = 1\n"])
def test_tests_that_do_not_parse_are_held(text: str | None) -> None:
    request = Request(TESTS, HALF, tests=attrs.evolve(HINT, text=text))
    outcome = request.outcome("~~~python\ndef test_half():\n    assert (half(4) == 2\n~~~")
    assert isinstance(outcome, Hold)
    assert outcome.sentence == BROKEN
    assert isinstance(outcome.edit, CreateFile | Insert)
    assert "(half(4) == 2" in outcome.edit.text


BODY = "def test_half():\n    assert half(4) == 2"
ADDED = "\n".join(f"+{line}" for line in BODY.split("\n"))


@pytest.mark.parametrize(
    "reply",
    [
        f"~~~diff\n--- /dev/null\n+++ b/tests/test_sample.py\n@@ -0,0 +1,2 @@\n{ADDED}\n~~~",
        f"~~~\n<<<<<<< SEARCH\n=======\n{BODY}\n>>>>>>> REPLACE\n~~~",
    ],
    ids=["a diff", "a SEARCH/REPLACE block"],
)
def test_a_patch_that_makes_a_new_file(reply: str) -> None:
    check(TESTS, HALF, reply, f"from sample import half\n\n\n{BODY}\n", tests=HINT)
