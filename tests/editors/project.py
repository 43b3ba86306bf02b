"""A small Python project, as people have them: sources, one test file, a configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

GREETING = '''\
import math


def greet(name):
    """Greet a person."""
    if name == "":
        return "Grüße 🦄"
    else:
        return f"Grüße, {name} 🦄"


def half(x):
    return math.floor(x) / 2
'''

HALVES = """\
def quarter(x):
    y = x / 4
    return y
"""

TEST_HALVES = """\
from halves import quarter


def test_quarter_of_four():
    assert quarter(4) == 1
"""


def project(folder: Path) -> Path:
    """Make a project in `folder / "project"` and return its path.

    `greeting.py` has no tests yet; `halves.py` has some in `tests/test_halves.py`.
    """
    root = folder / "project"
    (root / ".git").mkdir(parents=True)
    (root / "tests").mkdir()
    (root / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    (root / "greeting.py").write_bytes(GREETING.encode())
    (root / "halves.py").write_bytes(HALVES.encode())
    (root / "tests" / "test_halves.py").write_bytes(TEST_HALVES.encode())
    return root
