"""The examples in this room's docstrings."""

import doctest
import os
from importlib import import_module

import pytest


@pytest.mark.skipif(os.name == "nt", reason="the examples show POSIX paths")
@pytest.mark.parametrize("name", ["layout", "pairing", "uris"])
def test_examples(name: str) -> None:
    result = doctest.testmod(import_module(f"workers_ai_ls.workspace.{name}"))
    assert result.attempted > 0
    assert result.failed == 0
