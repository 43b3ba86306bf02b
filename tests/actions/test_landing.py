"""New tests land in the class, module or `describe` block where the others for the symbol stand."""

import attrs
import pytest

from tests.actions.checking import Request, check
from workers_ai_ls.actions import ACTIONS
from workers_ai_ls.context import TestPlace
from workers_ai_ls.reply.outcomes import Insert, Unchanged

TESTS = next(action for action in ACTIONS if action.name == "tests")
HALF = "def half(x):\n    return ┃x / 2\n\n\ndef third(x):\n    return x / 3\n"
METHOD = "class URL:\n    def join(self):\n        return ┃1\n"
TOP = "from sample import half\n\n\n"
NEW = "def test_four():\n    assert half(4) == 2"
CLASS = f"{TOP}class TestHalf:\n    def test_one(self):\n        assert half(1) == 0.5\n"
CASE = f"import unittest\n\n{TOP}class HalfTests(unittest.TestCase):\n    def setUp(self):\n        self.x = 1\n\n    def test_one(self):\n        self.assertEqual(half(self.x), 0.5)\n"
IN_CLASS = "\n    def test_four(self):\n        assert half(4) == 2\n"
PYTHON = TestPlace("/work/tests/test_sample.py", "tests/test_sample.py", "pytest", None, "from sample import half")  # fmt: skip
UNITTEST = attrs.evolve(PYTHON, framework="unittest")


def lands(place: TestPlace, source: str, text: str, answer: str, after: str, language: str = "python") -> None:  # fmt: skip
    check(
        TESTS,
        source,
        f"~~~{language}\n{answer}\n~~~",
        after,
        language=language,
        tests=attrs.evolve(place, text=text),
    )


@pytest.mark.parametrize(
    ("text", "answer", "after"),
    [
        pytest.param(CLASS, NEW, CLASS + IN_CLASS, id="a function becomes a method"),
        pytest.param(
            CLASS,
            "@pytest.mark.slow\nasync def test_four(\n    capsys, x=2\n):\n    assert half(4) == x",
            CLASS.replace("import half\n", "import half\nimport pytest\n")
            + "\n    @pytest.mark.slow\n    async def test_four(self, capsys, x=2\n    ):\n        assert half(4) == x\n",
            id="one with parameters too",
        ),
        pytest.param(
            CLASS,
            "class TestHalf:\n    def test_one(self):\n        assert half(1) == 0.5\n\n"
            "    def test_four(self):\n        assert half(4) == 2",
            CLASS + IN_CLASS,
            id="the class is merged, and what it has is not repeated",
        ),
        pytest.param(
            CLASS,
            "class HalfTest:\n    '''Tests.'''\n\n    def test_four(self):\n        assert half(4) == 2",
            CLASS + IN_CLASS,
            id="a class for the same symbol is unwrapped",
        ),
        pytest.param(
            CLASS,
            "def test_one():\n    assert half(3) == 1.5",
            f"{CLASS}\n    def test_one_2(self):\n        assert half(3) == 1.5\n",
            id="a name that the class has is changed",
        ),
        pytest.param(
            CLASS,
            'def test_text():\n    assert half("""a\nb\n    c""") == 1',
            f'{CLASS}\n    def test_text(self):\n        assert half("""a\nb\n    c""") == 1\n',
            id="strings keep their lines",
        ),
        pytest.param(
            CLASS,
            f"class TestHalf:\n    def test_four(self):\n        assert half(4) == 2\n\n\n{NEW}\n\n\n"
            "def test_four():\n    assert half(4) == 1 + 1",
            f"{CLASS}{IN_CLASS}\n    def test_four_2(self):\n        assert half(4) == 1 + 1\n",
            id="what comes twice, and two of one name",
        ),
        pytest.param(
            f"{CLASS}\n\nclass TestThird:\n    def help(self): ...\n",
            "class TestHalf:\n    def help(self): ...",
            f"{CLASS}\n    def help(self): ...\n\n\nclass TestThird:\n    def help(self): ...\n",
            id="a helper that another class has",
        ),
        pytest.param(
            CLASS.replace("TestHalf", "TestThird"),
            NEW,
            f"{CLASS.replace('TestHalf', 'TestThird')}\n\n{NEW}\n",
            id="the class of another function is none of it",
        ),
        pytest.param(
            CLASS,
            f"FOUR = 4\n\n\n{NEW.replace('4', 'FOUR')}",
            CLASS.replace("class", "FOUR = 4\n\n\nclass") + IN_CLASS.replace("4", "FOUR"),
            id="what tests need stands above the class",
        ),
        pytest.param(
            f"{TOP}FOUR = 5\n\n\ndef test_one():\n    assert FOUR\n",
            f"FOUR = 4\n\n\n{NEW.replace('4', 'FOUR')}",
            f"{TOP}FOUR = 5\n\n\ndef test_one():\n    assert FOUR\n\n\nFOUR_2 = 4\n\n\n"
            f"{NEW.replace('4', 'FOUR_2')}\n",
            id="a constant of another value gets a name of its own",
        ),
        pytest.param(
            "import pytest\n\n\n@pytest.fixture\ndef four():\n    return 4\n",
            "import pytest\n\n@pytest.fixture\ndef four():\n    return 2 + 2\n\n\ndef test_four(four):\n    assert four",
            "import pytest\nfrom sample import half\n\n\n@pytest.fixture\ndef four():\n    return 4\n\n\ndef test_four(four):\n    assert four\n",
            id="a fixture is reused",
        ),
        pytest.param(
            CLASS.replace("    ", "\t"),
            NEW,
            (CLASS + IN_CLASS).replace("    ", "\t"),
            id="tabs",
        ),
    ],
)  # fmt: skip
def test_pytest(text: str, answer: str, after: str) -> None:
    lands(PYTHON, HALF, text, answer, after)


