"""What a run of new tests comes to: which of them fail and why, by what the runner has printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workers_ai_ls.workspace.trials import Ran

_FAILS = re.compile(r"\bFAIL(?:ED|URE|URES)?\b|\bERROR\b|^\s*not ok\b|[✖✗✕\u00d7●]")
"""What stands on the line on which a runner names a test that fails."""

_COUNTS = (
    re.compile(r"^test result: .*?\b(\d+) passed", re.MULTILINE),  # cargo, once for each binary
    re.compile(r"^\s*Tests:?\s(?:.*?\s)?(\d+) passed\b", re.MULTILINE),  # Vitest, Jest
    re.compile(r"^(?:#|\u2139) pass (\d+)$", re.MULTILINE),  # node:test
    re.compile(r"^(?:=+ )?(?:.*?\s)?(\d+) passed\b.* in [\d.]+", re.MULTILINE),  # pytest
)
_UNITTEST = re.compile(r"^Ran (\d+) tests? in .*\n\n(?:OK|FAILED)(?: \((.*)\))?", re.MULTILINE)
_NONE_RAN = re.compile(
    r"no tests? (?:ran|to run|found|files?|matching|were executed)|\bcollected 0 items",
    re.IGNORECASE,
)
_REASONS = (
    re.compile(r"\b\w+(?:Error|Exception)\b.*"),
    re.compile(r"\b(?:error:|(?:assert|expect|panicked|want)\w*\b).*", re.IGNORECASE),
)
"""What says why a test fails, the plainest first."""
_NEAR = 12
"""Lines below a test's name in which to look for the reason of its failure."""

_RAISE = "raise workersAI.verification.seconds if that is too short"
_ALL_THE_SAME = "They stand in the file all the same."
_FILE = "\ue000"
"""Stands for the test file where its name must not be taken for that of a test."""

_LONGEST = 120
_MOST_NAMED = 3
_HEAD, _TAIL = 1000, 3000
"""Characters of an output that the model is shown: runners sum up at the end."""


@attrs.frozen
class Verdict:
    """What is known of new tests. `sentence` is for the user.

    `failing` names those that fail: none where they pass, or where nothing is known about single
    ones. `command` has been run, and `output` is what it has said.
    """

    state: Literal["passed", "failed", "unverified"]
    sentence: str
    command: str = ""
    failing: tuple[str, ...] = ()
    output: str = attrs.field(default="", repr=False)

    def goes_before(self, other: Verdict) -> bool:
        """Whether the tests of this verdict are to be had rather than those of the other one."""
        if self.state == "passed":
            return other.state != "passed"
        known = self.state == other.state == "failed" and bool(self.failing)
        return known and (not other.failing or len(self.failing) < len(other.failing))


@attrs.frozen
class Tried:
    """What was run: `command`, for the new tests `names` in `file`, which has had `others` before.

    `file` is the path from the project's folder, with slashes.
    """

    command: str
    names: tuple[str, ...]
    others: tuple[str, ...]
    file: str


def judged(ran: Ran, tried: Tried, limit_s: float) -> Verdict:
    """Give the verdict on the new tests.

    A run that says nothing about the file or its tests says nothing about them by its exit code.
    """
    command, names = tried.command, tried.names
    if ran.code is None:
        told = f"{command} took longer than {limit_s:.0f} s and was stopped; {_RAISE}"
        return unverified(told, ran.output)
    if ran.code < 0:
        return unverified(f"{command} was ended by signal {-ran.code}", ran.output)
    took = f"{command}, {ran.seconds:.1f} s"
    passed = _passed(ran.output)
    if ran.code == 0:
        if passed == 0 or (passed is None and _NONE_RAN.search(ran.output)):
            return unverified(f"{command} ran no tests", ran.output)
        said = "and the command passes" if passed is None else f"{passed} passed"
        more = " with those that were there before" if passed and tried.others else ""
        return Verdict(
            "passed", f"{_new(names)}, {said}{more} ({took}).", command, output=ran.output
        )
    base = tried.file.rpartition("/")[2]
    output = ran.output.replace(tried.file, _FILE).replace(base, _FILE)
    failing = _failing(names, output)
    if not failing:
        return _unclear(ran, tried, output)
    named = [
        f"{name}: {why.replace(_FILE, base)}" if why else name for name, why in failing.items()
    ]
    more = f"; and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
    fail = "fails" if len(failing) == 1 else "fail"
    what = f"{_new(names)}, {len(failing)} {fail} ({took})"
    told = f"{what}: {'; '.join(named[:_MOST_NAMED])}{more}. {_ALL_THE_SAME}"
    return Verdict("failed", told, command, tuple(failing), ran.output)


