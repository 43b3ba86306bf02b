"""How a piece of code is indented."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

# Columns of a tab where it stands among spaces.
TAB = 4
_WIDEST_UNIT = 8
# `#if` and friends stand at column 0 whatever surrounds them.
_PREPROCESSOR = re.compile(r"#\s*(?:if|ifdef|ifndef|else|elif|endif|define|include|pragma|undef)\b")
# Steps that are not multiples of the unit are alignment; more of them, and there is no unit.
_REGULAR = 0.8


class Style(NamedTuple):
    """What one level of indentation is. `unit` is in columns, 0 where nothing shows it."""

    tabs: bool | None
    unit: int


def is_blank(line: str) -> bool:
    """Tell whether a line has nothing to indent."""
    return not line.strip()


def is_anchored(line: str) -> bool:
    """Tell whether a line stands at column 0 on purpose, so that it says nothing about the rest."""
    return bool(_PREPROCESSOR.match(line))


def blanks(line: str) -> str:
    """Give the leading blanks of a line."""
    return line[: len(line) - len(line.lstrip(" \t"))]


def columns(line: str) -> int:
    """Give the width of the leading blanks of a line."""
    return len(blanks(line).expandtabs(TAB))


def style_of(lines: Iterable[str]) -> Style:
    r"""Detect the style of some lines.

    >>> style_of(["if a:", "  if b:", "    c"]), style_of(["a", "\tb"]), style_of(["a"])
    (Style(tabs=False, unit=2), Style(tabs=True, unit=4), Style(tabs=None, unit=0))
    """
    relevant = [line for line in lines if not is_blank(line) and not is_anchored(line)]
    indented = [blanks(line) for line in relevant if blanks(line)]
    if not indented:
        return Style(None, 0)
    tabs = sum("\t" in indent for indent in indented) * 2 > len(indented)
    return Style(tabs, TAB if tabs else _unit([columns(line) for line in relevant]))


def in_styles_of(old: list[str], lines: list[str]) -> list[list[str]]:
    """Convert levels of indentation where the two styles differ, the likeliest way first.

    Where a level is of several widths, the first one is as good a measure as the most frequent.
    """
    wanted = style_of(old)
    margin = columns(old[0])
    first = next((columns(line) - margin for line in old if columns(line) > margin), 0)
    units = dict.fromkeys([wanted.unit, first if 0 < first <= _WIDEST_UNIT else wanted.unit])
    ways = [_in_style_of(old, lines, wanted._replace(unit=unit)) for unit in units]
    return [*ways, lines]


def _in_style_of(old: list[str], lines: list[str], wanted: Style) -> list[str]:
    style = style_of(lines)
    if wanted.tabs is None or style.tabs is None:
        return lines
    margin = columns(old[0])
    guess = margin if 0 < margin < TAB else TAB
    unit = wanted.unit or (guess if style.tabs else style.unit)
    same_kind = wanted.tabs == style.tabs
    if same_kind and (
        wanted.tabs or not wanted.unit or not style.unit or wanted.unit == style.unit
    ):
        return lines
    from_unit = TAB if style.tabs else style.unit or unit
    base = min(columns(line) for line in lines if not is_blank(line) and not is_anchored(line))
    base -= base % from_unit
    if same_kind and (base or not _is_regular(lines, from_unit, base)):
        # The lines may be in their final place already, aligned with what only the file shows.
        return lines
    return [_converted(line, from_unit, Style(wanted.tabs, unit)) for line in lines]


def _converted(line: str, from_unit: int, style: Style) -> str:
    if is_blank(line):
        return line
    levels, aligned = divmod(columns(line), from_unit)
    level = "\t" if style.tabs else " " * style.unit
    return level * levels + " " * aligned + line.lstrip(" \t")


def _is_regular(lines: Iterable[str], unit: int, base: int) -> bool:
    """Tell whether nearly all lines are indented by whole units from the column `base`."""
    widths = [columns(line) - base for line in lines if not is_blank(line)]
    return sum(width % unit == 0 for width in widths) >= _REGULAR * len(widths)


def _unit(widths: list[int]) -> int:
    # One column more is a comment's ` *`; more than eight is alignment with a bracket.
    steps = Counter(
        after - before for before, after in pairwise(widths) if 1 < after - before <= _WIDEST_UNIT
    )
    if not steps:
        return 0
    most = max(steps.values())
    return min(step for step, count in steps.items() if count == most)
