"""Which tests a file got, and how they are run; what they need; and what the prompt says of tests."""

import attrs
import pytest

from tests.actions.checking import PYTEST, Request, check
from workers_ai_ls.actions import ACTIONS, written
from workers_ai_ls.context import TestPlace

TESTS = next(action for action in ACTIONS if action.name == "tests")
HALF = "def half(x):\n    return ┃x / 2\n"


def place(name: str, framework: str, text: str | None = None, **more: str) -> TestPlace:
    return TestPlace(f"/work/{name}", name, framework, text, **more)  # type: ignore[arg-type] # each test names its own


@pytest.mark.parametrize(
    ("name", "framework", "before", "after", "names"),
    [
        ("test_a.py", "pytest", None, "def test_a(): ...\n\n\ndef helper(): ...\n\n\nclass TestB:\n    async def test_c(self): ...\n", ["test_a", "test_c"]),
        ("test_a.py", "unittest", "class A:\n    def test_a(self): ...\n", "class A:\n    def test_a(self): ...\n    def test_b(self): ...\n", ["test_b"]),
        ("a.test.ts", "vitest", "it('a', f)\n", "it('a', f)\nit.each([1])('a', f)\ndescribe('c', () => { test('d', f); test.skip(`e`, f) })\n", ["a", "d", "e"]),
        ("a_test.go", "go", "package a\n", "package a\n\nfunc TestA(t *testing.T) {}\nfunc Testing() {}\nfunc ExampleB() {}\n", ["TestA", "ExampleB"]),
        ("src/a.rs", "rust", "fn a() {}\n", "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn help() {}\n    #[tokio::test]\n    async fn b() {}\n}\n", ["b"]),
        ("ATest.java", "junit5", None, "class ATest {\n    @BeforeEach void x() {}\n    @ParameterizedTest @ValueSource(ints = 1) void b() {}\n}\n", ["b"]),
        ("spec/a_spec.rb", "other", None, "RSpec.describe A do\n  it 'is b' do\n  end\nend\n", ["is b"]),
    ],
)  # fmt: skip
def test_the_new_tests(
    name: str, framework: str, before: str | None, after: str, names: list[str]
) -> None:
    assert list(written(place(name, framework, before), after).names) == names


def test_the_sentence_and_the_command() -> None:
    python = place("tests/test_a.py", "pytest", run_command="python -m pytest tests/test_a.py", folder="/work")  # fmt: skip
    assert written(python, "def test_a(): ...\n").sentence == (
        "1 test written to tests/test_a.py; run it with: `python -m pytest tests/test_a.py`."
    )
    assert written(python, "x = 1\n").sentence.startswith("tests written to tests/test_a.py; run")
    bare = attrs.evolve(python, run_command="")
    assert written(bare, "def test_a(): ...\n").sentence == "1 test written to tests/test_a.py."
    go = place("api/urls/a_test.go", "go", run_command="go test ./urls", folder="/work/api")
    found = written(go, "package a\n\nfunc TestA(t *testing.T) {}\n\nfunc TestB(t *testing.T) {}\n")
    assert found.command == "go test ./urls -run '^(TestA|TestB)$'"
    assert found.sentence == (
        "2 tests written to api/urls/a_test.go; run them in api with: "
        "`go test ./urls -run '^(TestA|TestB)$'`."
    )
    suite = "package a\n\nfunc (s *Suite) TestA() {}\n"
    assert written(go, suite).command == "go test ./urls"