def test_a_method_goes_to_its_own_class_before_that_of_its_class() -> None:
    text = "class TestURL:\n    def test_url(self): ...\n\n\nclass TestURLJoin:\n    def test_a(self): ...\n"
    place = attrs.evolve(PYTHON, import_hint=None)
    lands(place, METHOD, text, "def test_b():\n    pass", f"{text}\n    def test_b(self):\n        pass\n")  # fmt: skip
    first = text.partition("\n\n\n")[0] + "\n"
    lands(place, METHOD, first, "def test_b():\n    pass", f"{first}\n    def test_b(self):\n        pass\n")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "answer", "after"),
    [
        pytest.param(CASE, NEW, CASE + IN_CLASS, id="a function becomes a method"),
        pytest.param(
            CASE,
            "class TestHalf(unittest.TestCase):\n    def test_four(self):\n        assert half(4) == 2",
            CASE + IN_CLASS,
            id="another class for the symbol is merged",
        ),
        pytest.param(
            CASE,
            "class TestHalf(unittest.TestCase):\n    def setUp(self):\n        self.x = 4\n\n"
            "    def test_four(self):\n        assert half(self.x) == 2",
            f"{CASE}\n\nclass TestHalf(unittest.TestCase):\n    def setUp(self):\n        self.x = 4\n\n"
            "    def test_four(self):\n        assert half(self.x) == 2\n",
            id="a class that sets up something else stays",
        ),
        pytest.param(
            "from django.test import TestCase\n\nfrom sample import half\n",
            NEW,
            "from django.test import TestCase\n\nfrom sample import half\n\n\n"
            "class TestHalf(TestCase):\n    def test_four(self):\n        assert half(4) == 2\n",
            id="a class is made where there is none",
        ),
    ],
)  # fmt: skip
def test_unittest(text: str, answer: str, after: str) -> None:
    if "TestCase)" not in text and "class" in after:
        text += "\n\nclass ThirdTests(TestCase):\n    def test_a(self): ...\n"
        head, _, tail = after.partition("\n\n\n")
        after = f"{head}\n\n\nclass ThirdTests(TestCase):\n    def test_a(self): ...\n\n\n{tail}"
    lands(UNITTEST, HALF, text, answer, after)


JS = "export function half(x) {\n  return ┃x / 2;\n}\nexport function third() {}\n"
JEST = TestPlace("/work/half.test.ts", "half.test.ts", "jest", None, "import { half } from './half';")  # fmt: skip
IMPORT = "import { half } from './half';\n\n"
IT = "it('is two', () => {\n  expect(half(4)).toBe(2);\n});"
INDENTED = "\n\n  it('is two', () => {\n    expect(half(4)).toBe(2);\n  });\n"


