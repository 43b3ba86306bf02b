"""The one change that every server is asked for: a selected function that is to round down."""

from __future__ import annotations

from tests.bench.sample_code import line_of, python_source

_LINES = 200

TEXT = python_source(_LINES)
_FIRST = line_of(TEXT, "def half_")
_SELECTED = TEXT.splitlines()[_FIRST : _FIRST + 3]

CODE = "\n".join(_SELECTED)
"""The function, without its last line end."""
WANTED_CODE = CODE.replace("math.ceil", "math.floor")
WANTED = TEXT.replace(CODE, WANTED_CODE)
"""The whole text afterwards."""

RANGE = {
    "start": {"line": _FIRST, "character": 0},
    "end": {"line": _FIRST + 2, "character": len(_SELECTED[-1])},
}
"""The function, as LSP has it."""
EXPRESSION = _SELECTED[-1].strip().removeprefix("return ")
WANTED_EXPRESSION = EXPRESSION.replace("math.ceil", "math.floor")
