"""Fenced blocks of code in a prompt, or in Markdown that people read."""

from __future__ import annotations

import re

_BACKTICKS = re.compile(r"`{3,}")


def fenced(code: str, tag: str) -> str:
    r"""Fence `code`, with more backticks than stand together anywhere inside, and `\n` line ends.

    >>> print(fenced("x = 1", "python"))
    ```python
    x = 1
    ```
    """
    code = code.replace("\r\n", "\n").replace("\r", "\n").rstrip()
    longest = max(map(len, _BACKTICKS.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{tag}\n{code}\n{fence}"
