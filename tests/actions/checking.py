"""The one way in which tests use an action: a marked text, a model's reply, and what comes of it.

It is the path of a job without its editor: selection, gather, prepare, prompt, reader, finish. In
replies, `~~~` stands for the model's fence.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import attrs

from tests.marked import marked
from workers_ai_ls.actions.placing import placed
from workers_ai_ls.context import Diagnostic, Selection, TestPlace, budget_for, gather
from workers_ai_ls.reply import Reader
from workers_ai_ls.reply.outcomes import CreateFile, Insert, Replace, Show
from workers_ai_ls.syntax import language_for
from workers_ai_ls.text import apply_edits, minimal_edits, snapshot_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workers_ai_ls.actions import Action, Outcome
    from workers_ai_ls.context import Material, Prompt

PYTEST = TestPlace("/work/tests/test_sample.py", "tests/test_sample.py", "pytest", None)


@attrs.frozen
class Request:
    """An action at work on a marked text."""

    action: Action
    before: str
    language: str = "python"
    path: str = "sample.py"
    instruction: str = ""
    tests: TestPlace = PYTEST
    window: int = 32_768
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def selection(self) -> Selection:
        """What the marks select."""
        found = marked(self.before)
        return Selection(
            snapshot=snapshot_of(f"file:///work/{self.path}", self.language, 1, found.text),
            start=found.start,
            end=found.end,
            language=language_for(self.language, self.path),
            path=self.path,
            diagnostics=self.diagnostics,
        )

    @property
    def material(self) -> Material:
        """What the action works on."""
        material = self.action.prepare(gather(self.selection, instruction=self.instruction))
        return attrs.evolve(material, tests=self.tests) if self.action.wants_tests else material

    @property
    def prompt(self) -> Prompt:
        """What is sent."""
        material = self.material
        return self.action.prompt(material, budget_for(material.original, window=self.window))

    @property
    def task(self) -> str:
        """The last turn of what is sent."""
        return self.prompt.turns[-1].content

    def outcome(
        self,
        reply: str,
        finish: Literal["stop", "length", "unknown"] = "stop",
        *,
        cuts: Iterable[int] = (),
    ) -> Outcome:
        """What comes of a reply that arrives in pieces, cut at these offsets."""
        reader = Reader()
        reply = reply.replace("~~~", "```")
        for start, end in pairwise([0, *cuts, len(reply)]):
            reader.feed(reply[start:end])
        return self.action.finish(reader.finish(finish), self.material)

    def applied(self, outcome: Outcome) -> str:
        """The text after an outcome: of the document or test file, or what is shown."""
        match outcome:
            case Replace():
                material = self.material
                after = placed(
                    outcome, material.text, material.start, material.end, material.language
                )
                assert after.text.startswith(outcome.text, after.start)
                return apply_edits(material.text, minimal_edits(material.text, after.text))
            case Insert(path, text) | CreateFile(path, text):
                assert path == self.tests.path
                return text
            case Show(_, markdown):
                return markdown
        raise AssertionError(outcome)


def check(action: Action, before: str, reply: str, after: str, **more: object) -> None:
    """Check that a reply turns the marked text `before` into `after`.

    For an action with a file of its own, or one that shows something, `after` is that. `more` are
    other attributes of `Request`.
    """
    request = Request(action, before, **more)  # type: ignore[arg-type] # each test names its own
    assert request.applied(request.outcome(reply)) == after
