"""The ordered table of the actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .edit import EDIT
from .explain import EXPLAIN
from .refactor import REFACTOR
from .write_tests import WRITE_TESTS

if TYPE_CHECKING:
    from .action import Action

ACTIONS: tuple[Action, ...] = (EXPLAIN, REFACTOR, WRITE_TESTS, EDIT)
"""In the order in which editors list them."""
