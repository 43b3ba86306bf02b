"""Where the tests for a Go file live: beside it, in its package or in that of the tests."""

import re
import shlex
from pathlib import Path

from workers_ai_ls.workspace.layout import Framework, TestTarget, glance, target_at
from workers_ai_ls.workspace.neighbours import covering, mentions, neighbours, sample_among
from workers_ai_ls.workspace.walking import names_in, project_root, survey

_PACKAGE = re.compile(r"^package\s+(\w+)", re.MULTILINE)
_MODULE = re.compile(r"^module\s+(\S+)", re.MULTILINE)
_TESTS = re.compile(r"^func (?:Test|Benchmark|Example|Fuzz)\w*\(", re.MULTILINE)
_TESTIFY = "github.com/stretchr/testify"


def go_tests(path: Path, symbol: str | None, root: Path | None) -> TestTarget:
    """Give the test file of a Go file, which is beside it and in its package."""
    base = project_root(path, frozenset({"go.mod"}), root)
    own = path.name.endswith("_test.go")
    target = path if own else _target(path, symbol)
    beside = [path.with_name(name) for name in names_in(path.parent) if name.endswith("_test.go")]
    near = list(dict.fromkeys([*beside, *neighbours(target, survey(path, base))]))
    near = [file for file in near if file != target]
    hint = None if own else _clauses(path, target, symbol, base, beside)
    run = None
    if base is not None:
        folder = target.parent.relative_to(base).as_posix()
        run = "go test ." if folder == "." else f"go test {shlex.quote(f'./{folder}')}"
    return target_at(
        target,
        _framework(target, base, beside, near),
        run_command=run,
        import_hint=hint,
        folder=base,
        sample=sample_among(near, _TESTS),
    )


def _target(path: Path, symbol: str | None) -> Path:
    named = path.with_name(f"{path.stem}_test.go")
    beside = [path.with_name(name) for name in names_in(path.parent)]
    # In a package nothing is imported, so its name is all that a symbol's own file has to hold.
    covers = covering(path, symbol, beside, imported=False)
    if covers and not (named.is_file() and mentions(named, symbol)):
        return covers
    return named


def _framework(target: Path, base: Path | None, beside: list[Path], near: list[Path]) -> Framework:
    """Find out whether assertions of testify are the custom: here, in the package, in the module."""
    if _TESTS.search(text := glance(target)):
        return "testify" if _TESTIFY in text else "go"
    others = [text for file in beside if _TESTS.search(text := glance(file))]
    others = others or [text for file in near if _TESTS.search(text := glance(file))]
    required = base is not None and re.search(
        rf"^(?!.*//\s*indirect).*{re.escape(_TESTIFY)}", glance(base / "go.mod"), re.MULTILINE
    )
    if others:
        return "testify" if any(_TESTIFY in text for text in others) else "go"
    return "testify" if required else "go"


def _clauses(
    path: Path, target: Path, symbol: str | None, base: Path | None, beside: list[Path]
) -> str | None:
    """Give the package clause, and the import of the package where the tests are outside of it."""
    source, text = _PACKAGE.search(glance(path)), glance(target)
    package = _PACKAGE.search(text) or source
    if package is None:
        return None
    name = package[1]
    if source and not text and (symbol or "")[:1].isupper():
        others = [found[1] for file in beside if (found := _PACKAGE.search(glance(file)))]
        outside = f"{source[1]}_test"
        name = outside if others and set(others) == {outside} else name
    if source and base and name == f"{source[1]}_test":
        module = _MODULE.search(glance(base / "go.mod"))
        if module and path.is_relative_to(base):
            folder = path.parent.relative_to(base).as_posix()
            whole = module[1] if folder == "." else f"{module[1]}/{folder}"
            # The import's last part is not always the name that it binds.
            return f'package {name}\nimport {_bound(whole, source[1])}"{whole}"'
    return f"package {name}"


def _bound(imported: str, package: str) -> str:
    return "" if imported.rpartition("/")[2] == package else f"{package} "
