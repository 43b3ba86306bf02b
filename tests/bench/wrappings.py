"""The ways in which models wrap the code that they were asked for."""

from __future__ import annotations

import difflib
import re
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from .editing_problems import Problem

_CONTEXT = 3
"""Lines around a change in a diff or SEARCH/REPLACE block."""


def _fenced(code: str, tag: str = "python", fence: str = "```") -> str:
    return f"{fence}{tag}\n{code}\n{fence}"


def _with_prose(problem: Problem) -> str:
    code = _fenced(problem.new)
    return f"Certainly! Here is the updated code:\n\n{code}\n\nIt now does what you asked for."


def _in_a_list(problem: Problem) -> str:
    block = textwrap.indent(_fenced(problem.new), "   ", lambda line: bool(line.strip()))
    return f"1. Replace the code with this:\n\n{block}\n\n2. Run your tests."


def _first_line_dedented(problem: Problem) -> str:
    return _fenced(problem.new.lstrip(" \t"))


def _with_tabs(problem: Problem) -> str:
    lines = problem.new.split("\n")
    widths = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
    unit = min((width for width in widths if width), default=4)
    unit = unit if unit in (2, 4) else 4

    def tabbed(found: re.Match[str]) -> str:
        levels, rest = divmod(len(found[0]), unit)
        return "\t" * levels + " " * rest

    return _fenced("\n".join(re.sub(r"\A +(?=\S)", tabbed, line) for line in lines))


def _reasoned(problem: Problem) -> str:
    thought = f"<think>\nLet me see. Now it reads:\n```python\n{problem.old}\n```\nThat changes.\n</think>\n\n"
    return thought + _fenced(problem.new)


def _search_replace(problem: Problem) -> str:
    blocks = [
        f"sample.py\n```python\n<<<<<<< SEARCH\n{search}\n=======\n{replace}\n>>>>>>> REPLACE\n```"
        for search, replace in _changes(problem)
    ]
    return "I changed this:\n\n" + "\n\n".join(blocks)


def _changes(problem: Problem) -> list[tuple[str, str]]:
    """The changed passages of the file with lines around them; the whole code if one is not unique."""
    old, new = problem.text.split("\n"), problem.wanted.split("\n")
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    found = []
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        (_, first, _, new_first, _), (_, _, last, _, new_last) = group[0], group[-1]
        found.append(("\n".join(old[first:last]), "\n".join(new[new_first:new_last])))
    unique = all(problem.text.count(search) == 1 and search.strip() for search, _ in found)
    return found if unique else [(problem.old, problem.new)]


def _unified_diff(problem: Problem) -> str:
    lines = difflib.unified_diff(
        problem.text.split("\n"),
        problem.wanted.split("\n"),
        "a/sample.py",
        "b/sample.py",
        n=_CONTEXT,
        lineterm="",
    )
    return _fenced("\n".join(lines), "diff")


def _two_alternatives(problem: Problem) -> str:
    other = "\n".join(line for line in problem.new.split("\n") if line.strip())
    return (
        f"There are two ways to do this.\n\n### Option 1\n\n{_fenced(problem.new)}\n\n"
        f"### Option 2\n\nThe same, more compact:\n\n{_fenced(other)}\n\nI would take the first one."
    )


def _usage_after(problem: Problem) -> str:
    name = re.search(r"(?:def|class) (\w+)", problem.new)
    called = name[1] if name else "result"
    usage = f"from sample import {called}\n\nprint({called})\nprint(repr({called}))"
    return f"{_fenced(problem.new)}\n\nHere's an example of how you can use it:\n\n{_fenced(usage)}"


WRAPPINGS: dict[str, Callable[[Problem], str]] = {
    "plain fence": lambda problem: _fenced(problem.new),
    "prose around it": _with_prose,
    "untagged": lambda problem: _fenced(problem.new, ""),
    "wrongly tagged": lambda problem: _fenced(problem.new, "javascript"),
    "four backticks": lambda problem: _fenced(problem.new, fence="````"),
    "tildes": lambda problem: _fenced(problem.new, fence="~~~"),
    "no fence": lambda problem: problem.new,
    "closing fence only": lambda problem: f"{problem.new}\n```",
    "indented in a list": _in_a_list,
    "whole file": lambda problem: _fenced(problem.wanted),
    "dedented": lambda problem: _fenced(textwrap.dedent(problem.new)),
    "first line dedented": _first_line_dedented,
    "tabs for spaces": _with_tabs,
    "CRLF": lambda problem: _fenced(problem.new).replace("\n", "\r\n"),
    "reasoning before": _reasoned,
    "leaked end token": lambda problem: f"{_fenced(problem.new)}<|im_end|>\n<|endoftext|>",
    "SEARCH/REPLACE": _search_replace,
    "unified diff": _unified_diff,
    "two alternatives": _two_alternatives,
    "usage example after": _usage_after,
}
"""By the name that tables show."""