@pytest.mark.parametrize(
    ("framework", "name", "text", "answer", "imports"),
    [
        ("pytest", "test_a.py", None, "def test_a():\n    with pytest.raises(E): f()", "import pytest\n"),
        ("unittest", "test_a.py", None, "class A(unittest.TestCase): ...", "import unittest\n"),
        ("vitest", "a.test.ts", None, "it('a', () => { expect(vi.fn()).toBe(1); });", "import { it, expect, vi } from 'vitest';\n"),
        ("vitest", "a.test.ts", "it('global', () => {});\n", "it('a', () => {});", None),
        ("jest", "a.test.ts", None, "it('a', () => {});", None),
        ("node", "a.test.ts", None, "test('a', () => { assert.equal(1, 1); });", "import { test } from 'node:test';\nimport assert from 'node:assert/strict';\n"),
        ("node", "a.test.js", "const { test } = require('node:test');\n", "test('a', () => { assert(1); });", "const assert = require('node:assert/strict');\n"),
        ("node", "a.test.ts", None, "import test from 'node:test';\n\ntest('a', () => {});", None),
        ("go", "a_test.go", None, "func TestA(t *testing.T) {}", 'import "testing"\n'),
        ("testify", "a_test.go", 'package a\n\nimport (\n\t"testing"\n)\n', "func TestA(t *testing.T) { require.Nil(t, nil) }", '\t"github.com/stretchr/testify/require"\n'),
        ("junit4", "ATest.java", None, "class ATest { @Test public void a() { fail(); } }", "import org.junit.Test;\nimport static org.junit.Assert.*;\n"),
        ("junit5", "ATest.java", None, "import org.junit.jupiter.api.*;\n\nclass ATest { @Test void a() {} }", None),
    ],
)  # fmt: skip
def test_what_tests_forgot_to_import(
    framework: str, name: str, text: str | None, answer: str, imports: str | None
) -> None:
    language = {"py": "python", "ts": "typescript", "js": "javascript", "go": "go", "java": "java"}
    kind = language[name.rpartition(".")[2]]
    request = Request(TESTS, "f(┃)\n", language=kind, tests=place(name, framework, text))
    after = request.applied(request.outcome(f"~~~{kind}\n{answer}\n~~~"))
    added = after.replace(answer, "").replace(text or "\0", "")
    if imports is None:
        assert "import" not in added
        assert "require" not in added
    else:
        assert imports in after
        assert after.count(imports) == 1


@pytest.mark.parametrize(
    ("framework", "words"),
    [
        ("testify", "with Go's package testing and testify's assert and require, for the file"),
        ("node", "with Node's own test runner (node:test), for the file"),
        ("junit4", "with JUnit 4, for the file"),
        ("rust", "with Rust's built-in test framework, for the file"),
        ("vitest", "Use describe, it and expect, imported from 'vitest'"),
    ],
)
def test_frameworks_in_words(framework: str, words: str) -> None:
    assert words in Request(TESTS, HALF, tests=place("a", framework)).task


def test_a_neighbouring_test_is_the_style_of_a_new_file() -> None:
    sample = "import pytest\n\n\ndef test_other():\n    assert True\n"
    new = attrs.evolve(PYTEST, sample=sample, sample_name="tests/test_other.py")
    request = Request(TESTS, HALF, tests=new)
    assert (
        "The tests of this project look so (tests/test_other.py):\n```python\nimport"
        in request.task
    )
    [source] = [each for each in request.prompt.sources if each.kind == "tests"]
    assert (source.path, source.first, source.last) == ("tests/test_other.py", 1, 5)


def test_the_module_of_tests_alone_is_the_style_of_a_rust_source() -> None:
    unit = "#[cfg(test)]\nmod tests {\n    #[test]\n    fn a() {}\n}\n"
    source = "fn half(x: i32) -> i32 {\n    ┃x / 2\n}\n"
    new = TestPlace(
        "/work/src/a.rs", "src/a.rs", "rust", source.replace("┃", ""), inside=True,
        sample=f"fn other() {{}}\n\n{unit}", sample_name="src/b.rs",
    )  # fmt: skip
    request = Request(TESTS, source, language="rust", path="src/a.rs", tests=new)
    assert f"(src/b.rs):\n```rust\n{unit}" in request.task
    assert "other" not in request.task
    found = [each for each in request.prompt.sources if each.kind == "tests"]
    assert [(each.path, each.first, each.last) for each in found] == [("src/b.rs", 3, 7)]


def test_the_symbols_own_tests_are_what_is_covered() -> None:
    filler = "".join(f"def test_other_{n}():\n    assert third(4) == {n}\n\n\n" for n in range(60))
    text = f"import pytest\n\n\n{filler}class TestHalf:\n    def test_zero(self):\n        assert half(0) == 0\n"
    request = Request(TESTS, HALF, tests=attrs.evolve(PYTEST, text=text))
    assert (
        "Tests of `half` that exist already, so that others are wanted: test_zero" in request.task
    )
    assert "Tests in tests/test_sample.py:\n```python\n    def test_zero(self):" in request.task
    assert "Tests for it stand in `TestHalf` there: add to that." in request.task
    assert request.task.count("def test_other_") < 20


def test_javascript_may_have_its_tests_in_typescript() -> None:
    typed = "it('a', () => { const x: number = half(4); });"
    check(
        TESTS,
        "export function half(x) {\n  return ┃x / 2;\n}\n",
        f"~~~typescript\n{typed}\n~~~",
        f"{typed}\n",
        language="javascript",
        tests=place("half.test.ts", "jest"),
    )
