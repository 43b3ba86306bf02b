"""Whether the server did right by a recorded reply."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.reply import Refusal, refusals
from workers_ai_ls.reply.outcomes import CreateFile, Hold, Insert, Replace, Show, Unchanged
from workers_ai_ls.syntax import error_count, parse, scopes

from .reply_lines import foreign, lost

if TYPE_CHECKING:
    from workers_ai_ls.actions import Outcome
    from workers_ai_ls.context import Material

    from .recorded_replies import Recorded

_CUT_OFF = {
    each.sentence
    for each in vars(refusals).values()
    if isinstance(each, Refusal) and each.reason == "cut off"
}
_STRING = re.compile(r"'''.*?'''|\"\"\".*?\"\"\"|/\*.*?\*/", re.DOTALL)
_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,}).*$", re.MULTILINE)
_MARK = re.compile(
    r"^(?:julia>|>>>|\$) .*$|<\|\w+\|>|^(?:<{5,9}|>{5,9}|={7})(?: \w+)?$", re.MULTILINE
)
_PROSE = re.compile(
    r"^(?:#{3,6} .*|\*\*.*|(?:[-*]|\d+\.) [A-Z`].*|[A-Z][\w']*,?(?: [\w'’`(),-]+){4,}[.:!])$",  # noqa: RUF001 - people write that apostrophe
    re.MULTILINE,
)


@attrs.frozen
class Verdict:
    """What became of one reply. `wrong` says what is not right with that, or is empty."""

    row: Recorded
    wrong: str = ""
    parses: bool = False
    named: bool = False
    """Whether the expected definitions are there."""
    clean: bool = False
    """Whether there is no prose, no fence and no mark of a patch or a prompt in it."""
    whole: bool = False
    """Whether all lines of the answer are there, and none from elsewhere."""


def judged(row: Recorded, outcome: Outcome, material: Material) -> Verdict:
    """Hold what the server made of a reply against its label."""
    if row.label == "answer":
        return _answer(row, outcome, material)
    if row.label == "no code":
        return Verdict(row, "taken, though there is no answer" if _applies(outcome) else "")
    seen = outcome.reason if isinstance(outcome, Refusal) else ""
    if isinstance(outcome, Hold) and outcome.sentence in _CUT_OFF:
        seen = "cut off"
    wanted = "refused" if row.label == "refusal" else "cut off"
    return Verdict(row, "" if seen == wanted else f"{wanted}, but {_said(outcome)}")


def _answer(row: Recorded, outcome: Outcome, material: Material) -> Verdict:
    if isinstance(outcome, Show):
        # All of it: an answer in words may hold whatever it likes.
        whole = len(outcome.markdown.split()) >= len(row.text.split())
        return Verdict(row, "" if whole else "words are missing", whole, whole, whole, whole)
    if isinstance(outcome, Unchanged) and _flat(material.original) in _flat(row.text):
        return Verdict(row, "", parses=True, named=True, clean=True, whole=True)
    if not isinstance(outcome, Replace | Insert | CreateFile):
        return Verdict(row, _said(outcome))
    code = outcome.text
    errors = _errors(code, material)
    allowed = _errors(material.text, material) if isinstance(outcome, Replace) else 0
    lacking = [name for name in row.definitions if not _defines(code, name, material)]
    stray = _stray(code, material)
    astray = _astray(row, outcome, material)
    wrong = [
        f"{errors} parse errors, {allowed} before" if errors > allowed else "",
        f"`{lacking[0]}` is missing" if lacking else "",
        f"not code: {stray[:50]!r}" if stray else "",
        astray,
        "nothing is left" if not code.strip() else "",
    ]
    return Verdict(
        row,
        "; ".join(filter(None, wrong)),
        parses=errors <= allowed,
        named=not lacking,
        clean=not stray,
        whole=not astray,
    )


def _astray(row: Recorded, outcome: Replace | Insert | CreateFile, material: Material) -> str:
    """Say what was lost of the answer or came in from elsewhere, if anything."""
    if not row.code:
        return ""
    taken = "\n".join([*(outcome.imports if isinstance(outcome, Replace) else ()), outcome.text])
    missed = lost(row.text, row.code, taken)
    added = foreign(row.text, (*row.code, *row.spare), taken, material.text)
    if missed:
        return f"lost: {missed[:50]!r}"
    return f"from elsewhere: {added[:50]!r}" if added else ""


def _applies(outcome: Outcome) -> bool:
    return isinstance(outcome, Replace | Insert | CreateFile)


def _said(outcome: Outcome) -> str:
    if isinstance(outcome, Refusal):
        return f"{outcome.reason}: {outcome.sentence.partition(', so')[0]}"
    if isinstance(outcome, Hold | Unchanged):
        return f"{type(outcome).__name__.lower()}: {outcome.sentence.partition(', so')[0]}"
    return "taken as an answer"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _errors(code: str, material: Material) -> int:
    tree = parse(material.language, code)
    return error_count(tree) if tree else 0


def _defines(code: str, name: str, material: Material) -> bool:
    tree = parse(material.language, code)
    if tree and any(scope.name == name for scope in scopes(tree)):
        return True
    word = re.escape(name)
    return bool(
        re.search(
            rf"^[ \t]*(?:[\w@*]+[ \t*]+)*{word}\b[^=\n]*=(?!=)|^[ \t]*(?:\w+,[ \t]*)+{word}\b.*="
            rf"|(?:\b(?:function|struct|type|class|const)|@implementation)[ \t]+(?:[\w.]+\.)?{word}\b"
            rf"|^[ \t]*(?:\w+[ \t]+)+{word}[ \t]*\([^;]*$",
            code,
            re.MULTILINE,
        )
    )


def _stray(code: str, material: Material) -> str:
    """Give the first line that is no code; in languages with a grammar, prose does not parse."""
    bare = _STRING.sub('""', code)
    kinds = (_FENCE, _MARK) if material.language.grammar else (_FENCE, _MARK, _PROSE)
    found = [match for kind in kinds if (match := kind.search(bare))]
    return min(found, key=lambda match: match.start())[0].strip() if found else ""
