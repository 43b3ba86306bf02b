import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "tests.marked",
        "workers_ai_ls.text.diff",
        "workers_ai_ls.text.encodings",
        "workers_ai_ls.text.lines",
    ],
)
def test_the_examples_in_docstrings_are_true(module: str) -> None:
    failed, attempted = doctest.testmod(import_module(module))
    assert attempted > 0
    assert failed == 0
