import doctest
import importlib

import pytest

MODULES = ("codes", "command", "endpoint", "model_facts", "models", "request", "shapes", "sse")


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name: str) -> None:
    module = importlib.import_module(f"workers_ai_ls.workers_ai.{name}")

    result = doctest.testmod(module)

    assert result.attempted > 0
    assert result.failed == 0
