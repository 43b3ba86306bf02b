"""What an expression stands for."""

from typing import NamedTuple


class Place(NamedTuple):
    """A definition, by its file and its number among the definitions there."""

    path: str
    at: int


class Thing(NamedTuple):
    """A definition itself: a class, a function, a variable."""

    place: Place
    owner: Place | None = None
    """The class that it was asked of, which may be a subclass of the one that it stands in."""
    held: tuple["Value", ...] = ()
    """What the type that it was asked of is made of, as of an `Instance`."""


class Instance(NamedTuple):
    """An object of a class."""

    place: Place
    held: tuple["Value", ...] = ()
    """What its type is made of: `list[Client]` holds a client."""


class Module(NamedTuple):
    """A module: its files, or a folder that has none of its own."""

    paths: tuple[str, ...]
    name: str = ""


class Foreign(NamedTuple):
    """What does not come from the workspace, but may hold what does."""

    held: tuple["Value", ...] = ()


Value = Thing | Instance | Module | Foreign
