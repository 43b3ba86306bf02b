"""What makes the server's start quick. Imported by the server process alone."""

from __future__ import annotations

import functools
import gc

import attrs

_COLLECT_AFTER = 10_000
"""New objects; Python's own 700 costs 8 % of the start. None of what is imported becomes garbage."""


def collect_seldom() -> None:
    """Look for garbage less often, from here on."""
    gc.set_threshold(_COLLECT_AFTER, 10, 10)


def leave_alone() -> None:
    """Leave out of every later collection what there is by now."""
    gc.freeze()


def import_protocol() -> None:
    """Import `lsprotocol.types` without what nobody uses here: in 100 ms instead of 200.

    attrs writes and compiles code for each of some 700 classes to compare and to show it, and makes
    each a second time for its slots. A server reads their members and never compares them.
    """
    define = attrs.define
    attrs.define = functools.partial(define, eq=False, repr=False, slots=False)
    try:
        import lsprotocol.types  # noqa: F401 - it is in sys.modules from here on
    finally:
        attrs.define = define
