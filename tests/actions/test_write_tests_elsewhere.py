"""Write tests in languages other than Python."""

import attrs
import pytest

from tests.actions.checking import check
from workers_ai_ls.actions import ACTIONS
from workers_ai_ls.context import TestPlace

TESTS = next(action for action in ACTIONS if action.name == "tests")
GO = "package urls\n\nfunc Half(x int) int {\n\treturn ┃x / 2\n}\n"
GO_TEST = 'func TestHalf(t *testing.T) {\n\tif Half(4) != 2 {\n\t\tt.Error("no")\n\t}\n}'
GO_PLACE = TestPlace("/work/half_test.go", "half_test.go", "go", None, "package urls")


@pytest.mark.parametrize(
    "clause", ["", "package urls\n\n", "package main\n\n"], ids=["none", "right", "guessed"]
)
def test_a_new_go_file_has_the_right_package(clause: str) -> None:
    check(
        TESTS,
        GO,
        f'~~~go\n{clause}import "testing"\n\n{GO_TEST}\n~~~',
        f'package urls\n\nimport "testing"\n\n{GO_TEST}\n',
        language="go",
        path="half.go",
        tests=GO_PLACE,
    )


def test_a_go_package_of_tests_alone_stays() -> None:
    imported = 'import (\n\t"testing"\n\n\t"example.com/urls"\n)'
    code = f"package urls_test\n\n{imported}\n\n{GO_TEST.replace(' Half(', ' urls.Half(')}\n"
    check(TESTS, GO, f"~~~go\n{code}~~~", code, language="go", path="half.go", tests=GO_PLACE)
    # Without the import it would not reach what it tests.
    alone = f'package urls_test\n\nimport "testing"\n\n{GO_TEST}\n'
    right = alone.replace("urls_test", "urls")
    check(TESTS, GO, f"~~~go\n{alone}~~~", right, language="go", path="half.go", tests=GO_PLACE)
    # In a file of the package itself nothing is qualified.
    text = 'package urls\n\nimport "testing"\n'
    place = attrs.evolve(GO_PLACE, text=text)
    after = f"{text}\n{GO_TEST}\n"
    check(TESTS, GO, f"~~~go\n{code}~~~", after, language="go", path="half.go", tests=place)


def test_more_of_a_go_file_imports_nothing_twice() -> None:
    text = 'package urls\n\nimport (\n\t"errors"\n\t"testing"\n)\n\nfunc TestOne(t *testing.T) {}\n'
    check(
        TESTS,
        GO,
        f'~~~go\npackage urls\n\nimport (\n\t"testing"\n\t"math"\n)\n\n{GO_TEST}\n~~~',
        'package urls\n\nimport (\n\t"errors"\n\t"testing"\n\t"math"\n)\n\n'
        f"func TestOne(t *testing.T) {{}}\n\n{GO_TEST}\n",
        language="go",
        path="half.go",
        tests=attrs.evolve(GO_PLACE, text=text),
    )


JS = "export function half(x) {\n  return ┃x / 2;\n}\n"
JS_TEST = "test('half', () => {\n  expect(half(4)).toBe(2);\n});"
JS_PLACE = TestPlace(
    "/work/half.test.js", "half.test.js", "jest", None, "import { half } from './half'"
)


@pytest.mark.parametrize(
    ("text", "reply", "after"),
    [
        pytest.param(
            None,
            f"import {{ test, expect }} from 'vitest';\n\n{JS_TEST}",
            f"import {{ test, expect }} from 'vitest';\nimport {{ half }} from './half'\n\n{JS_TEST}\n",
            id="a new file",
        ),
        pytest.param(
            None,
            f"import half from '../src/half.js';\n\n{JS_TEST}",
            f"import {{ half }} from './half'\n\n{JS_TEST}\n",
            id="a guessed path",
        ),
        pytest.param(
            None,
            f"import {{ half }} from './half';\n\n{JS_TEST}",
            f"import {{ half }} from './half';\n\n{JS_TEST}\n",
            id="as it is",
        ),
        pytest.param(
            "import { test } from 'vitest';\nimport { half } from './half';\n",
            f"import {{ test, expect as e }} from 'vitest';\nimport {{ half }} from './half';\n\n{JS_TEST}",
            "import { test, expect as e } from 'vitest';\nimport { half } from './half';\n"
            f"\n{JS_TEST}\n",
            id="no name is bound twice",
        ),
        pytest.param(
            "const { half } = require('./half');\n",
            f"const {{ half, third: t }} = require('./half');\nconst fs = require('fs');\n\n{JS_TEST}",
            "const { half, third: t } = require('./half');\n"
            f"const fs = require('fs');\n\n{JS_TEST}\n",
            id="require",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["javascript", "typescript"])
def test_javascript(text: str | None, reply: str, after: str, language: str) -> None:
    check(
        TESTS,
        JS,
        f"~~~js\n{reply}\n~~~",
        after,
        language=language,
        path="half.js",
        tests=attrs.evolve(JS_PLACE, text=text),
    )


@pytest.mark.parametrize(
    ("language", "before", "text", "reply", "after"),
    [
        (
            "ruby",
            "def half(x)\n  ┃x / 2\nend\n",
            "require 'minitest/autorun'\n",
            "require 'minitest/autorun'\nrequire 'set'\n\nclass TestHalf < Minitest::Test\nend",
            "require 'minitest/autorun'\nrequire 'set'\n\nclass TestHalf < Minitest::Test\nend\n",
        ),
        (
            "php",
            "<?php\nfunction half($x) { return ┃$x / 2; }\n",
            None,
            "<?php\nuse PHPUnit\\Framework\\TestCase;\n\nclass HalfTest extends TestCase {}",
            "<?php\nuse PHPUnit\\Framework\\TestCase;\n\nclass HalfTest extends TestCase {}\n",
        ),
        (
            "java",
            "package a.b;\n\nclass A {\n    int half(int x) { return ┃x / 2; }\n}\n",
            None,
            "import org.junit.Test;\n\nclass ATest {}",
            "package a.b;\n\nimport org.junit.Test;\n\nclass ATest {}\n",
        ),
        ("nim", "proc half(x: int): int =\n  ┃x div 2\n", "import unittest\n", "check half(4) == 2", "import unittest\n\ncheck half(4) == 2\n"),
    ],
)  # fmt: skip
def test_other_languages(
    language: str, before: str, text: str | None, reply: str, after: str
) -> None:
    place = TestPlace("/work/a_test", "a_test", "other", text)
    check(
        TESTS,
        before,
        f"~~~{language}\n{reply}\n~~~",
        after,
        language=language,
        path="a",
        tests=place,
    )
