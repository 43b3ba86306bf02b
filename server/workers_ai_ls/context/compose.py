"""Puts a prompt together from pieces, the most useful ones first, until the budget is used up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from .budget import Budget, SelectionTooLong
from .prompt import Prompt, Turn
from .tokens import estimate, fits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .material import Material

_SURROUNDINGS = 1500
"""Tokens of plain surroundings at most: more of them slows the answer and hardly helps."""

_NEAR = 16_000
"""Characters to look at on either side: far more than the tokens above allow."""

_FENCE = re.compile(r"^[ \t]*(`{3,})", re.MULTILINE)


@attrs.frozen
class Piece:
    """A part of the prompt that may be left out. `name` says what is missing then."""

    name: str
    text: str


def fenced(code: str, tag: str) -> str:
    """Fence `code`, longer than any fence inside.

    >>> print(fenced("x = 1", "python"))
    ```python
    x = 1
    ```
    """
    longest = max((len(match[1]) for match in _FENCE.finditer(code)), default=2)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{tag}\n{code.rstrip()}\n{fence}"


def compose(
    material: Material,
    *,
    system: str,
    task: str,
    budget: Budget,
    more: Sequence[Piece] = (),
) -> Prompt:
    """Compose the prompt of one action.

    `system` is the action's static text and comes first (endpoints cache prefixes); `task` is its
    request and comes last. `more` are pieces of the action's own, ranked above the file's. Raises
    SelectionTooLong when not even the code fits.
    """
    system = "\n\n".join(part for part in (system, material.extra) if part)
    name = material.language.name
    head = f"File: {material.selection.path or 'untitled'} ({name})"
    code = f"Selected code:\n{fenced(material.code, material.language.fence)}"
    left = budget.prompt - sum(map(estimate, (system, head, code, task)))
    if left < 0:
        raise SelectionTooLong(budget.prompt - left, budget.prompt)
    kept, cut = [], []
    for piece in (*more, *_pieces(material)):
        if fits(piece.text, left):
            kept.append(piece)
            left -= estimate(piece.text)
        else:
            cut.append(piece.name)
    surroundings = _surroundings(material, min(left, _SURROUNDINGS))
    note = f"(Left out for lack of room: {', '.join(cut)}.)" if cut else ""
    texts = [head, *(piece.text for piece in kept), surroundings, note, code, task]
    user = "\n\n".join(text for text in texts if text)
    return Prompt((Turn("system", system), Turn("user", user)), max_tokens=budget.answer)


def _pieces(material: Material) -> list[Piece]:
    """What the file says, best first."""
    tag = material.language.fence
    pieces = []
    inside = [
        item
        for item in material.selection.diagnostics
        if item.start <= material.end and item.end >= material.start
    ]
    if inside:
        lines = "\n".join(f"- line {item.line}: {item.severity}: {item.message}" for item in inside)
        pieces.append(Piece("reported problems", f"Problems reported in this code:\n{lines}"))
    if material.headers:
        headers = "\n".join(material.headers)
        pieces.append(Piece("enclosing scope", f"It stands inside:\n{fenced(headers, tag)}"))
    if material.imports:
        listed = "\n".join(material.imports)
        pieces.append(Piece("imports", f"The file imports:\n{fenced(listed, tag)}"))
    return pieces


def _surroundings(material: Material, tokens: int) -> str:
    """Whole lines right above and below the code, half of the tokens each."""
    above = _nearest(material.before[-_NEAR:].splitlines()[::-1], tokens // 2)[::-1]
    below = _nearest(material.after[:_NEAR].splitlines(), tokens // 2)
    tag = material.language.fence
    parts = []
    if any(map(str.strip, above)):
        parts.append(f"Code above it, for context only:\n{fenced(chr(10).join(above), tag)}")
    if any(map(str.strip, below)):
        parts.append(f"Code below it, for context only:\n{fenced(chr(10).join(below), tag)}")
    return "\n\n".join(parts)


def _nearest(lines: list[str], tokens: int) -> list[str]:
    """As many of the first lines as fit into `tokens`."""
    kept = []
    for line in lines:
        tokens -= estimate(line) + 2
        if tokens < 0:
            break
        kept.append(line)
    return kept
