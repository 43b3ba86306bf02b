"""Whatever shape a test file has and whatever shape an answer: text is inserted, and it parses."""

from collections import Counter
from typing import NamedTuple

import attrs
import pytest

from tests.actions.checking import Request
from workers_ai_ls.actions import ACTIONS, written
from workers_ai_ls.actions.tests_items import items_of, walked
from workers_ai_ls.context import TestPlace
from workers_ai_ls.reply.outcomes import CreateFile, Insert, Unchanged
from workers_ai_ls.syntax import Language, error_count, language_for, parse

TESTS = next(action for action in ACTIONS if action.name == "tests")


class Shapes(NamedTuple):
    """Files and answers of one framework, all about `half` or `Pair.half`."""

    framework: str
    language: str
    source: str
    path: str
    hint: str
    files: list[str]
    answers: list[str]
    inside: bool = False


PY_TEST = "def test_half():\n    assert half(4) == 2"
PYTHON_FILES = [
    "",
    "\n",
    "import pytest",
    "from sample import half\n\n\ndef test_one():\n    assert half(2) == 1\n",
    "from sample import half\n\n\ndef test_half():\n    assert half(2) == 1\n",
    f"from sample import half\n\n\n{PY_TEST}\n",
    "from sample import half\n\n\nclass TestHalf:\n    def test_one(self):\n        assert half(2) == 1\n",
    "import sample\n\n\nclass TestHalf:\n  def test_half(self):\n    assert sample.half(2) == 1\n\n\ndef test_other():\n    pass\n",
    ("import unittest\n\nfrom sample import (\n    half,\n)\n\n\nclass HalfTests(unittest.TestCase):\n"
    "    def setUp(self):\n        self.x = 2\n\n    def test_half(self):\n        self.assertEqual(half(self.x), 1)\n\n\n"
    'if __name__ == "__main__":\n    unittest.main()\n'),
    "class TestHalf: pass\n",
    "class TestHalf:\n\tdef test_tabs(self):\n\t\tassert True\n",
    "import pytest\n\n\n@pytest.fixture\ndef four():\n    return 4\n\n\nclass TestOther:\n    def test_a(self): ...\n# the end",
]  # fmt: skip
PYTHON_ANSWERS = [
    PY_TEST,
    f"from sample import half\n\n\n{PY_TEST}\n\n\ndef test_zero():\n    assert half(0) == 0",
    (
        "import pytest\nfrom sample import half\n\nCASES = [(4, 2)]\n\n@pytest.fixture\ndef four():\n    return 4\n\n"
        '@pytest.mark.parametrize("x, y", CASES)\ndef test_half(x, y):\n    assert half(x) == y'
    ),
    (
        "from sample import half\n\n\nclass TestHalf:\n    def test_half(self):\n        assert half(4) == 2\n\n"
        "    def test_text(self):\n        assert half('''a\nb\n  c''') is None"
    ),
    (
        "import unittest\nfrom sample import half\n\nclass TestHalf(unittest.TestCase):\n    def setUp(self):\n        self.x = 8\n\n"
        "    def test_half(self):\n        self.assertEqual(half(self.x), 4)\n\nif __name__ == '__main__':\n    unittest.main()"
    ),
    (
        "import unittest\nfrom sample import half\n\n\nclass TestHalf(unittest.TestCase):\n    def test_text(self):\n"
        '        self.assertEqual(half("""\nx\n"""), 4)'
    ),
    "def test_half():\n\tassert half(4) == 2\n\ndef test_tabs():\n\tif half:\n\t\tassert True",
    "def half(x):\n    return x / 2\n\n# of four\nasync def test_async():\n    assert half(4) == 2  # two\n",
]
JS_TEST = "it('halves', () => {\n  expect(half(4)).toBe(2);\n});"
JS_FILES = [
    "",
    "import { half } from './half';",
    ("import { describe, it, expect } from 'vitest';\nimport { half } from './half';\n\n"
    "describe('half', () => {\n  it('halves', () => {\n    expect(half(2)).toBe(1);\n  });\n});\n"),
    ("import { half } from './half';\n\ndescribe('math', function () {\n\tdescribe('half()', () => {\n\t\tbeforeEach(() => {});\n\n"
    "\t\tit('is', () => {});\n\t});\n\n\tit('other', () => {});\n});\n"),
    "const { half } = require('./half')\n\ntest('half', () => { expect(half(2)).toBe(1) })\n",
    "describe('half', () => { it('a', () => {}) })\n",
    "describe('empty', () => {});\n",
    "import { half } from './half';\n\ndescribe('third', () => {\n  it('a', () => {});\n});\n\ndescribe('other', () => {});\n",
]  # fmt: skip
JS_ANSWERS = [
    JS_TEST,
    f"import {{ describe, it, expect }} from 'vitest';\nimport {{ half }} from './half';\n\ndescribe('half', () => {{\n  {JS_TEST}\n}});",
    (
        "import { half, third } from './half';\n\nconst cases = [1, 2];\n\ndescribe('half', () => {\n  beforeEach(() => { reset(); });\n\n"
        "  it.each(cases)('halves %s', (x) => {\n    expect(half(`a\n  b`)).toBe(1);\n  });\n});"
    ),
    (
        "import half from '../half';\n\ndescribe('half function', () => {\n    describe('edge cases', () => {\n        it('zero', () => {\n"
        "            expect(half(0)).toBe(0);\n        });\n    });\n});"
    ),
    "const { half } = require('./half');\n\ntest('half', () => {\n  expect(half(4)).toBe(2);\n});\n\ntest('zero', () => {});",
]
GO_TEST = 'func TestHalf(t *testing.T) {\n\tif Half(4) != 2 {\n\t\tt.Error("no")\n\t}\n}'
GO_FILES = [
    "package urls\n",
    'package urls\n\nimport "testing"\n\nfunc TestOne(t *testing.T) {}\n',
    f'package urls\n\nimport (\n\t"errors"\n\t"testing"\n)\n\nvar cases = []int{{1}}\n\n{GO_TEST}\n',
    'package urls\n\nimport (\n\t"testing"\n)\n\nfunc TestHalf(t *testing.T) {}\n\ntype suite struct{}\n\nfunc (s *suite) TestHalf() {}\n',
]  # fmt: skip
GO_ANSWERS = [
    GO_TEST,
    f'package urls\n\nimport "testing"\n\n{GO_TEST}',
    (
        'package main\n\nimport (\n\t"fmt"\n\t"testing"\n\n\t"github.com/stretchr/testify/assert"\n)\n\nvar cases = []int{1, 2}\n\n'
        "func TestHalf(t *testing.T) {\n\tfor _, c := range cases {\n\t\tassert.Equal(t, fmt.Sprint(`a\nb`), c)\n\t}\n}\n\nfunc TestZero(t *testing.T) {}"
    ),
]
RUST_SOURCE = "pub fn half(x: i32) -> i32 {\n    ┃x / 2\n}\n"
RUST_TEST = "#[test]\nfn halves() {\n    assert_eq!(half(4), 2);\n}"
RUST_MODULE = f"#[cfg(test)]\nmod tests {{\n    use super::*;\n\n    {RUST_TEST}\n}}"
RUST_PLAIN = RUST_SOURCE.replace("┃", "")
RUST_FILES = [
    RUST_PLAIN,
    RUST_PLAIN.rstrip(),
    f"{RUST_PLAIN}\n#[cfg(test)]\nmod tests {{\n    use super::*;\n\n    #[test]\n    fn one() {{\n        assert_eq!(half(2), 1);\n    }}\n}}\n",
    f"{RUST_PLAIN}\n#[cfg(test)]\nmod tests {{\n    use super::half;\n\n    // first\n    #[test]\n    fn halves() {{}}\n}}\n\nfn last() {{}}\n",
    f"{RUST_PLAIN}\n#[cfg(test)]\nmod tests {{}}\n",
    f"{RUST_PLAIN}\n#[cfg(test)]\nmod test {{\n\tuse super::*;\n}}",
]
RUST_ANSWERS = [
    RUST_TEST,
    f"use super::*;\n\n{RUST_TEST}\n\n#[test]\n#[should_panic]\nfn panics() {{\n    half(0);\n}}",
    RUST_MODULE,
    f"{RUST_PLAIN}\n{RUST_MODULE}",
    (
        "#[cfg(test)]\nmod tests {\n    use super::half;\n    use std::collections::HashMap;\n    use my_crate::half;\n\n"
        '    fn helper() -> &\'static str {\n        "a\nb"\n    }\n\n    #[test]\n    fn zero() { assert_eq!(half(0), 0); }\n}'
    ),
]
JAVA_METHOD = "@Test\nvoid halves() {\n    assertEquals(2, Pair.half(4));\n}"
JAVA_IMPORTS = "import org.junit.jupiter.api.Test;\nimport static org.junit.jupiter.api.Assertions.assertEquals;\n"
JAVA_FILES = [
    "package a;\n\nimport org.junit.jupiter.api.Test;\n\nclass PairTest {\n\n    @Test\n    void one() {\n    }\n}\n",
    "package a;\n\nclass PairTest {}\n",
    f"package a;\n\n{JAVA_IMPORTS}\npublic class PairTest {{\n\tprivate int x = 1;\n\n\t@BeforeEach\n\tvoid setUp() {{\n\t}}\n\n\t@Test\n\tvoid halves() {{\n\t}}\n}}\n",
]  # fmt: skip
JAVA_ANSWERS = [
    JAVA_METHOD,
    f"package b;\n\n{JAVA_IMPORTS}\nclass PairTest {{\n    {JAVA_METHOD}\n}}",
    f"{JAVA_IMPORTS}\npublic class HalfTests {{\n\n  private int x = 2;\n\n  @BeforeEach\n  void setUp() {{ x = 3; }}\n\n  @Test\n  void zero() {{\n    assertEquals(0, x);\n  }}\n}}",
]

