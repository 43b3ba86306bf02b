"""Where tests live in Go, and in languages whose tests are named by custom."""

import re
import shlex
from pathlib import Path

from workers_ai_ls.workspace.layout import TestTarget, glance, mirrored, target_at
from workers_ai_ls.workspace.walking import project_root

_MARKERS = frozenset(
    {
        ".git", "Gemfile", "composer.json", "Cargo.toml", "pom.xml", "build.gradle", "build.gradle.kts",
        "CMakeLists.txt", "Makefile", "go.mod",
    }
)  # fmt: skip
# The customary names, the preferred one first; each with the folders that have to be there for it,
# seen from the project's folder; none: beside the source.
_CUSTOMS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "java": (("{}Test.java", ()),),
    "kotlin": (("{}Test.kt", ()),),
    "scala": (("{}Test.scala", ()),),
    "csharp": (("{}Tests.cs", ()),),
    "swift": (("{}Tests.swift", ("Tests",)), ("{}Tests.swift", ())),
    "ruby": (
        ("{}_spec.rb", ("spec",)),
        ("{}_test.rb", ("test",)),
        ("test_{}.rb", ()),
        ("{}_test.rb", ()),
    ),
    "php": (("{}Test.php", ("tests/Unit", "tests", "test")), ("{}Test.php", ())),
    "rust": (("{}_test.rs", ()),),
    "c": (("test_{}.c", ("tests", "test")), ("test_{}.c", ())),
    "cpp": (("{}_test.cpp", ("tests", "test")), ("{}_test.cpp", ())),
    "lua": (("{}_spec.lua", ("spec",)), ("{}_test.lua", ("tests", "test")), ("{}_test.lua", ())),
    "bash": (("{}.bats", ("tests", "test")), ("{}.bats", ())),
}
_ALIASES = {
    "shellscript": "bash",
    "shell": "bash",
    "sh": "bash",
    "c++": "cpp",
    "c_sharp": "csharp",
    "c-sharp": "csharp",
}
_TEST_NAME = re.compile(r"(?:^test_|_test$|_spec$|\w(?:Test|Tests|Spec)$)")


def go_tests(path: Path, root: Path | None) -> TestTarget:
    """Give the test file of a Go file, which is beside it and in its package."""
    base = project_root(path, frozenset({"go.mod"}), root)
    own = path.name.endswith("_test.go")
    target = path if own else path.with_name(f"{path.stem}_test.go")
    # The existing tests may be outside of the package: `package urls_test`.
    text = glance(target) or glance(path)
    package = re.search(r"^package\s+(\w+)", text, re.MULTILINE)
    hint = None if own or not package else f"package {package[1]}"
    run = None
    if base is not None:
        folder = target.parent.relative_to(base).as_posix()
        run = "go test ." if folder == "." else f"go test {shlex.quote(f'./{folder}')}"
    return target_at(target, "go", run_command=run, import_hint=hint)


def customary_tests(path: Path, language_id: str, root: Path | None) -> TestTarget:
    """Find the test file by the language's customs: the first that exists, else the first that can."""
    if _TEST_NAME.search(path.stem) or path.suffix == ".bats":
        return target_at(path, "other")
    language = _ALIASES.get(language_id.casefold(), language_id.casefold())
    base = project_root(path, _MARKERS, root) or path.parent
    customs = _CUSTOMS.get(language, ((f"{{}}_test{path.suffix}", ()),))
    candidates = _maven(path, customs[0][0])
    later: list[Path] = []
    for pattern, folders in customs:
        name = pattern.format(path.stem)
        later += [] if folders else [path.with_name(name)]
        homes = [base / folder for folder in folders if (base / folder).is_dir()]
        candidates += [_below(home, path, base) / name for home in homes]
        candidates += [home / name for home in homes]
    candidates += later
    existing = next((candidate for candidate in candidates if candidate.is_file()), None)
    first = candidates[0] if candidates[0] not in later else later[-1]
    return target_at(existing or first, "other")


def _below(home: Path, path: Path, base: Path) -> Path:
    folders = path.parent.relative_to(base).parts
    return mirrored(home, folders[1:] if folders[:1] in {("src",), ("lib",), ("app",)} else folders)


def _maven(path: Path, pattern: str) -> list[Path]:
    """Give the counterpart of `src/main/java/…` in `src/test/java/…`."""
    parts = path.parent.parts
    for index in range(len(parts) - 1):
        if parts[index : index + 2] == ("src", "main"):
            folder = Path(*parts[: index + 1], "test", *parts[index + 2 :])
            return [folder / pattern.format(path.stem)]
    return []
