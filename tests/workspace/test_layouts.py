"""Where tests live, in every layout that projects use."""

from pathlib import Path

import pytest

from tests.workspace.layouts import place, put, target, write
from workers_ai_ls.workspace import NotText, TestTarget, find_tests
from workers_ai_ls.workspace.walking import files_below

PYTEST = "[tool.pytest.ini_options]\n"


@pytest.mark.parametrize(
    ("names", "source", "expected"),
    [
        # The existing file comes first, wherever it is.
        (["tests/test_urls.py"], "httpx/_urls.py", ("tests/test_urls.py", True)),
        (
            ["tests/models/test_urls.py"],
            "httpx/models/_urls.py",
            ("tests/models/test_urls.py", True),
        ),
        (["tests/unit/test_urls.py"], "httpx/urls.py", ("tests/unit/test_urls.py", True)),
        (["tests/urls_test.py"], "urls.py", ("tests/urls_test.py", True)),
        (["pkg/tests/test_urls.py"], "pkg/urls.py", ("pkg/tests/test_urls.py", True)),
        (["pkg/test_urls.py"], "pkg/urls.py", ("pkg/test_urls.py", True)),
        (["testing/test_urls.py"], "src/pkg/urls.py", ("testing/test_urls.py", True)),
        (["tests/test_pkg.py"], "src/pkg/__init__.py", ("tests/test_pkg.py", True)),
        (["shop/tests.py", "manage.py"], "shop/models.py", ("shop/tests.py", True)),
        # A file of the same name that tests another module is no match.
        (["tests/html/test_parse.py"], "pkg/url/parse.py", ("tests/test_parse.py", False)),
        (["b/tests/test_parse.py"], "a/parse.py", ("tests/test_parse.py", False)),
        # Else a new file where the project keeps its tests.
        (["tests/"], "pkg/_urls.py", ("tests/test_urls.py", False)),
        (["test/"], "src/pkg/urls.py", ("test/test_urls.py", False)),
        (["tests/pkg/"], "src/pkg/urls.py", ("tests/pkg/test_urls.py", False)),
        (["tests/url/"], "pkg/url/parse.py", ("tests/url/test_parse.py", False)),
        (["tests/pkg/html/test_x.py"], "pkg/url/parse.py", ("tests/pkg/url/test_parse.py", False)),
        (["tests/unit/test_x.py"], "pkg/url.py", ("tests/unit/test_url.py", False)),
        (["tests/x_test.py", "tests/y_test.py"], "pkg/url.py", ("tests/url_test.py", False)),
        (["pkg/tests/test_x.py", "tests/"], "pkg/sub/url.py", ("pkg/tests/test_url.py", False)),
        ([], "pkg/url.py", ("tests/test_url.py", False)),
        # A test file is its own.
        (["tests/test_urls.py"], "tests/test_urls.py", ("tests/test_urls.py", True)),
        (["urls_test.py"], "urls_test.py", ("urls_test.py", True)),
    ],
)
def test_python_projects(
    tmp_path: Path, names: list[str], source: str, expected: tuple[str, bool]
) -> None:
    put(tmp_path, "pyproject.toml", source, *names)
    assert place(tmp_path, source) == expected


def test_python_without_a_project_goes_beside_the_module(tmp_path: Path) -> None:
    put(tmp_path, "scripts/url.py")
    assert place(tmp_path, "scripts/url.py") == ("scripts/test_url.py", False)
    found = find_tests(
        tmp_path / "scripts" / "url.py", language_id="python", symbol=None, root=None
    )
    assert found.path == tmp_path / "scripts" / "test_url.py"
    assert found.import_hint == "from url import …"


def test_python_installed_code_is_not_tested_in_the_project_around_it(tmp_path: Path) -> None:
    source = ".venv/lib/python3.12/site-packages/httpx/_urls.py"
    put(
        tmp_path,
        "pyproject.toml",
        "tests/test_urls.py",
        source,
        source.replace("_urls", "__init__"),
    )
    found = target(tmp_path, source, "python")
    assert found.path == (tmp_path / source).with_name("test_urls.py")
    assert found.import_hint == "from httpx._urls import …"


def test_python_the_nearest_project_of_a_workspace(tmp_path: Path) -> None:
    put(
        tmp_path, ".git/", "tests/test_url.py", "one/pyproject.toml", "one/pkg/url.py", "one/tests/"
    )
    assert place(tmp_path, "one/pkg/url.py") == ("one/tests/test_url.py", False)


