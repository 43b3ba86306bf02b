"""Which names a piece of code uses, and what it says about the things that they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .tree import Tree


class Use(NamedTuple):
    """A name that the code uses and does not bind itself."""

    name: str
    receiver: str | None
    """What stands before the dot, as in `symbol.Reference`: `self.client`, `make()`; None without one."""
    call: bool
    start: int
    """The offset of its first use."""
    times: int


class Binding(NamedTuple):
    """What is said of a variable, a parameter or an attribute of the own object."""

    name: str
    """`client`, or `self.client`."""
    type: str
    """As annotated: `list[Client]`; empty without."""
    value: str
    """What it is set to, as a chain of names, dots and calls: `self.make().client`; or empty."""
    element: bool
    """Whether it is an element of that value, as a loop's variable is."""
    start: int
    """Its offset."""


class Uses(NamedTuple):
    """All of that for a range of a text."""

    uses: list[Use]
    """By first use."""
    bindings: list[Binding]
    """In the code and in the definitions around it."""


def uses(tree: Tree, start: int, end: int) -> Uses:
    """Find the names that the code between two offsets uses."""
    raise NotImplementedError
