"""What `doctor` has to say about one thing."""

from typing import Literal

import attrs


@attrs.frozen
class Check:
    """One thing that was looked at. `note` is worth knowing, `fix` keeps the server from working."""

    name: str
    status: Literal["ok", "note", "fix"]
    sentence: str
