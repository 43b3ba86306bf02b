"""All benchmarks, in the order in which they are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .action import ACTION
from .action_list import LIST
from .apply import APPLY
from .context import CONTEXT
from .edits import EDITS
from .index import INDEX
from .peers.comparison import PEERS
from .replies import REPLIES
from .soak import SOAK
from .start import START
from .stream import STREAM
from .typing_cost import TYPING

if TYPE_CHECKING:
    from .benchmark import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (
    START,
    TYPING,
    LIST,
    STREAM,
    ACTION,
    APPLY,
    REPLIES,
    EDITS,
    INDEX,
    CONTEXT,
    SOAK,
    PEERS,
)
