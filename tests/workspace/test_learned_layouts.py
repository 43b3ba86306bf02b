"""Where new tests go by what a project's own pairs of sources and tests show."""

from pathlib import Path

import pytest

from tests.workspace.layouts import place, put, target, write


@pytest.mark.parametrize(
    ("pairs", "source", "expected"),
    [
        # A folder of tests that mirrors the package, without its name.
        (
            ["src/pkg/a/b.py", "tests/unit/a/test_b.py"],
            "src/pkg/c/d.py",
            "tests/unit/c/test_d.py",
        ),
        (["src/pkg/a/b.py", "tests/a/b_test.py"], "src/pkg/a/c.py", "tests/a/c_test.py"),
        # The nearest pair decides where a project does both.
        (
            ["a/x.py", "a/test_x.py", "b/y.py", "tests/test_y.py", "c/z.py", "tests/test_z.py"],
            "a/w.py",
            "a/test_w.py",
        ),
        # All tests in one folder, whatever the source's.
        (
            ["pkg/a/b.py", "checks/test_b.py", "pkg/c/d.py", "checks/test_d.py"],
            "pkg/e/f.py",
            "checks/test_f.py",
        ),
        (["src/x/y.ts", "src/x/__tests__/y.test.ts"], "src/z/w.ts", "src/z/__tests__/w.test.ts"),
        (["src/x/y.ts", "test/x/y.spec.ts"], "src/z/w.ts", "test/z/w.spec.ts"),
        (["src/x/y.ts", "src/x/y.unit.test.ts"], "src/z/w.tsx", "src/z/w.unit.test.tsx"),
        (["lib/a.js", "test/a.js", "lib/b.js", "test/b.js"], "lib/c.js", "test/c.js"),
        (["lib/foo.rb", "spec/foo_spec.rb"], "lib/net/bar.rb", "spec/net/bar_spec.rb"),
        (["lib/a/foo.rb", "spec/a/foo_spec.rb"], "lib/net/bar.rb", "spec/net/bar_spec.rb"),
        (
            ["src/main/java/a/Foo.java", "src/test/java/a/FooTests.java"],
            "src/main/java/b/Bar.java",
            "src/test/java/b/BarTests.java",
        ),
        (
            ["m/src/main/java/a/Foo.java", "m/src/test/java/a/FooTest.java"],
            "n/src/main/java/a/Bar.java",
            "n/src/test/java/a/BarTest.java",
        ),
        (["src/a.c", "tests/a_unittest.c"], "src/b.c", "tests/b_unittest.c"),
        (["src/a.cc", "src/a_test.cc"], "src/b.cc", "src/b_test.cc"),
        (["bin/a.sh", "test/a.bats"], "bin/b.sh", "test/b.bats"),
        (["app/A.php", "tests/Feature/ATest.php"], "app/B.php", "tests/Feature/BTest.php"),
        (["Core/A.cs", "Core.Tests/ATest.cs"], "Core/B.cs", "Core.Tests/BTest.cs"),
    ],
)
def test_the_projects_own_way(tmp_path: Path, pairs: list[str], source: str, expected: str) -> None:
    put(tmp_path, "pyproject.toml", "package.json", ".git/", *pairs, source)
    assert place(tmp_path, source, _language(source)) == (expected, False)
    put(tmp_path, expected)
    assert place(tmp_path, source, _language(source)) == (expected, True)


def test_a_pair_that_could_be_of_several_sources_shows_nothing(tmp_path: Path) -> None:
    put(tmp_path, "pyproject.toml", "a/x.py", "b/x.py", "checks/test_x.py", "c/y.py")
    assert place(tmp_path, "c/y.py") == ("tests/test_y.py", False)


@pytest.mark.parametrize(
    ("name", "text", "symbol", "expected"),
    [
        ("tests/test_response.py", "from pkg.models import Response\n", "Response.json", "tests/test_response.py"),
        ("tests/test_responses.py", "import pkg\n\npkg.Response()\n", "Response", "tests/test_responses.py"),
        # It has the name, and tests another thing.
        ("tests/test_response.py", "from other import Response\n", "Request", "tests/test_models.py"),
        ("tests/test_response.py", "class Response: ...\n", "Response", "tests/test_models.py"),
    ],
)  # fmt: skip
def test_a_file_that_is_named_after_the_class(
    tmp_path: Path, name: str, text: str, symbol: str, expected: str
) -> None:
    write(
        tmp_path,
        {
            "pyproject.toml": "",
            "pkg/__init__.py": "",
            "pkg/models.py": "class Response: ...\n",
            name: text,
        },
    )
    found = target(tmp_path, "pkg/models.py", "python", symbol)
    assert found.path == tmp_path / expected


def test_the_modules_file_goes_before_where_it_has_the_class(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "pyproject.toml": "",
            "models.py": "class Response: ...\n",
            "tests/test_models.py": "from models import Response\n",
            "tests/test_response.py": "from models import Response\n",
        },
    )
    assert target(tmp_path, "models.py", "python", "Response").path.name == "test_models.py"


def test_a_new_file_gets_the_nearest_typical_test_as_its_sample(tmp_path: Path) -> None:
    typical = "def test_b():\n" + "    assert True\n" * 20
    write(
        tmp_path,
        {
            "pyproject.toml": "",
            "a.py": "",
            "tests/test_stub.py": "def test_x(): ...\n",
            "tests/test_typical.py": typical,
            "tests/test_long.py": typical * 40,
            "tests/far/away/test_typical.py": typical,
        },
    )
    found = target(tmp_path, "a.py", "python")
    assert found.sample is not None
    assert found.sample.path == tmp_path / "tests/test_typical.py"
    assert found.sample.text == typical
    write(tmp_path, {"tests/test_a.py": "def test_a(): ...\n"})
    assert target(tmp_path, "a.py", "python").sample is None


def _language(source: str) -> str:
    names = {".py": "python", ".ts": "typescript", ".tsx": "typescriptreact", ".js": "javascript", ".rb": "ruby",
             ".java": "java", ".c": "c", ".cc": "cpp", ".sh": "shellscript", ".php": "php", ".cs": "csharp"}  # fmt: skip
    return names[Path(source).suffix]
