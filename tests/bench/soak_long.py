"""The file that stays open all day: typed in, looked at, and explained now and then."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING

import attrs

from .bare_editor import code_action_params
from .clicking import click
from .sample_code import line_of, python_source
from .typist import session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .soak_desk import Desk
    from .typist import Keystroke

_LINES = 1_000
_TEXT = python_source(_LINES)
_CLICKED = line_of(_TEXT, "total = total")

_KEYS_PER_LIST = 20
"""Keystrokes between two code action lists, for which editors ask when the cursor rests."""


@attrs.define(eq=False)
class LongFile:
    """An open file, and a person who works at it for ever."""

    desk: Desk
    uri: str
    times: list[float] = attrs.field(factory=list)
    """Seconds of each job that ran while nothing else did, from the click to its end."""
    _keys: Iterator[Keystroke] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.desk.open(self.uri, _TEXT)
        self._keys = itertools.cycle(session(_TEXT))

    async def type(self, count: int) -> None:
        """Type so many times, or a few more."""
        for _ in range(0, count, _KEYS_PER_LIST):
            await self.desk.type(self.uri, itertools.islice(self._keys, _KEYS_PER_LIST))
            params = code_action_params(self.uri, _CLICKED, 8)
            self.desk.editor.request("textDocument/codeAction", params)

    async def explain(self, jobs: int) -> None:
        """Run a job by itself; it is the one of this number."""
        begun = time.perf_counter()
        click(self.desk.editor, "explain", self.uri, _CLICKED)
        await self.desk.until_ended(jobs)
        self.times.append(time.perf_counter() - begun)
