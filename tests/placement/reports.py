"""What runners say of each test, in the forms that they have for machines."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tests.placement.project import Results, Run, Word, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NODE = "node --test"
_GO = "go test"


def pytest_results(run: Run) -> Results:
    """From a JUnit report; the class name begins with the module's."""
    report = run.folder / "report.xml"
    output = shown(run, PYTEST_ADDOPTS=f"--junitxml={report} -p no:cacheprovider")
    assert report.is_file(), output
    return dict(_cases(report.read_text(), lambda case: case.get("classname", "").split(".")[2:]))


def unittest_results(run: Run) -> Results:
    """From its lines; it has no report for machines."""
    output = shown(run, more=" -v")
    lines = re.findall(r"^(\w+) \([\w.]*?(\w+)\.\1\)[^.]*? \.\.\. (ok|FAIL)$", output, re.MULTILINE)
    counted = re.search(r"^Ran (\d+) tests? in", output, re.MULTILINE)
    assert counted, output
    assert int(counted[1]) == len(lines), output
    return {f"{case}.{name}": "passed" if word == "ok" else "failed" for name, case, word in lines}


def jest_results(run: Run) -> Results:
    """From its report in JSON."""
    return _like_jest(run, "--json --outputFile=report.json")


def vitest_results(run: Run) -> Results:
    """From its report in JSON, which is Jest's."""
    return _like_jest(run, "--reporter=json --outputFile=report.json")


def node_results(run: Run) -> Results:
    """From a JUnit report."""
    assert run.command.startswith(_NODE)
    output = shown(run.with_command(f"{_NODE} --test-reporter=junit{run.command[len(_NODE) :]}"))
    assert output.startswith("<?xml"), output
    return dict(_cases(output))


def go_results(run: Run) -> Results:
    """From its events in JSON."""
    assert run.command.startswith(_GO)
    output = shown(run.with_command(f"{_GO} -json{run.command[len(_GO) :]}"))
    results: Results = {}
    for line in output.splitlines():
        assert line.startswith("{"), output
        event = json.loads(line)
        if "Test" in event and event["Action"] in ("pass", "fail"):
            results[event["Test"]] = "passed" if event["Action"] == "pass" else "failed"
    assert results, output
    return results


def cargo_results(run: Run) -> Results:
    """From its lines: the report in JSON is for nightly compilers only."""
    output = shown(run)
    lines = re.findall(r"^test (\S+) \.\.\. (ok|FAILED)$", output, re.MULTILINE)
    counts = re.findall(r"^test result: .*? (\d+) passed; (\d+) failed", output, re.MULTILINE)
    assert counts, output
    assert sum(int(count) for pair in counts for count in pair) == len(lines), output
    return {name: "passed" if word == "ok" else "failed" for name, word in lines}


def maven_results(run: Run) -> Results:
    """From Surefire's JUnit reports."""
    output = shown(run)
    reports = [*(run.folder / "target" / "surefire-reports").glob("TEST-*.xml")]
    assert reports, output
    results: Results = {}
    for report in reports:
        found = _cases(
            report.read_text(),
            lambda case: re.split(r"[.$]", case.get("classname", ""))[1:],
        )
        results.update((name.removesuffix("()"), word) for name, word in found)
        report.unlink()
    return results


def _like_jest(run: Run, options: str) -> Results:
    output = shown(run, more=f" {options}")
    report = run.folder / "report.json"
    assert report.is_file(), output
    told = json.loads(report.read_text())
    found = [each for file in told["testResults"] for each in file["assertionResults"]]
    assert told["numTotalTests"] == len(found), output
    assert found, f"{output}{told}"
    return {".".join([*each["ancestorTitles"], each["title"]]): each["status"] for each in found}


def _cases(
    text: str, above: Callable[[ET.Element], list[str]] | None = None
) -> Iterator[tuple[str, Word]]:
    root = ET.fromstring(text)  # noqa: S314 - a runner's own report
    parents = {child: parent for parent in root.iter() for child in parent}
    for case in root.iter("testcase"):
        names = above(case) if above else _suites(case, parents)
        word: Word = (
            "passed" if case.find("failure") is None and case.find("error") is None else "failed"
        )
        yield ".".join([*names, case.get("name", "")]), word


def _suites(case: ET.Element, parents: dict[ET.Element, ET.Element]) -> list[str]:
    names: list[str] = []
    parent = parents.get(case)
    while parent is not None and parent.tag == "testsuite":
        names.insert(0, parent.get("name", ""))
        parent = parents.get(parent)
    return names
