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


def decode(converter: Converter, message: dict[str, Any], kind: type[Any]) -> Any:
    """Structure a JSON-RPC message as `kind`, without the members that it should not have.

    An editor that announces a value which this version of the specification does not know (a new
    resource operation, say) must not lose the whole message. Raises what the converter raised when
    the message can't be read even so.
    """
    for _ in range(_PASSES):
        try:
            return converter.structure(message, kind)
        except BaseValidationError as error:
            paths = sorted(set(_faults(error, ())), key=len, reverse=True)
            pruned = [path for path in paths if _prune(message, path)]
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


def _prune(message: dict[str, Any], path: Path) -> bool:
    """Delete what stands at `path`, or else the nearest thing around it that is there.

    The members of the message itself (`params`, `id`) are never deleted.
    """
    holders: list[Any] = [message]
    for step in path[:-1]:
        try:
            holders.append(holders[-1][step])
        except (KeyError, IndexError, TypeError):
            break
    for depth in range(len(holders) - 1, 0, -1):
        holder, step = holders[depth], path[depth]
        if isinstance(holder, dict) and step in holder:
            del holder[step]
            return True
        if isinstance(holder, list) and isinstance(step, int) and step < len(holder):
            del holder[step]
            return True
    return False
