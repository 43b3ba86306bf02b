import doctest
import importlib
import pkgutil

import pytest

from workers_ai_ls import journal

MODULES = [found.name for found in pkgutil.iter_modules(journal.__path__, "workers_ai_ls.journal.")]


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_in_docstrings_hold(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0
