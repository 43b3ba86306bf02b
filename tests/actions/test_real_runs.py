"""Generated test files, run by the real runners in a miniature project."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import attrs
import pytest

from tests.actions.checking import Request
from workers_ai_ls.actions import ACTIONS
from workers_ai_ls.context import TestPlace
from workers_ai_ls.reply.outcomes import CreateFile, Insert
from workers_ai_ls.workspace import find_tests

if TYPE_CHECKING:
    from pathlib import Path

    from workers_ai_ls.context import Material

TESTS = next(action for action in ACTIONS if action.name == "tests")

MODULE = """\
class Basket:
    def __init__(self, *items):
        self.items = list(items)

    def total(self):
        return ┃sum(self.items)


def half(x):
    if x is None:
        raise ValueError("nothing to halve")
    return x / 2
"""
HALF = MODULE.replace("┃", "").replace("return x / 2", "return ┃x / 2")

# Answers in the shapes that models give them.
AS_ASKED = """\
~~~python
import pytest
from shop.prices import half


def test_half():
    assert half(4) == 2


def test_half_of_nothing():
    with pytest.raises(ValueError, match="nothing"):
        half(None)
~~~
"""
GUESSED = """\
Sure! Here are some tests for the `half` function:

~~~python
import pytest
from your_module import half  # replace with your module

def half(x):
    if x is None:
        raise ValueError("nothing to halve")
    return x / 2

@pytest.mark.parametrize("given, expected", [(4, 2), (0, 0), (-2, -1)])
def test_half(given, expected):
    assert half(given) == expected

if __name__ == "__main__":
    pytest.main()
~~~

These tests cover the usual case and edge cases.
"""
BARE = """\
~~~
def test_total():
    assert Basket(1, 2).total() == 3


def test_empty():
    assert Basket().total() == 0
~~~
"""
UNITTEST = """\
~~~python
import unittest
from prices import half


class TestHalf(unittest.TestCase):
    def test_four(self):
        self.assertEqual(half(4), 2)

    def test_nothing(self):
        with self.assertRaises(ValueError):
            half(None)


if __name__ == "__main__":
    unittest.main()
~~~
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "shop").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "__init__.py").touch()
    (tmp_path / "shop" / "__init__.py").touch()
    (tmp_path / "shop" / "prices.py").write_text(HALF.replace("┃", ""))
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "shop"\nversion = "1"\n')
    return tmp_path


@pytest.mark.parametrize(
    ("module", "replies", "passed"),
    [
        (HALF, [AS_ASKED], 2),
        (HALF, [GUESSED], 3),
        (MODULE, [BARE], 2),
        (HALF, [AS_ASKED, GUESSED], 5),
        (HALF, [GUESSED, AS_ASKED], 5),
    ],
)
def test_pytest_runs_what_models_answer(
    project: Path, module: str, replies: list[str], passed: int
) -> None:
    (project / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    for reply in replies:
        add(project, module, reply)
    assert run(project, "pytest", "-q", "-p", "no:cacheprovider") == passed


@pytest.mark.parametrize(("replies", "passed"), [([UNITTEST], 2), ([UNITTEST, UNITTEST], 2)])
def test_unittest_runs_what_models_answer(project: Path, replies: list[str], passed: int) -> None:
    (project / "tests" / "test_other.py").write_text("import unittest\n")
    for reply in replies:
        add(project, HALF, reply)
    assert run(project, "unittest", "discover", "-s", "tests", "-t", ".") == passed


def add(project: Path, module: str, reply: str) -> None:
    """Write what an answer comes to where the project keeps its tests."""
    source = project / "shop" / "prices.py"
    request = Request(TESTS, module, path="shop/prices.py")
    place = _place(source, project, request.material)
    outcome = attrs.evolve(request, tests=place).outcome(reply)
    if isinstance(outcome, CreateFile | Insert):
        (project / "tests" / "test_prices.py").write_text(outcome.text)
        assert outcome.path == str(project / "tests" / "test_prices.py")


def _place(source: Path, project: Path, material: Material) -> TestPlace:
    found = find_tests(source, language_id="python", symbol=material.symbol, root=project)
    return TestPlace(
        path=str(found.path),
        name=found.path.relative_to(project).as_posix(),
        framework=found.framework,
        text=found.text,
        import_hint=found.import_hint,
    )


def run(project: Path, *command: str) -> int:
    """Run the tests and count those that passed."""
    ran = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    told = ran.stdout + ran.stderr
    assert ran.returncode == 0, told
    found = re.search(r"(\d+) passed|Ran (\d+) test", told)
    assert found, told
    return int(found[1] or found[2])