def _unclear(ran: Ran, tried: Tried, output: str) -> Verdict:
    """Give the verdict where the command fails, and names none of the new tests."""
    if before := _failing(tried.others, output):
        named = ", ".join([*before][:_MOST_NAMED])
        reason = f"{tried.command} fails because of tests that were there before: {named}"
        return unverified(reason, ran.output)
    end = f"exit code {ran.code}"
    if output == ran.output or _NONE_RAN.search(output):
        said = next((line for line in reversed(ran.output.split("\n")) if line.strip()), "")
        told = f"{tried.command} ended with {end}{f': {_cut(said)}' if said else ''}"
        return unverified(told, ran.output)
    why = _reason(ran.output.split("\n"))
    what = f"{_new(tried.names)}, not all pass ({tried.command}, {ran.seconds:.1f} s, {end})"
    told = f"{what}{f': {why}' if why else ''}. {_ALL_THE_SAME}"
    return Verdict("failed", told, tried.command, output=ran.output)


def unverified(reason: str, output: str = "") -> Verdict:
    """Give the verdict where nothing could be found out; `reason` is a sentence without its end."""
    return Verdict("unverified", f"The new tests are not verified: {reason}.", output=output)


def excerpt(output: str) -> str:
    """Give head and tail of an output, for the model to read."""
    if len(output) <= _HEAD + _TAIL:
        return output.strip("\n")
    return f"{output[:_HEAD].strip()}\n[…]\n{output[-_TAIL:].strip()}"


def _new(names: Sequence[str]) -> str:
    return f"{len(names)} new {'test' if len(names) == 1 else 'tests'}"


def _passed(output: str) -> int | None:
    """How many tests passed, by the runner's own word."""
    if found := _UNITTEST.search(output):
        return int(found[1]) - sum(map(int, re.findall(r"=(\d+)", found[2] or "")))
    for pattern in _COUNTS:
        if counts := pattern.findall(output):
            return sum(map(int, counts))
    return None


def _failing(names: Sequence[str], output: str) -> dict[str, str]:
    """The tests that fail, each with why."""
    return {name: why for name in names if (why := _failure(name, output)) is not None}


def _failure(name: str, output: str) -> str | None:
    """Why a test fails, "" where it does not say; None where the output has no such failure."""
    lines = output.split("\n")
    found = [
        (index, line[match.end() :])
        for index, line in enumerate(lines)
        if _FAILS.search(line) and (match := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line))
    ]
    if not found:
        return None
    said = (_reason([rest]) or _reason([*_below(lines, index)]) for index, rest in found)
    return next(filter(None, said), "")


def _reason(lines: Sequence[str]) -> str:
    """The plainest reason for a failure in some lines, or ""."""
    found = (match[0] for why in _REASONS for line in lines if (match := why.search(line)))
    return _cut(next(found, ""))


def _below(lines: Sequence[str], index: int) -> Iterator[str]:
    """Lines that belong to the failure on a line: up to the next one."""
    for line in lines[index + 1 : index + 1 + _NEAR]:
        if _FAILS.search(line):
            return
        yield line


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
