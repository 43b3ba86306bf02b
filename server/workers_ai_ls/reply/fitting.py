"""Fit code to the indentation of the text that it replaces."""

import re
from collections import Counter

from workers_ai_ls.reply.indentation import (
    TAB,
    blanks,
    columns,
    in_styles_of,
    is_anchored,
    is_blank,
    style_of,
)

_LINE_END = re.compile(r"\r\n|\r|\n")
_UNSEEN_END = " \t\n\r\u200b\u200c\u200d\u2060\ufeff"
_OPENS_BLOCK = re.compile(
    r"(?:[:{(\[]|=>|->|\b(?:then|do|begin|repeat|else))\s*(?:(?:#|//|--).*)?$|^\s*(?:def|function)\b"
)
_CLOSES_BLOCK = re.compile(r"\s*(?:[\])}]|(?:end|fi|done|esac)[ \t;,)]*$)")


def reindent(code: str, original: str, *, line_ending: str, before: str = "") -> str:
    r"""Give `code` the indentation, the blank ends and the line ends of `original`.

    `before` is what stands on the line of `original` left of it. Where `original` starts behind its
    own indentation, say so with `before`: without it, the start is taken for column 0, unless the
    code shows better. Levels of indentation are converted where the two styles differ (tabs against
    spaces, two against four); where nothing has to move, nothing is changed, so that the text in
    multi-line strings stays.

    >>> reindent("def f():\n  return 1", "    def f():\n        return  1\n", line_ending="\n")
    '    def f():\n        return 1\n'
    """
    lines = _lines(code)
    old = _LINE_END.split(original)
    kept = [line for line in old if not is_blank(line)]
    if not lines or not kept:
        return line_ending.join([*lines, *[""] * (len(old) > 1)])
    margin = blanks(before + kept[0])
    if not before and not margin:
        margin = " " * _hidden_margin(kept, lines)
        before = margin
    kept[0] = before + kept[0]
    lines = _fit(lines, kept, margin)
    if before:
        lines[0] = lines[0].removeprefix(margin)
    first = next(number for number, line in enumerate(old) if not is_blank(line))
    after = next(number for number, line in enumerate(reversed(old)) if not is_blank(line))
    return line_ending.join([*old[:first], *lines, *[""] * after])


def _lines(code: str) -> list[str]:
    lines = _LINE_END.split(code.rstrip(_UNSEEN_END))
    while lines and is_blank(lines[0]):
        del lines[0]
    return lines


def _fit(lines: list[str], old: list[str], margin: str) -> list[str]:
    """Choose between the ways to move the lines.

    The one that brings back most lines of the original wins, since an answer repeats most of them;
    of equals, the one that the shape of the code speaks for.
    """
    known = Counter(old)
    ways = [moved for form in in_styles_of(old, lines) for moved in _moves(form, old, margin)]
    return max(ways, key=lambda way: (known & Counter(way)).total())


def _moves(lines: list[str], old: list[str], margin: str) -> list[list[str]]:
    """Give the ways in which the lines may move, the likeliest first."""
    target = columns(margin)
    shift = target - columns(lines[0])
    if shift == 0:
        return [lines]
    # What stood left of the margin before (the text of a string, a label) goes back to its place.
    stays = {line for line in old[1:] if columns(line) < target}
    first = margin + lines[0].lstrip(" \t")
    together = [
        first,
        *(
            line if _is_in_place(line, stays) else _shifted(line, shift, margin)
            for line in lines[1:]
        ),
    ]
    first_only = [first, *lines[1:]]
    rest = [
        line for line in lines[1:] if not (is_blank(line) or is_anchored(line) or line in stays)
    ]
    least = min((columns(line) for line in rest), default=0)
    if shift < 0:
        # The first line alone may be too deep: " package main".
        return [first_only, together] if rest and least < -shift else [together]
    if not rest or least < target:
        return [together]
    return (
        [first_only, together]
        if _only_first_moved(lines[0], rest, old, target)
        else [together, first_only]
    )


def _is_in_place(line: str, stays: set[str]) -> bool:
    return line in stays or (is_anchored(line) and not blanks(line))


def _shifted(line: str, shift: int, margin: str) -> str:
    if is_blank(line):
        return ""
    if shift > 0:
        return _of_kind(margin, shift) + line
    width = columns(line) + shift
    indent = blanks(line)
    if "\t" in indent:
        return "\t" * (width // TAB) + " " * (width % TAB) + line.lstrip(" \t")
    return " " * max(0, width) + line.lstrip(" \t")


def _of_kind(margin: str, shift: int) -> str:
    """Give `shift` columns of blanks, of the kind that `margin` is made of."""
    if "\t" in margin:
        return "\t" * (shift // TAB) + " " * (shift % TAB)
    return " " * shift


def _only_first_moved(first: str, rest: list[str], old: list[str], target: int) -> bool:
    """Tell whether the model left the blanks of the first line out, and of no other.

    The second line shows it: from a first line at its place, it goes one level deeper into a block,
    or stays at the margin; counted from column 0, it would go too deep.
    """
    if columns(first):
        return False
    if _CLOSES_BLOCK.match(rest[-1]) and _OPENS_BLOCK.search(first):
        return columns(rest[-1]) == target
    step = columns(rest[0]) - target
    if not _OPENS_BLOCK.search(first):
        return step == 0
    unit = style_of(old).unit or style_of(rest).unit or target
    return step == unit or (step > 0 and columns(rest[0]) != unit)


def _hidden_margin(old: list[str], lines: list[str]) -> int:
    """Give the column at which `old` starts if it cannot be column 0, else 0.

    That is so where its last line closes the block at a deeper column, or where its block is deeper
    by whole levels than the same block of the reply.
    """
    rest = [line for line in old[1:] if not is_anchored(line)]
    if not rest or not _OPENS_BLOCK.search(old[0]):
        return 0
    if _CLOSES_BLOCK.match(rest[-1]):
        return columns(rest[-1])
    new = [line for line in lines[1:] if not is_blank(line) and not is_anchored(line)]
    if not new or "\t" in blanks(rest[0]) or old[0].split()[0] != lines[0].split()[0]:
        return 0
    step = columns(new[0]) - columns(lines[0])
    margin = columns(rest[0]) - step
    is_deeper = step > 0 and margin > 0 and margin % step == 0
    return margin if is_deeper and min(columns(line) for line in rest) > margin else 0
