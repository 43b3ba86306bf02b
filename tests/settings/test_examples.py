import doctest
import importlib
import pkgutil

import pytest

from workers_ai_ls import settings

MODULES = [
    found.name for found in pkgutil.iter_modules(settings.__path__, "workers_ai_ls.settings.")
]


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_in_docstrings_hold(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0
