"""Reads what editors really send, where lsprotocol accepts only what the specification allows."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import attrs
from cattrs import AttributeValidationNote, IterableValidationNote
from cattrs.errors import BaseValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cattrs import Converter

logger = logging.getLogger(__name__)

Path = tuple[str | int, ...]
"""Where a value stands in a JSON message: member names and list indices, outermost first."""

_PASSES = 8
"""How often a message is pruned before it is given up: a dropped member can uncover the next."""


@attrs.frozen
class Undecodable:
    """A message that could not be read; a request among them still gets its reply."""

    id: str | int | None
    method: str
    params: Any = attrs.field(default=None, repr=False)
    """As they came."""


def decode(
    converter: Converter, message: dict[str, Any], kind: type[Any], *, lenient: bool = True
) -> Any:
    """Structure a JSON-RPC message as `kind`, without the members that it should not have.

    An editor that announces a value which this version of the specification does not know (a new
    resource operation, say) must not lose the whole message. Raises what the converter raised when
    the message can't be read even so, or when every member of it counts (not `lenient`).
    """
    for _ in range(_PASSES if lenient else 0):
        try:
            return converter.structure(message, kind)
        except BaseValidationError as error:
            pruned = {_nearest(message, path) for path in _faults(error, ())} - {()}
            # The last of a list first, so that the places of the others stay true.
            for path in sorted(pruned, key=_order, reverse=True):
                _delete(message, path)
            if not pruned:
                raise
            logger.warning("Ignored in %s: %s", message.get("method", "a reply"), pruned)
    return converter.structure(message, kind)


def _faults(error: BaseException, path: Path) -> Iterator[Path]:
    """Where the values stand that could not be read."""
    if not isinstance(error, BaseValidationError):
        yield path
        return
    for cause in error.exceptions:
        yield from _faults(cause, path + _step(cause))


def _step(error: BaseException) -> Path:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return (_wire_name(note.name),)
        if isinstance(note, IterableValidationNote) and isinstance(note.index, int | str):
            return (note.index,)
    return ()


def _wire_name(attribute: str) -> str:
    """The name on the wire.

    >>> _wire_name("resource_operations")
    'resourceOperations'
    """
    first, *rest = attribute.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _nearest(message: dict[str, Any], path: Path) -> Path:
    """What there is of `path`: the value itself, or else the nearest thing around it.

    The members of the message itself (`params`, `id`) do not count; () is for nothing.
    """
    there = 0
    value: Any = message
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            break
        there += 1
    return path[:there] if there > 1 else ()


def _order(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple((step, "") if isinstance(step, int) else (-1, step) for step in path)


def _delete(message: dict[str, Any], path: Path) -> None:
    holder: Any = message
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
