"""What the server makes of a recorded reply: the path of a job from its material to its outcome."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.actions.edit import EDIT
from workers_ai_ls.actions.explain import EXPLAIN
from workers_ai_ls.actions.write_tests import WRITE_TESTS
from workers_ai_ls.context import Selection, TestPlace, gather
from workers_ai_ls.reply import Reader
from workers_ai_ls.syntax import language_for
from workers_ai_ls.text import snapshot_of

if TYPE_CHECKING:
    from workers_ai_ls.actions import Action, Outcome
    from workers_ai_ls.context import Material

    from .recorded_replies import Recorded

_PIECE = 40
"""Characters that come at a time, as in a stream."""

_FENCED = re.compile(r"^```[\w+#-]+(?: \w+)?[ \t]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_REWRITTEN = re.compile(r"<code_to_rewrite>\n(.*?)</code_to_rewrite>", re.DOTALL)
_SEARCHED = re.compile(r"^<{5,9} \w+\n(.*?)^={5,9}$", re.MULTILINE | re.DOTALL)
_LINE_NUMBER = re.compile(r"^ {0,7}\d+: |^ {12}", re.MULTILINE)
_DEFINES = re.compile(r"^\s*(?:function|struct|abstract type)\b|^\w+\(.*\)\s*=", re.MULTILINE)


def outcome_of(row: Recorded) -> tuple[Outcome, Material]:
    """Let the action that the task stands for finish with the reply; also give its material."""
    material = _material(row)
    reader = Reader()
    for start in range(0, len(row.text), _PIECE):
        reader.feed(row.text[start : start + _PIECE])
    return _action(row).finish(reader.finish(row.finish), material), material


def _action(row: Recorded) -> Action:
    if row.is_in_words:
        return EXPLAIN
    # A patch changes a file that is there, so it is no new test file.
    return WRITE_TESTS if row.task == "write_tests" and not _SEARCHED.search(row.text) else EDIT


def _material(row: Recorded) -> Material:
    """Select all of the code that the prompt shows; there is none where something new is asked for."""
    text = _code_before(row)
    language = language_for(row.language, "")
    snapshot = snapshot_of("file:///work/sample", language.id, 1, text)
    material = gather(Selection(snapshot, 0, len(text), language, "sample"))
    # No names: what the test file is told about the code under test is not what is measured.
    place = TestPlace("/work/test_sample", "test_sample", "other")
    return attrs.evolve(material, tests=place)


def _code_before(row: Recorded) -> str:
    if searched := _SEARCHED.findall(row.text):
        # The prompts of patches show no code; each patch says itself what it expects.
        return "\n\n".join(searched)
    if row.language == "python" and row.task == "complete":
        return row.prompt.strip("\n") + "\n"
    if rewritten := _REWRITTEN.search(row.prompt):
        return rewritten[1]
    blocks = _FENCED.findall(row.prompt)
    if row.task == "write_tests":
        first = blocks[0] if blocks else ""
        return _LINE_NUMBER.sub("", first) if row.language == "python" else first
    if row.task == "fix":
        blocks = [block for block in blocks if _DEFINES.search(block)]
    # What comes before the last block is an example or an earlier try.
    return blocks[-1] if blocks and row.task in ("edit", "fix") else ""
