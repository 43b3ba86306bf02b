"""Which framework a project's tests are written for, and the command that runs a file of them."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.workspace.layouts import target, write

if TYPE_CHECKING:
    from workers_ai_ls.workspace import TestTarget

MODULE = "module example.com/a\n\ngo 1.22\n\nrequire github.com/stretchr/testify v1.9.0\n"
PLAIN = 'package urls\n\nimport "testing"\n\nfunc TestA(t *testing.T) {}\n'
ASSERTS = PLAIN.replace('"testing"', '"github.com/stretchr/testify/assert"')


@pytest.mark.parametrize(
    ("texts", "framework"),
    [
        ({"go.mod": "module a\n"}, "go"),
        ({"go.mod": MODULE}, "testify"),
        ({"go.mod": f"{MODULE.rstrip()} // indirect\n"}, "go"),
        ({"go.mod": MODULE, "urls/b_test.go": PLAIN}, "go"),
        ({"go.mod": MODULE, "urls/url_test.go": PLAIN, "urls/b_test.go": ASSERTS}, "go"),
        ({"go.mod": MODULE, "other/b_test.go": ASSERTS}, "testify"),
    ],
)
def test_go(tmp_path: Path, texts: dict[str, str], framework: str) -> None:
    write(tmp_path, {"urls/url.go": "package urls\n", **texts})
    found = target(tmp_path, "urls/url.go", "go", "half")
    assert (found.framework, found.import_hint) == (framework, "package urls")
    assert (found.run_command, found.folder) == ("go test ./urls", tmp_path)


def test_go_tests_from_outside_of_the_package(tmp_path: Path) -> None:
    outside = PLAIN.replace("package urls", "package urls_test")
    write(tmp_path, {"go.mod": MODULE, "urls/url.go": "package urls\n", "urls/b_test.go": outside})
    hint = target(tmp_path, "urls/url.go", "go", "Half").import_hint
    assert hint == 'package urls_test\nimport "example.com/a/urls"'
    # What is not exported is tested from inside.
    assert target(tmp_path, "urls/url.go", "go", "half").import_hint == "package urls"


UNIT = "#[cfg(test)]\nmod tests {\n    #[test]\n    fn a() {}\n}\n"
CARGO = '[package]\nname = "my-shop"\n'


@pytest.mark.parametrize(
    ("texts", "source", "symbol", "expected", "run"),
    [
        ({"src/lib.rs": ""}, "src/url.rs", "half", ("src/url.rs", True), "cargo test --lib url::tests"),
        ({}, "src/lib.rs", "half", ("src/lib.rs", True), "cargo test --lib tests"),
        ({"src/lib.rs": ""}, "src/net/mod.rs", "half", ("src/net/mod.rs", True), "cargo test --lib net::tests"),
        ({}, "src/main.rs", "half", ("src/main.rs", True), "cargo test --bins tests"),
        ({}, "src/bin/tool.rs", "half", ("src/bin/tool.rs", True), "cargo test --bin tool tests"),
        # The project tests from outside alone.
        ({"src/lib.rs": "", "tests/b.rs": "#[test]\nfn a() {}"}, "src/url.rs", "half", ("tests/url.rs", False), "cargo test --test url"),
        ({"src/lib.rs": "", "tests/b.rs": "#[test]\nfn a() {}"}, "src/url.rs", "hidden", ("src/url.rs", True), "cargo test --lib url::tests"),
        ({"src/lib.rs": UNIT, "tests/b.rs": "#[test]\nfn a() {}"}, "src/url.rs", "half", ("src/url.rs", True), "cargo test --lib url::tests"),
        ({"tests/url.rs": ""}, "tests/url.rs", None, ("tests/url.rs", False), "cargo test --test url"),
    ],
)  # fmt: skip
def test_rust(
    tmp_path: Path, texts: dict[str, str], source: str, symbol: str | None, expected: tuple[str, bool], run: str
) -> None:  # fmt: skip
    code = "pub fn half(x: i32) -> i32 { x / 2 }\nfn hidden() {}\n"
    write(tmp_path, {"Cargo.toml": CARGO, source: code, **texts})
    found = target(tmp_path, source, "rust", symbol)
    assert (found.path.relative_to(tmp_path).as_posix(), found.inside) == expected
    assert (found.framework, found.run_command, found.folder) == ("rust", run, tmp_path)
    if found.path != tmp_path / source:
        assert found.import_hint == "use my_shop::url::half;"


def test_rust_tests_in_a_file_of_their_own(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "Cargo.toml": CARGO,
            "src/lib.rs": "",
            "src/url.rs": "fn half() {}\n#[cfg(test)]\nmod tests;\n",
            "src/url/tests.rs": "use super::*;\n",
        },
    )
    found = target(tmp_path, "src/url.rs", "rust", "half")
    assert (found.path, found.inside) == (tmp_path / "src/url/tests.rs", False)
    assert (found.import_hint, found.run_command) == (
        "use super::*;",
        "cargo test --lib url::tests",
    )


FIFTH = "import org.junit.jupiter.api.Test;\n\nclass ATest { @Test void a() {} }\n"
FOURTH = "import org.junit.Test;\n\npublic class ATest { @Test public void a() {} }\n"
SOURCE = "src/main/java/b/Url.java"
OTHER = "src/test/java/b/ATest.java"


@pytest.mark.parametrize(
    ("texts", "framework", "run"),
    [
        ({"pom.xml": ""}, "junit5", "mvn -q test -Dtest=UrlTest"),
        ({"pom.xml": "<artifactId>junit</artifactId>"}, "junit4", "mvn -q test -Dtest=UrlTest"),
        ({"pom.xml": "<artifactId>junit-jupiter</artifactId>", "mvnw": ""}, "junit5", "./mvnw -q test -Dtest=UrlTest"),
        ({"pom.xml": "<artifactId>junit</artifactId>", OTHER: FIFTH}, "junit5", "mvn -q test -Dtest=UrlTest"),
        ({"pom.xml": "", OTHER: FOURTH}, "junit4", "mvn -q test -Dtest=UrlTest"),
        ({"build.gradle": "testImplementation 'junit:junit:4.13'"}, "junit4", "gradle test --tests b.UrlTest"),
        ({"build.gradle.kts": "useJUnitPlatform()", "gradlew": ""}, "junit5", "./gradlew test --tests b.UrlTest"),
        ({"pom.xml": "", OTHER: "import org.testng.annotations.Test;\n@Test class ATest {}"}, "other", "mvn -q test -Dtest=UrlTest"),
    ],
)  # fmt: skip
def test_junit(tmp_path: Path, texts: dict[str, str], framework: str, run: str) -> None:
    write(tmp_path, {SOURCE: "package b;\n\nclass Url {}\n", **texts})
    found = target(tmp_path, SOURCE, "java", "Url")
    assert found.path == tmp_path / "src/test/java/b/UrlTest.java"
    assert (found.framework, found.run_command) == (framework, run)


@pytest.mark.parametrize("name", ["UrlTests", "UrlIT", "TestUrl"])
def test_junit_classes_of_any_name(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"pom.xml": "", SOURCE: "class Url {}\n", f"src/test/java/b/{name}.java": ""})
    assert target(tmp_path, SOURCE, "java", "Url").path.stem == name


@pytest.mark.parametrize(
    ("package", "others", "hint"),
    [
        ('{"scripts": {"test": "node --test"}}', "", "import { half } from './url.ts'"),
        ('{"scripts": {"test": "vitest"}}', "", "import { half } from './url'"),
        ('{"scripts": {"test": "vitest"}}', "import { a } from './a.js'\ntest('a')", "import { half } from './url.js'"),
        ('{"scripts": {"test": "node --test"}}', "import { a } from '../src/a'\ntest('a')", "import { half } from './url'"),
    ],
)  # fmt: skip
def test_what_an_import_writes_behind_the_module(
    tmp_path: Path, package: str, others: str, hint: str
) -> None:
    texts = {"package.json": package, "src/url.ts": "export function half() {}\n", "src/a.ts": ""}
    write(tmp_path, {**texts, **({"src/a.test.ts": others} if others else {})})
    assert target(tmp_path, "src/url.ts", "typescript", "half").import_hint == hint


def test_other_languages_are_imitated(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            ".git/x": "",
            "lib/a.rb": "",
            "lib/b.rb": "",
            "spec/a_spec.rb": "RSpec.describe A do\nend\n",
        },
    )
    found: TestTarget = target(tmp_path, "lib/b.rb", "ruby", "B")
    assert found.path == tmp_path / "spec/b_spec.rb"
    assert found.sample is not None
    assert found.sample.path == tmp_path / "spec/a_spec.rb"
    assert (found.framework, found.run_command) == ("other", None)
