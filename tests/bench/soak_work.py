"""One stretch of a day's work: documents opened, jobs at once, typing meanwhile, what follows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.text import Change, Position
from workers_ai_ls.workspace import path_of

from .soak_errands import CLICKED, ERRANDS, Errand, text_of
from .soak_long import LongFile

if TYPE_CHECKING:
    from .soak_desk import Desk
    from .typist import Keystroke

JOBS = sum(errand.times for errand in ERRANDS) + 2
"""In one stretch: the errands, one of them tried again, and a quiet one."""
KEYS = 200
"""In one stretch, at least."""

_SHOWN = {"showDifference": "window/showDocument", "revert": "workspace/applyEdit"}
"""What the server asks the editor for when it follows up."""


@attrs.define(eq=False)
class Work:
    """A person at work all day."""

    desk: Desk
    root: str
    long: LongFile = attrs.field(init=False)
    astray: list[str] = attrs.field(factory=list)
    """What did not come as the endpoint's answers would have it, one line each."""
    jobs: int = 0
    stretches: int = 0

    def __attrs_post_init__(self) -> None:
        self.long = LongFile(self.desk, f"{self.root}/long.py")

    async def stretch(self) -> None:
        """Do a stretch of work."""
        self.stretches += 1
        before = self.desk.keystrokes
        open_ = self._opened()
        await self._run(open_)
        await self._follow_up(open_)
        for uri in [uri for uri in self.desk.documents if uri != self.long.uri]:
            self.desk.close(uri)
        self._save()
        await self.long.type(before + KEYS - self.desk.keystrokes)
        self.jobs += 1
        await self.long.explain(self.jobs)

    def _opened(self) -> dict[str, Errand]:
        folder = f"{self.root}/day{self.stretches}"
        every = (errand for errand in ERRANDS for _ in range(errand.times))
        open_ = {f"{folder}/shelf{number}.py": errand for number, errand in enumerate(every)}
        for uri, errand in open_.items():
            self.desk.open(uri, text_of(errand))
        return open_

    async def _run(self, open_: dict[str, Errand]) -> None:
        """Run the jobs of all documents at once, and type meanwhile."""
        desk = self.desk
        before = len(desk.ended)
        for uri, errand in open_.items():
            at = {"line": CLICKED, "character": 4}
            place = {"uri": uri, "range": {"start": at, "end": at}}
            desk.run(errand.action, place | {"instruction": errand.instruction})
        self.jobs += len(open_)
        await desk.until_begun(self.jobs)
        for uri, errand in open_.items():
            if errand.types_at is not None:
                await desk.type(uri, _typed(errand.types_at))
        await self.long.type(KEYS // 2)
        # When others are through, the endless answers are certain to be on their way.
        await desk.until_ended(before + ERRANDS[0].times)
        for uri, errand in open_.items():
            self._stop(uri, errand)
        await desk.until_ended(self.jobs)
        self.check([errand.ends for errand in open_.values()], desk.ended[before:])

    def _stop(self, uri: str, errand: Errand) -> None:
        desk = self.desk
        match errand.stopped_by:
            case "cancelling":
                token = next(each for each in reversed(desk.begun) if f"/{errand.action}/" in each)
                desk.editor.notify("window/workDoneProgress/cancel", {"token": token})
            case "closing":
                desk.close(uri)

    def check(self, wanted: list[str], said: list[str]) -> None:
        """Compare how jobs were to end with how they did."""
        found = [each.partition(",")[0].partition(" in ")[0] for each in said]
        if sorted(found) != sorted(wanted):
            self.astray.append(f"stretch {self.stretches}: {sorted(found)}, not {sorted(wanted)}")

    async def _follow_up(self, open_: dict[str, Errand]) -> None:
        """Choose what is offered at the results, and wait for all that comes of it."""
        desk = self.desk
        expected = Counter(desk.seen)
        for uri, errand in open_.items():
            if errand.afterwards:
                desk.run(errand.afterwards, str(path_of(uri)))
                expected[_SHOWN.get(errand.afterwards, "")] += 1
                self.jobs += errand.afterwards == "tryAgain"
        # The answer that is tried again ends in an edit, too.
        expected["workspace/applyEdit"] += 1
        await desk.until_ended(self.jobs)
        for method in set(_SHOWN.values()):
            await desk.until_seen(method, expected[method])
        still = {uri: errand for uri, errand in open_.items() if uri in desk.documents}
        for uri, errand in still.items():
            if f"math.{errand.leaves}(" not in desk.text(uri):
                self.astray.append(f"stretch {self.stretches}: {errand.name}: {desk.text(uri)!r}")

    def _save(self) -> None:
        """Write a file and close it, so that the index of the workspace has something to learn."""
        uri = f"{self.root}/notes.py"
        path, text = path_of(uri), f"STRETCHES = {self.stretches}\n"
        assert path is not None
        self.desk.open(uri, text)
        path.write_text(text, encoding="utf-8")
        self.desk.editor.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
        self.desk.close(uri)


def _typed(line: int) -> list[Keystroke]:
    """Type a comment of one letter at a line's beginning."""
    return [
        (Change(Position(line, column), Position(line, column), char),)
        for column, char in enumerate("# x\n")
    ]