@pytest.mark.parametrize(
    ("texts", "framework"),
    [
        ({}, "pytest"),
        ({"tests/test_b.py": "import unittest\n"}, "unittest"),
        ({"tests/test_b.py": "from django.test import TestCase\n"}, "unittest"),
        ({"tests/test_b.py": "from unittest import mock\ndef test_b(): ...\n"}, "pytest"),
        ({"tests/test_b.py": "import unittest\n", "tests/test_c.py": "import pytest\n"}, "pytest"),
        ({"tests/test_b.py": "import unittest\n", "pytest.ini": ""}, "pytest"),
        ({"tests/test_b.py": "import unittest\n", "tests/conftest.py": ""}, "pytest"),
        ({"tests/test_b.py": "import unittest\n", "pyproject.toml": PYTEST}, "pytest"),
        ({"tests/test_b.py": "import unittest\n", "setup.cfg": "[tool:pytest]\n"}, "pytest"),
        ({"tests/test_b.py": "import unittest\n", "tox.ini": "[pytest]\n"}, "pytest"),
        ({"tests/test_a.py": "import unittest\n", "pyproject.toml": PYTEST}, "unittest"),
        (
            {"tests/test_a.py": "def test_a(): ...\n", "tests/test_b.py": "import unittest\n"},
            "pytest",
        ),
    ],
)
def test_pytest_or_unittest(tmp_path: Path, texts: dict[str, str], framework: str) -> None:
    write(tmp_path, {"pyproject.toml": "", "a.py": "", "tests/__init__.py": "", **texts})
    found = target(tmp_path, "a.py", "python")
    assert found.framework == framework
    assert found.run_command == f"python -m {framework} tests/test_a.py"
    assert found.text == texts.get("tests/test_a.py")


@pytest.mark.parametrize(
    ("names", "source", "symbol", "hint"),
    [
        (["httpx/__init__.py"], "httpx/_urls.py", "URL", "from httpx._urls import URL"),
        (["httpx/__init__.py"], "httpx/_urls.py", "URL.join", "from httpx._urls import URL"),
        (["httpx/__init__.py"], "httpx/_urls.py", "join", "from httpx._urls import …"),
        (["httpx/__init__.py"], "httpx/_urls.py", None, "from httpx._urls import …"),
        (
            ["src/a/__init__.py", "src/a/b/__init__.py"],
            "src/a/b/c.py",
            "KEY",
            "from a.b.c import KEY",
        ),
        ([], "src/a/b.py", None, "from a.b import …"),
        ([], "app/main.py", None, "from app.main import …"),
        ([], "my-scripts/main.py", None, "from main import …"),
        ([], "main.py", None, "from main import …"),
        ([], "a/__init__.py", None, "from a import …"),
    ],
)
def test_python_imports(
    tmp_path: Path, names: list[str], source: str, symbol: str | None, hint: str
) -> None:
    write(tmp_path, dict.fromkeys(["pyproject.toml", *names], ""))
    write(tmp_path, {source: "class URL:\n    def join(self): ...\n\nKEY = 1\n"})
    assert target(tmp_path, source, "python", symbol).import_hint == hint


def test_python_files_that_cannot_be_imported(tmp_path: Path) -> None:
    put(tmp_path, "pyproject.toml", "my-script.py")
    assert target(tmp_path, "my-script.py", "python").import_hint is None


JEST = '{"devDependencies": {"jest": "^29"}}'
VITEST = '{"type": "module", "devDependencies": {"vitest": "^2"}}'


