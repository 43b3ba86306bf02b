"""The examples in this room's docstrings."""

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["hiding", "span"])
def test_examples(name: str) -> None:
    result = doctest.testmod(import_module(f"workers_ai_ls.redaction.{name}"))
    assert result.attempted > 0
    assert result.failed == 0