@pytest.mark.parametrize(
    ("text", "answer", "after"),
    [
        pytest.param(
            "describe('half', () => {\n  it('a', () => {});\n});\n\ndescribe('third', () => {});\n",
            IT,
            "describe('half', () => {\n  it('a', () => {});"
            f"{INDENTED}}});\n\ndescribe('third', () => {{}});\n",
            id="the block of the symbol's name",
        ),
        pytest.param(
            "describe('numbers', () => {\n  it('a', () => {}); // why\n});\n",
            f"describe('half()', () => {{\n{INDENTED.strip(chr(10))}\n}});",
            "describe('numbers', () => {\n  it('a', () => {}); // why\n\n  describe('half()', () => {\n"
            "    it('is two', () => {\n      expect(half(4)).toBe(2);\n    });\n  });\n});\n",
            id="a block in the only one",
        ),
        pytest.param(
            "describe('third', () => {\n  it('a', () => {});\n});\n",
            IT,
            f"describe('third', () => {{\n  it('a', () => {{}});\n}});\n\n{IT}\n",
            id="not in that of another function",
        ),
        pytest.param(
            "describe('numbers', () => {\n  describe('#half', () => {\n    it('a', () => {});\n  });\n});\n",
            f"describe('half', () => {{\n{INDENTED.strip(chr(10))}\n}});",
            "describe('numbers', () => {\n  describe('#half', () => {\n    it('a', () => {});\n\n"
            "    it('is two', () => {\n      expect(half(4)).toBe(2);\n    });\n  });\n});\n",
            id="a nested one",
        ),
        pytest.param(
            "describe('half', () => {\n  it('is two', () => {});\n});\n",
            IT,
            "describe('half', () => {\n  it('is two', () => {});"
            f"{INDENTED.replace('two', 'two (2)')}}});\n",
            id="a title that the block has",
        ),
    ],
)  # fmt: skip
def test_describe_blocks(text: str, answer: str, after: str) -> None:
    lands(JEST, JS, IMPORT + text, answer, IMPORT + after, "typescript")


RUST = "pub fn half(x: i32) -> i32 {\n    ┃x / 2\n}\n"
UNIT = "\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn one() {}\n}\n"
FN = "#[test]\nfn four() {\n    assert_eq!(half(4), 2);\n}"
INNER = "    #[test]\n    fn four() {\n        assert_eq!(half(4), 2);\n    }\n"


@pytest.mark.parametrize(
    ("unit", "answer", "after"),
    [
        pytest.param("", FN, f"\n#[cfg(test)]\nmod tests {{\n    use super::*;\n\n{INNER}}}\n", id="a module is made"),
        pytest.param(UNIT, FN, f"{UNIT[:-2]}\n{INNER}}}\n", id="into the module"),
        pytest.param(
            UNIT,
            f"{RUST.replace('┃', '')}\n#[cfg(test)]\nmod tests {{\n    use super::*;\n    use my_shop::half;\n    use std::fmt;\n\n{INNER}}}",
            f"{UNIT[:-2]}\n{INNER}}}\n".replace("super::*;", "super::*;\n    use std::fmt;"),
            id="a whole file: no copies, no guesses",
        ),
        pytest.param(
            UNIT.replace("super::*", "super::third"),
            FN,
            f"{UNIT[:-2]}\n{INNER}}}\n".replace("super::*;", "super::third;\n    use super::*;"),
            id="what reaches the code",
        ),
    ],
)  # fmt: skip
def test_rust_modules(unit: str, answer: str, after: str) -> None:
    source = RUST.replace("┃", "")
    place = TestPlace("/work/src/half.rs", "src/half.rs", "rust", source + unit, None, inside=True)
    check(
        TESTS, RUST + unit, f"~~~rust\n{answer}\n~~~", source + after, language="rust", tests=place
    )


