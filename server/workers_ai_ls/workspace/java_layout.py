"""Where the tests for a Java class live: JUnit, in the layout of Maven and Gradle or beside it."""

import re
import shlex
from pathlib import Path

from workers_ai_ls.workspace.layout import Framework, TestTarget, best_fit, glance, target_at
from workers_ai_ls.workspace.mapping import learned
from workers_ai_ls.workspace.neighbours import covering, mentions, neighbours, sample_among
from workers_ai_ls.workspace.pairing import subject_of
from workers_ai_ls.workspace.walking import project_root, survey

_BUILDS = ("pom.xml", "build.gradle", "build.gradle.kts")
_TEST = re.compile(r"@(?:\w+\.)*(?:Test|ParameterizedTest|RepeatedTest)\b")
_FOURTH = re.compile(
    r"\borg\.junit\.(?:Test|Before|After|Assert|Rule|runner)\b|\bjunit\.framework\."
)
_FIFTH = re.compile(r"\borg\.junit\.jupiter\b")
_BUILD_FOURTH = re.compile(r"<artifactId>junit</artifactId>|['\"]junit:junit:|\blibs\.junit4?\b")
_BUILD_FIFTH = re.compile(
    r"junit-jupiter|org\.junit\.jupiter|junit-bom|useJUnitPlatform|spring-boot-starter-test|quarkus-junit5"
)


def java_tests(path: Path, symbol: str | None, root: Path | None) -> TestTarget:
    """Find the test class: the existing one, else its counterpart in the folder of tests."""
    base = project_root(path, frozenset(_BUILDS), root) or project_root(
        path, frozenset({".git"}), root
    )
    files = survey(path, base, ("src/test/java",))
    own = subject_of(path) is not None
    target = path if own else _target(path, symbol, base, files)
    near = neighbours(target, files)
    return target_at(
        target,
        _framework(target, base, near, root),
        run_command=_command(target, base),
        folder=base,
        sample=sample_among(near, _TEST),
    )


def _target(path: Path, symbol: str | None, base: Path | None, files: tuple[Path, ...]) -> Path:
    mapped = learned(path, base, files) if base else None
    if mapped and mapped.is_file():
        return mapped
    names = [f"{path.stem}{suffix}.java" for suffix in ("Test", "Tests", "TestCase")]
    names += [f"Test{path.stem}.java", f"{path.stem}IT.java"]
    home = _mirror(path.parent)
    named = next((home / name for name in names if (home / name).is_file()), None)
    if base and named is None:
        named = best_fit(path, (file for file in files if file.name in names), base)
    covers = covering(path, symbol, files, imported=False)
    if covers and (named is None or not mentions(named, symbol)):
        return covers
    return named or mapped or home / names[0]


def _mirror(folder: Path) -> Path:
    """Give the counterpart of `src/main/java/…` in `src/test/java/…`; the folder itself elsewhere."""
    parts = folder.parts
    for index in range(len(parts) - 1):
        if parts[index : index + 2] == ("src", "main"):
            return Path(*parts[: index + 1], "test", *parts[index + 2 :])
    return folder


def _framework(target: Path, base: Path | None, near: list[Path], root: Path | None) -> Framework:
    """Find the version of JUnit: what the class imports, what the others do, what the build has."""
    for file in (target, *near):
        text = glance(file)
        if _FIFTH.search(text):
            return "junit5"
        if _FOURTH.search(text):
            return "junit4"
        if "org.testng" in text:
            return "other"
    for folder in _upwards(base, root):
        build = "\n".join(glance(folder / name) for name in _BUILDS)
        if _BUILD_FIFTH.search(build):
            return "junit5"
        if _BUILD_FOURTH.search(build):
            return "junit4"
    return "junit5"


def _upwards(base: Path | None, root: Path | None) -> list[Path]:
    """List the folder of a module and those of the projects around it."""
    if base is None:
        return []
    around = [base, *base.parents][:4]
    return around[: around.index(root) + 1] if root in around else around[:1]


def _command(target: Path, base: Path | None) -> str | None:
    if base is None:
        return None
    if (base / "pom.xml").is_file():
        maven = "./mvnw" if (base / "mvnw").is_file() else "mvn"
        return f"{maven} -q test -Dtest={shlex.quote(target.stem)}"
    if any((base / name).is_file() for name in _BUILDS):
        gradle = "./gradlew" if (base / "gradlew").is_file() else "gradle"
        folders = target.parent.parts
        start = folders.index("java") + 1 if "java" in folders else len(base.parts)
        package = ".".join(folders[start:])
        return (
            f"{gradle} test --tests {shlex.quote('.'.join(filter(None, (package, target.stem))))}"
        )
    return None
