"""Where a part of a prompt comes from, so that people can see what was drawn on."""

from __future__ import annotations

from typing import Literal

import attrs

SourceKind = Literal[
    "header",
    "body",
    "outline",
    "caller",
    "sibling",
    "imports",
    "surroundings",
    "conventions",
    "tests",
]
"""`header` and `body` are of what the code uses, `outline` of what it stands in and what is beside."""


@attrs.frozen
class Source:
    """Lines of a file that stand in a prompt, all of them; counted from 1, both ends included."""

    path: str
    """From the root of the workspace, with slashes; as people know it where there is no such root."""
    first: int
    last: int
    kind: SourceKind
    tokens: int
    """Estimated, of these lines alone."""
