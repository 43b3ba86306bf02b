"""Where tests live in languages whose tests are named by custom."""

import re
from pathlib import Path

from workers_ai_ls.workspace.layout import TestTarget, mirrored, target_at
from workers_ai_ls.workspace.mapping import learned
from workers_ai_ls.workspace.neighbours import covering, mentions, neighbours, sample_among
from workers_ai_ls.workspace.walking import project_root, survey

_MARKERS = frozenset(
    {
        ".git", "Gemfile", "composer.json", "Cargo.toml", "pom.xml", "build.gradle", "build.gradle.kts",
        "CMakeLists.txt", "Makefile", "go.mod",
    }
)  # fmt: skip
# The customary names, the preferred one first; each with the folders that have to be there for it,
# seen from the project's folder; none: beside the source.
_CUSTOMS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
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
_HOMES = ("spec", "tests", "test")
_SOMETHING = re.compile(r"\S")
_TEST_NAME = re.compile(r"(?:^test_|_test$|_spec$|\w(?:Test|Tests|Spec)$)")


def customary_tests(
    path: Path, symbol: str | None, language_id: str, root: Path | None
) -> TestTarget:
    """Find the test file: the project's way, else the custom that has a file or folder there."""
    base = project_root(path, _MARKERS, root)
    files = survey(path, base, _HOMES)
    if _TEST_NAME.search(path.stem) or path.suffix == ".bats":
        target = path
    else:
        language = _ALIASES.get(language_id.casefold(), language_id.casefold())
        target = _target(path, symbol, language, base, files)
    sample = sample_among(neighbours(target, files), _SOMETHING)
    return target_at(target, "other", folder=base, sample=sample)


def _target(
    path: Path, symbol: str | None, language: str, base: Path | None, files: tuple[Path, ...]
) -> Path:
    mapped = learned(path, base, files) if base else None
    existing, first = _customary(path, language, base or path.parent)
    named = mapped if mapped and mapped.is_file() else existing
    covers = covering(path, symbol, files)
    if covers and (named is None or not mentions(named, symbol)):
        return covers
    return named or mapped or first


def _customary(path: Path, language: str, base: Path) -> tuple[Path | None, Path]:
    """Give the file of a custom that exists, and the first that could."""
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
    return existing, candidates[0] if candidates[0] not in later else later[-1]


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
