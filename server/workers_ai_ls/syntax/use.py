"""What is told of the names in a piece of code."""

from __future__ import annotations

from typing import NamedTuple

RETURNED = "return"
"""The name of a binding that says what the function around returns."""


class Use(NamedTuple):
    """A name that the code uses and does not bind itself."""

    name: str
    receiver: str | None
    """What stands before the dot, as a chain: `self.client`, `make()`.

    Empty if it is too complex, None without a dot.
    """
    call: bool
    start: int
    """The offset of its first use."""
    times: int
    scope: int = -1
    """The number of the scope that binds the receiver's first name; -1 if none around does."""


class Binding(NamedTuple):
    """What is said of a variable, a parameter or an attribute of the own object."""

    name: str
    """`client`, or `self.client`; `RETURNED` for what the function around returns."""
    type: str
    """As annotated: `list[Client]`; empty without. `Self` is the class around."""
    value: str
    """What it is set to, as a chain: `self.make().client`; or empty."""
    element: bool
    """Whether it is an element of that value, as a loop's variable is."""
    start: int
    """Its offset."""
    scope: int = -1
    """The number of the scope that it counts in, as `Use.scope`."""


class Uses(NamedTuple):
    """All of that for a range of a text."""

    uses: list[Use]
    """By first use."""
    bindings: list[Binding]
    """In the code and in the functions around it, in order."""
    around: list[int]
    """By the number of a scope, that of the one around it; -1 for the code itself, which has 0."""
