"""Examples in docstrings are executed."""

import doctest
import sys

import pytest

import workers_ai_ls.cli.concluding
import workers_ai_ls.cli.difference
import workers_ai_ls.cli.local
import workers_ai_ls.cli.showing  # noqa: F401 - found by name below


@pytest.mark.parametrize("name", ["concluding", "difference", "local", "showing"])
def test_examples(name: str) -> None:
    # Some commands are functions of the same name as their module.
    module = sys.modules[f"workers_ai_ls.cli.{name}"]
    assert doctest.testmod(module, raise_on_error=True).attempted
