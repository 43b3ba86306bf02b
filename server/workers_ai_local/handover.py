"""What passes between `start_local` and the process that it starts: one JSON line each way."""

import json
from typing import Self

import attrs


@attrs.frozen
class Settings:
    """Down the child's standard input, so that the token shows in no process list."""

    path: str
    models: tuple[str, ...]
    """The ids to answer to."""
    description: str
    token: str = attrs.field(repr=False)
    window: int
    idle_seconds: float
    shape: str = "native"
    """How streams are written: native, dual or openai."""

    def line(self) -> bytes:
        """Write the line."""
        return json.dumps(attrs.asdict(self)).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        """Read the line."""
        values = json.loads(line)
        return cls(**values | {"models": tuple(values["models"])})


@attrs.frozen
class Announcement:
    """Up the child's standard output, once: where it serves, or the sentence that says why not."""

    base_url: str = ""
    error: str = ""

    def line(self) -> bytes:
        """Write the line."""
        return json.dumps(attrs.asdict(self)).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        """Read the line; a process that died says nothing."""
        return cls(**json.loads(line or b"{}"))