ALL = [
    *(Shapes(name, "python", "def half(x):\n    return ┃x / 2\n", "tests/test_sample.py", "from sample import half", PYTHON_FILES, PYTHON_ANSWERS) for name in ("pytest", "unittest")),
    *(Shapes(name, "typescript", "export function half(x) {\n  return ┃x / 2;\n}\nexport function third(x) {}\n", "src/half.test.ts", "import { half } from './half'", JS_FILES, JS_ANSWERS) for name in ("vitest", "node")),
    Shapes("go", "go", "package urls\n\nfunc Half(x int) int {\n\treturn ┃x / 2\n}\n", "half_test.go", "package urls", GO_FILES, GO_ANSWERS),
    Shapes("rust", "rust", RUST_SOURCE, "src/half.rs", "", RUST_FILES, RUST_ANSWERS, inside=True),
    Shapes("junit5", "java", "package a;\n\nclass Pair {\n    static int half(int x) { return ┃x / 2; }\n}\n", "PairTest.java", "", JAVA_FILES, JAVA_ANSWERS),
]  # fmt: skip


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("shapes", ALL, ids=[f"{each.framework}" for each in ALL])
def test_every_shape_of_file_takes_every_shape_of_answer(shapes: Shapes, ending: str) -> None:
    for file in [None, *shapes.files]:
        for answer in shapes.answers:
            before = None if file is None else file.replace("\n", ending)
            if shapes.inside and not before:
                continue
            _lands(shapes, before, answer)


