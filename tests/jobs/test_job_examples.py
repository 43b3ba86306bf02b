"""Examples in docstrings are executed."""

import doctest

from workers_ai_ls.jobs import cost


def test_the_examples_in_docstrings_hold() -> None:
    assert doctest.testmod(cost, raise_on_error=True).attempted
