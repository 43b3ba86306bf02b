"""Where a value came from."""

from typing import Literal

import attrs

Source = Literal["default", "keyring", "user file", "workspace file", "editor", "environment"]


@attrs.frozen
class Origin:
    """The source of a value, and the place in it: a path, a variable's name or an origin."""

    source: Source
    place: str = ""
    beside: "tuple[Origin, ...]" = ()
    """The lower sources that a part of the value came from, where sources add up."""

    def __str__(self) -> str:
        """Name it within a sentence."""
        return " and ".join((*map(str, self.beside), self._named()))

    def _named(self) -> str:
        match self.source:
            case "default":
                return "the default"
            case "keyring":
                return "the system keyring"
            case "editor":
                return "the editor's settings"
            case "environment":
                return f"the variable {self.place}"
            case _:
                return self.place


DEFAULT = Origin("default")


@attrs.frozen
class Given:
    """One setting's value as one source gives it."""

    name: str
    value: object = attrs.field(repr=False)  # It may be a token, wherever it stands.
    origin: Origin