@pytest.mark.parametrize(
    ("names", "source", "expected"),
    [
        (["src/url.test.ts"], "src/url.ts", ("src/url.test.ts", True)),
        (["src/url.spec.tsx"], "src/url.tsx", ("src/url.spec.tsx", True)),
        (["src/__tests__/url.test.js"], "src/url.ts", ("src/__tests__/url.test.js", True)),
        (["src/__tests__/url.ts"], "src/url.ts", ("src/__tests__/url.ts", True)),
        (["test/url.test.ts"], "src/url.ts", ("test/url.test.ts", True)),
        (["test/net/url.test.ts"], "src/net/url.ts", ("test/net/url.test.ts", True)),
        (["test/html/parse.test.ts"], "src/url/parse.ts", ("test/parse.test.ts", False)),
        (["src/a.test.ts"], "src/url.tsx", ("src/url.test.tsx", False)),
        (["src/a.spec.ts", "test/"], "src/url.ts", ("src/url.spec.ts", False)),
        (["src/__tests__/a.test.ts"], "src/url.ts", ("src/__tests__/url.test.ts", False)),
        (["test/"], "src/url.js", ("test/url.test.js", False)),
        (["tests/net/"], "src/net/url.ts", ("tests/net/url.test.ts", False)),
        (["__tests__/a.spec.ts"], "src/url.ts", ("__tests__/url.spec.ts", False)),
        (["e2e/", "test/", "src/net/a.test.ts"], "src/url.ts", ("src/url.test.ts", False)),
        ([], "src/url.mjs", ("src/url.test.mjs", False)),
        ([], "src/url.test.ts", ("src/url.test.ts", True)),
        ([], "src/__tests__/url.ts", ("src/__tests__/url.ts", True)),
        (["node_modules/x/url.test.ts"], "src/url.ts", ("src/url.test.ts", False)),
    ],
)
def test_javascript_projects(
    tmp_path: Path, names: list[str], source: str, expected: tuple[str, bool]
) -> None:
    put(tmp_path, source, *names)
    write(tmp_path, {"package.json": JEST})
    assert place(tmp_path, source, "typescript") == expected


@pytest.mark.parametrize(
    ("texts", "framework", "run"),
    [
        ({"package.json": JEST}, "jest", "npx jest url.test.ts"),
        ({"package.json": VITEST}, "vitest", "npx vitest run url.test.ts"),
        ({"package.json": "{}", "vitest.config.ts": ""}, "vitest", "npx vitest run url.test.ts"),
        ({"package.json": "{}", "jest.config.js": ""}, "jest", "npx jest url.test.ts"),
        ({"package.json": '{"scripts": {"test": "jest --ci"}}'}, "jest", "npx jest url.test.ts"),
        ({"package.json": '{"jest": {}}'}, "jest", "npx jest url.test.ts"),
        ({"package.json": '{"scripts": {"test": "mocha"}}'}, "mocha", "npx mocha url.test.ts"),
        (
            {"package.json": '{"scripts": {"test": "node --test"}}'},
            "node",
            "node --test url.test.ts",
        ),
        (
            {"package.json": '{"scripts": {"test": "node --import tsx --test test/*.ts"}}'},
            "node",
            "node --import tsx --test url.test.ts",
        ),
        ({"package.json": '{"scripts": {"test": "bun test"}}'}, "bun", "bun test ./url.test.ts"),
        (
            {"package.json": "{}", "a.test.ts": "import test from 'node:test'"},
            "node",
            "node --test url.test.ts",
        ),
        (
            {"package.json": JEST, "url.test.ts": "import { it } from 'vitest'"},
            "vitest",
            "npx vitest run url.test.ts",
        ),
        ({"package.json": '{"scripts": {"test": "tap"}}'}, "other", None),
        ({"package.json": "not json"}, "other", None),
        ({"package.json": "[1]"}, "other", None),
        ({}, "other", None),
    ],
)
def test_jest_or_vitest(
    tmp_path: Path, texts: dict[str, str], framework: str, run: str | None
) -> None:
    write(tmp_path, {"url.ts": "", **texts})
    found = target(tmp_path, "url.ts", "typescript")
    assert (found.framework, found.run_command) == (framework, run)


@pytest.mark.parametrize(
    ("package", "source", "text", "hint"),
    [
        (VITEST, "src/url.ts", "export function half() {}", "import { half } from '../src/url'"),
        (VITEST, "src/url.js", "export const half = 1", "import { half } from '../src/url.js'"),
        (
            VITEST,
            "src/url.ts",
            "export default function half() {}",
            "import half from '../src/url'",
        ),
        (VITEST, "src/url.ts", "function half() {}", "import { … } from '../src/url'"),
        (
            JEST,
            "src/url.js",
            "function half() {}\nmodule.exports = { half }",
            "const { half } = require('../src/url')",
        ),
        (JEST, "src/url.js", "exports.half = () => 1", "const { half } = require('../src/url')"),
    ],
)
def test_javascript_imports(
    tmp_path: Path, package: str, source: str, text: str, hint: str
) -> None:
    write(tmp_path, {"package.json": package, source: text})
    put(tmp_path, "test/")
    assert target(tmp_path, source, "typescript", "half").import_hint == hint


