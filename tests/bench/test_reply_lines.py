"""Which lines of a reply were taken."""

from __future__ import annotations

import pytest

from tests.bench.reply_lines import foreign, lost

REPLY = """\
Here:
```go
package a

import (
	"fmt"
)

func half(x int) int {
	return x / 2
}
```
Use it:
```go
fmt.Println(half(2))
```"""
ANSWER = [(2, 11)]


@pytest.mark.parametrize(
    ("taken", "missed"),
    [
        ('package a\nimport "fmt"\nfunc half(x int) int {\nreturn x / 2\n}', ""),
        ('package a\r\n\r\nimport "fmt"\r\nfunc half(x int) int {\r\n    return x / 2\r\n}', ""),
        ("package a\nfunc half(x int) int {\nreturn x / 2\n}", "import ("),
        ('import "fmt"\nfunc half(x int) int {\nreturn x / 2\n}', "package a"),
        ('package a\nimport "fmt"\nfunc half(x int) int {\n}', "return x / 2"),
    ],
)
def test_a_line_is_lost_that_was_not_taken(taken: str, missed: str) -> None:
    assert lost(REPLY, ANSWER, taken) == missed


def test_wrapping_and_invisible_characters_are_no_loss() -> None:
    reply = "```c\nint x\u200b = f(“a”);\n}```<|eot_id|>"
    assert not lost(reply, [(1, 3)], 'int x = f("a");\n}')
    assert not foreign(reply, [(1, 3)], 'int x = f("a");\n}', "")


@pytest.mark.parametrize(
    ("taken", "before", "added"),
    [
        ("package a\n\nfunc half(x int) int {\n\treturn x / 2\n}", "", ""),
        ("func half(x int) int {}\nfmt.Println(half(2))", "", "func half(x int) int {}"),
        ("\treturn x / 2\nfmt.Println(half(2))", "", "fmt.Println(half(2))"),
        ("\treturn x / 2\n// old", "  // old", ""),
        ('import "os"\n)', "", ""),
    ],
)
def test_a_line_is_foreign_that_stands_elsewhere(taken: str, before: str, added: str) -> None:
    assert foreign(REPLY, ANSWER, taken, before) == added
