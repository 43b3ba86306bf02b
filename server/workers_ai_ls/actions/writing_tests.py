"""The two ends of *AI: Write tests*: what is asked for, and what becomes of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.context import Budget, Material, Prompt, compose, narrowed
from workers_ai_ls.reply import Refusal, Reply, changes_in, code_in, mended, strip_invisible
from workers_ai_ls.reply.outcomes import CreateFile, Insert, Unchanged
from workers_ai_ls.text import line_ending

from .gate import gated_file
from .rewriting import INVISIBLE
from .tests_file import extended, language_of, reaching, started
from .tests_shown import home_in, shown
from .tests_wording import framework_of, idiom_of

if TYPE_CHECKING:
    from workers_ai_ls.context import TestPlace

    from .action import Outcome

_SYSTEM = """\
You write tests for code that is selected in an editor. Your answer goes into a test file as it is.
Answer with one fenced code block and nothing else: the imports and the new tests. Write three to \
six short tests, each of one behaviour and named for it: the usual case first, then edge cases, then \
the errors that the code itself raises. Work out what to expect from the code. Never repeat or \
change the code under test."""

_THERE = "The test file holds all of these tests already."


def prepare(material: Material) -> Material:
    """Take the whole function of which a part is selected: its signature is what tests call."""
    scope = material.scope
    if scope is None or scope.kind not in ("function", "method", "property"):
        return material
    return narrowed(material, min(material.start, scope.start), max(material.end, scope.end))


def prompt(material: Material, budget: Budget) -> Prompt:
    """Ask for tests of the code, in the way of the file that they are for."""
    place = _place(material)
    name = f" `{material.symbol}`" if material.symbol else ""
    task = (
        f"Write tests for the selected code{name} with {framework_of(place, material)}, "
        f"for the file {place.name}."
    )
    if idiom := idiom_of(place):
        task += f" {idiom}"
    if hint := "; ".join(reaching(material, place)) or place.import_hint:
        task += f" That file reaches the code by: {hint}"
    if place.text and not place.inside:
        task += " The file exists: add to it, and do not repeat the tests that it has."
    if home := home_in(place, material):
        task += f" Tests for it stand in `{home}` there: add to that."
    if material.instruction:
        task += f"\n{material.instruction}"
    return compose(material, system=_SYSTEM, task=task, budget=budget, more=shown(place, material))


def finish(reply: Reply, material: Material) -> Outcome:
    """Make the test file of the answer: a new one, or the one that is there with more in it."""
    place = _place(material)
    code = _new_in(reply) or code_in(reply, language_fence=material.language.fence)
    if isinstance(code, Refusal):
        return code
    code, found = strip_invisible(mended(code, material.language))
    note = INVISIBLE if found else ""
    ending = line_ending(place.text or material.text)
    if place.text is None:
        text = started(code, material, place).replace("\n", ending)
        return gated_file(CreateFile(place.path, text, note), "", language_of(place, material))
    text = extended(code, material, place, ending)
    if text == place.text:
        return Unchanged(_THERE)
    return gated_file(Insert(place.path, text, note), place.text, language_of(place, material))


def _new_in(reply: Reply) -> str:
    """The code of a patch that makes a new file, or adds to one without naming a place in it."""
    changes = changes_in(reply, "")
    if not isinstance(changes, list) or any("".join(each.search).strip() for each in changes):
        return ""
    return "\n\n".join("\n".join(each.replace).strip("\n") for each in changes)


def _place(material: Material) -> TestPlace:
    if material.tests is None:
        msg = "the job gives write_tests a place for the tests"
        raise TypeError(msg)
    return material.tests
