"""All benchmarks, in the order in which they are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .action_list import LIST
from .start import START
from .typing_cost import TYPING

if TYPE_CHECKING:
    from .benchmark import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (START, TYPING, LIST)
