"""Large blocks of memory go back to the system when they are done with."""

from __future__ import annotations

import contextlib
import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""The numbers of these two in glibc's `malloc.h`."""

_LARGE = 1 << 20
"""Bytes of a block that goes back by itself. asyncio reads into blocks of a quarter of that."""

_KEPT = 4 << 20
"""Bytes that a thread may keep at the end of its heap; with 1 MiB a hundredth of all tokens came later."""


def return_large_blocks() -> None:
    """Keep glibc from raising its limits to the largest block that was ever freed.

    It does so by itself, and then each thread keeps room for a block or two of that size. With a
    document of 10,000 lines memory grew by 8 to 11 MiB from the 1,000th job to the 10,000th, and did
    not stop; this way it is 5, one of them after the 5,500th (`poe bench soak`). Other C libraries do
    no such thing.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_TRIM_THRESHOLD, _KEPT)
        mallopt(_MMAP_THRESHOLD, _LARGE)
