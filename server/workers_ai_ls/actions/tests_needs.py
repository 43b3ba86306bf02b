"""What tests use of their framework and may have forgotten to import. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_TESTIFY = "github.com/stretchr/testify"
_NEEDS: dict[str, tuple[tuple[str, str], ...]] = {
    "pytest": ((r"\bpytest\.", "import pytest"),),
    "unittest": ((r"\bunittest\.", "import unittest"),),
    "go": ((r"\btesting\.\w", 'import "testing"'),),
    "testify": (
        (r"\btesting\.\w", 'import "testing"'),
        (r"\bassert\.\w", f'import "{_TESTIFY}/assert"'),
        (r"\brequire\.\w", f'import "{_TESTIFY}/require"'),
    ),
    "junit5": (
        (r"@Test\b", "import org.junit.jupiter.api.Test;"),
        (r"(?<![\w.])(?:assert\w+|fail)\(", "import static org.junit.jupiter.api.Assertions.*;"),
    ),
    "junit4": (
        (r"@Test\b", "import org.junit.Test;"),
        (r"(?<![\w.])(?:assert\w+|fail)\(", "import static org.junit.Assert.*;"),
    ),
}
"""For each framework what shows that a statement is needed, and the statement."""

_MODULES = {"vitest": "vitest", "node": "node:test", "bun": "bun:test"}
_FUNCTIONS = {
    "vitest": ("describe", "it", "test", "expect", "vi", "beforeEach", "afterEach", "beforeAll", "afterAll"),
    "node": ("describe", "it", "test", "mock", "before", "after", "beforeEach", "afterEach"),
    "bun": ("describe", "it", "test", "expect", "mock", "beforeEach", "afterEach", "beforeAll", "afterAll"),
}  # fmt: skip


def needed(code: str, text: str, framework: str, hints: Sequence[str]) -> list[str]:
    """List the imports that new tests (`code`) need for their framework, in the file's `text`.

    Those that a file does without are none: test functions may be global there.
    """
    if framework in _MODULES:
        return _of_functions(code, text, framework, hints)
    return [
        statement
        for pattern, statement in _NEEDS.get(framework, ())
        if re.search(pattern, code) and not _is_covered(statement, f"{code}\n{text}")
    ]


def _of_functions(code: str, text: str, framework: str, hints: Sequence[str]) -> list[str]:
    module = _MODULES[framework]
    if re.search(
        r"^\s*(?:describe|it|test)\b", text, re.MULTILINE
    ) and f"{module}'" not in text.replace('"', "'"):
        return []
    used = [
        name
        for name in _FUNCTIONS[framework]
        if re.search(rf"(?<![\w.$]){name}(?:\.\w+)*\(", code)
        and not re.search(rf"\bimport\s+{name}\b|\b{name}\s*=\s*require", f"{code}\n{text}")
    ]
    required = framework == "node" and (
        any(hint.startswith("const ") for hint in hints) or "require(" in text
    )
    found = [_statement(f"{{ {', '.join(used)} }}", module, required=required)] if used else []
    if framework == "node" and re.search(r"(?<![\w.$])assert[.(]", code):
        found.append(_statement("assert", "node:assert/strict", required=required))
    return found


def _statement(names: str, module: str, *, required: bool) -> str:
    if required:
        return f"const {names} = require('{module}');"
    return f"import {names} from '{module}';"


def _is_covered(statement: str, text: str) -> bool:
    """Whether Java's or another language's way to import more at once has it already."""
    if statement.startswith("import static"):
        return bool(
            re.search(r"^import static .*\b(?:Assertions?|Assert|Assertj)\b", text, re.MULTILINE)
        )
    wide = re.sub(r"\.\w+;$", ".*;", statement)
    return wide != statement and wide in text