def _lands(shapes: Shapes, before: str | None, answer: str) -> None:
    place = TestPlace(
        f"/work/{shapes.path}",
        shapes.path,
        shapes.framework,
        before,
        shapes.hint or None,
        inside=shapes.inside,
    )
    source = shapes.source
    if shapes.inside and before:
        source = before.replace("x / 2", "┃x / 2", 1)
    request = Request(TESTS, source, shapes.language, "src/half", tests=place)
    outcome = request.outcome(f"~~~{shapes.language}\n{answer}\n~~~")
    told = f"\n----- file\n{before}\n----- answer\n{answer}\n-----\n{outcome}"
    if isinstance(outcome, Unchanged):
        assert before, told
        return
    assert isinstance(outcome, Insert | CreateFile), told
    told += f"\n{outcome.text}"
    language = language_for("", shapes.path)
    assert _errors(language, outcome.text) == 0, told
    assert _keeps(language, before or "", outcome.text), told
    assert written(place, outcome.text).names, told
    _no_name_twice(language, outcome.text, told)
    if before and "\r\n" in before:
        assert outcome.text.count("\n") == outcome.text.count("\r\n"), told
    # The same answer again has nothing to add.
    again = attrs.evolve(place, text=outcome.text)
    if shapes.inside:
        request = attrs.evolve(request, before=outcome.text.replace("x / 2", "┃x / 2", 1))
    second = attrs.evolve(request, tests=again).outcome(f"~~~{shapes.language}\n{answer}\n~~~")
    assert isinstance(second, Unchanged), f"{told}\n----- again\n{second}"


def _errors(language: Language, text: str) -> int:
    tree = parse(language, text)
    assert tree is not None
    return error_count(tree)


def _keeps(language: Language, before: str, after: str) -> bool:
    """Whether text was only inserted, and never into a test."""
    rest = iter(after)
    tree = parse(language, before)
    assert tree is not None
    tests = [
        chain[-1] for chain in walked(items_of(tree)) if chain[-1].kind in ("test", "definition")
    ]
    whole = all(before[item.start : item.end] in after for item in tests)
    return whole and all(character in rest for character in before)


def _no_name_twice(language: Language, text: str, told: str) -> None:
    tree = parse(language, text)
    assert tree is not None
    names = Counter(
        (chain[-1].kind, *(item.name for item in chain))
        for chain in walked(items_of(tree))
        if chain[-1].name and chain[-1].kind != "package"
    )
    assert not [name for name, count in names.items() if count > 1], told