def test_a_rust_module_that_has_everything_stays() -> None:
    text = RUST + UNIT
    place = TestPlace(
        "/work/src/half.rs", "src/half.rs", "rust", text.replace("┃", ""), inside=True
    )
    request = Request(TESTS, text, language="rust", tests=place)
    assert isinstance(request.outcome(f"~~~rust\n{UNIT}\n~~~"), Unchanged)


JAVA = "package a.b;\n\nclass Half {\n    int half(int x) { return ┃x / 2; }\n}\n"
JUNIT = TestPlace("/work/HalfTest.java", "HalfTest.java", "junit5", None)
HEAD = "package a.b;\n\nimport org.junit.jupiter.api.Test;\nimport static org.junit.jupiter.api.Assertions.*;\n\n"
JMETHOD = "@Test\nvoid four() {\n    assertEquals(2, half(4));\n}"
JINNER = "    @Test\n    void four() {\n        assertEquals(2, half(4));\n    }\n"


@pytest.mark.parametrize(
    ("text", "answer", "after"),
    [
        (f"{HEAD}class HalfTest {{\n    int x = 1;\n}}\n", JMETHOD, f"{HEAD}class HalfTest {{\n    int x = 1;\n\n{JINNER}}}\n"),
        (None, JMETHOD, f"{HEAD}class HalfTest {{\n\n{JINNER}}}\n"),
        (None, f"package x;\nimport org.junit.jupiter.api.Test;\nimport static org.junit.jupiter.api.Assertions.*;\n\npublic class MyTests {{\n{JINNER}}}",
         HEAD.replace("b;\n\n", "b;\n") + f"public class HalfTest {{\n{JINNER}}}\n"),
        (f"{HEAD}class HalfTest {{\n    int x = 1;\n}}\n", f"class MyTests {{\n    int x = 1;\n\n{JINNER}}}", f"{HEAD}class HalfTest {{\n    int x = 1;\n\n{JINNER}}}\n"),
    ],
    ids=["a method", "a new class", "a class under the file's name", "another class"],
)  # fmt: skip
def test_junit(text: str | None, answer: str, after: str) -> None:
    check(
        TESTS,
        JAVA,
        f"~~~java\n{answer}\n~~~",
        after,
        language="java",
        tests=attrs.evolve(JUNIT, text=text),
    )


@pytest.mark.parametrize(
    ("language", "text", "answer", "after"),
    [
        (
            "php",
            "<?php\nnamespace A;\n\nclass HalfTest extends TestCase\n{\n    public function testA() {}\n}\n",
            "<?php\n\nclass HalfTest extends TestCase\n{\n  public function testB()\n  {\n    f();\n  }\n}",
            (
                "<?php\nnamespace A;\n\nclass HalfTest extends TestCase\n{\n    public function testA() {}\n\n"
                "    public function testB()\n    {\n        f();\n    }\n}\n"
            ),
        ),
        (
            "csharp",
            "namespace A\n{\n    public class HalfTests\n    {\n        [Fact]\n        public void B() { }\n    }\n}\n",
            "public class HalfTests\n{\n    [Fact]\n    public void C() { }\n}",
            (
                "namespace A\n{\n    public class HalfTests\n    {\n        [Fact]\n        public void B() { }\n\n"
                "        [Fact]\n        public void C() { }\n    }\n}\n"
            ),
        ),
        (
            "ruby",
            "RSpec.describe Half do\n  it 'a' do\n  end\nend\n",
            "RSpec.describe Half do\n  it 'b' do\n    f\n  end\nend",
            "RSpec.describe Half do\n  it 'a' do\n  end\n\n  it 'b' do\n    f\n  end\nend\n",
        ),
    ],
)
def test_classes_of_other_languages(language: str, text: str, answer: str, after: str) -> None:
    place = TestPlace("/work/half_test", "half_test", "other", text)
    source = "<?php\nfunction f() { ┃g(); }\n" if language == "php" else "f()┃\n"
    lands(place, source, text, answer, after, language)


def test_a_broken_answer_is_added_as_it_is_and_held() -> None:
    outcome = Request(TESTS, HALF, tests=attrs.evolve(PYTHON, text=CLASS)).outcome(
        "~~~python\ndef test_four():\n    assert (half(4)\n~~~"
    )
    assert not isinstance(outcome, Insert)