def test_javascript_beside_the_module(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": JEST, "src/url.ts": ""})
    assert target(tmp_path, "src/url.ts", "typescript").import_hint == "import { … } from './url'"


def test_go(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "go.mod": "module a",
            "net/urls/url.go": "// x\npackage urls\n",
            "main.go": "package main\n",
        },
    )
    found = target(tmp_path, "net/urls/url.go", "go")
    assert found == TestTarget(
        tmp_path / "net/urls/url_test.go", exists=False, framework="go",
        run_command="go test ./net/urls", import_hint="package urls", folder=tmp_path,
    )  # fmt: skip
    assert target(tmp_path, "main.go", "go").run_command == "go test ."
    write(tmp_path, {"net/urls/url_test.go": "package urls_test\n"})
    found = target(tmp_path, "net/urls/url.go", "go")
    assert (found.exists, found.text, found.import_hint) == (
        True,
        "package urls_test\n",
        'package urls_test\nimport "a/net/urls"',
    )
    assert target(tmp_path, "net/urls/url_test.go", "go").path == tmp_path / "net/urls/url_test.go"


@pytest.mark.parametrize(
    ("language", "names", "source", "expected"),
    [
        ("kotlin", [], "src/main/kotlin/Url.kt", "src/test/kotlin/UrlTest.kt"),
        ("csharp", [], "Url.cs", "UrlTests.cs"),
        ("ruby", ["spec/"], "lib/net/url.rb", "spec/url_spec.rb"),
        ("ruby", ["spec/net/"], "lib/net/url.rb", "spec/net/url_spec.rb"),
        ("ruby", ["test/"], "lib/url.rb", "test/url_test.rb"),
        ("ruby", [], "url.rb", "url_test.rb"),
        ("ruby", ["test_url.rb"], "url.rb", "test_url.rb"),
        ("php", ["tests/Unit/"], "src/Url.php", "tests/Unit/UrlTest.php"),
        ("php", [], "Url.php", "UrlTest.php"),
        ("c", [], "url.c", "test_url.c"),
        ("c", ["tests/"], "src/url.c", "tests/test_url.c"),
        ("cpp", [], "url.cc", "url_test.cpp"),
        ("lua", ["spec/"], "lua/url.lua", "spec/url_spec.lua"),
        ("lua", [], "url.lua", "url_test.lua"),
        ("shellscript", [], "url.sh", "url.bats"),
        ("bash", ["test/"], "url.sh", "test/url.bats"),
        ("zig", [], "url.zig", "url_test.zig"),
        ("ruby", [], "url_spec.rb", "url_spec.rb"),
    ],
)
def test_customs_of_other_languages(
    tmp_path: Path, language: str, names: list[str], source: str, expected: str
) -> None:
    put(tmp_path, ".git/", source, *names)
    found = target(tmp_path, source, language)
    assert found.path.relative_to(tmp_path).as_posix() == expected
    assert found.framework == "other"


def test_a_test_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "pyproject.toml", "a.py", "tests/")
    (tmp_path / "tests" / "test_a.py").write_bytes(b"x = '\xe9'\r\n")
    with pytest.raises(NotText, match=r"test_a\.py"):
        target(tmp_path, "a.py", "python")


def test_the_text_of_a_test_file_is_exact(tmp_path: Path) -> None:
    put(tmp_path, "pyproject.toml", "a.py", "tests/")
    (tmp_path / "tests" / "test_a.py").write_bytes(b"\xef\xbb\xbfx = 1\r\n\x0c\r\n")
    assert target(tmp_path, "a.py", "python").text == "x = 1\r\n\x0c\r\n"


def test_the_search_is_bounded_skips_what_is_installed_and_follows_no_loop(tmp_path: Path) -> None:
    put(
        tmp_path,
        "a/x.py",
        "node_modules/x.py",
        ".git/x.py",
        "venv/x.py",
        "__pycache__/x.py",
        "build/x.py",
    )
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    assert list(files_below(tmp_path)) == [tmp_path / "a" / "x.py"]
    put(tmp_path, *(f"many/{number}.py" for number in range(50)))
    assert len(list(files_below(tmp_path / "many", 20))) == 20
    assert list(files_below(tmp_path / "missing")) == []
