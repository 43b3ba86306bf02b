"""Code as it was typed at a prompt."""

from __future__ import annotations

import re

_PROMPT = re.compile(r"(?:>>>|\.\.\.)(?: |$)")
_SHELL_PROMPT = re.compile(
    r"(?:>>>|julia>|irb\([^)]*\)[^>]*>|In \[\d+\]:|scala>|iex(?:\(\d+\))?>|ghci>)(?: |$)"
)
_COMMENT = re.compile(r"[ \t]*(?:#|//|--).*")


def without_prompts(code: str, original: str = "") -> str:
    """Keep what was typed of an interactive session; below definitions, drop the whole session.

    Code without prompts stays as it is, and so does code that replaces a session.
    """
    lines = code.strip("\n").split("\n")
    if lines[0].lstrip().startswith(">>> "):
        typed = [line.lstrip() for line in lines if _PROMPT.match(line.lstrip())]
        return "\n".join(line[4:] for line in typed)
    first = next((at for at, line in enumerate(lines) if _SHELL_PROMPT.match(line)), None)
    if first is None or any(_SHELL_PROMPT.match(line) for line in original.split("\n")):
        return code
    above = "\n".join(lines[:first])
    if any(above.count(quotes) % 2 for quotes in ('"""', "'''")) or not above.strip():
        # The example in a docstring.
        return code
    while first and (not lines[first - 1].strip() or _COMMENT.fullmatch(lines[first - 1])):
        first -= 1
    return "\n".join(lines[:first]) if first else code
