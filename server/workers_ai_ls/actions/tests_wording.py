"""Test frameworks in words that models know. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workers_ai_ls.context import Material, TestPlace

_NAMES = {
    "pytest": "the framework pytest",
    "unittest": "the framework unittest",
    "vitest": "the framework Vitest",
    "jest": "the framework Jest",
    "mocha": "the framework Mocha",
    "node": "Node's own test runner (node:test)",
    "bun": "Bun's own test runner (bun:test)",
    "go": "Go's package testing",
    "testify": "Go's package testing and testify's assert and require",
    "rust": "Rust's built-in test framework",
    "junit5": "JUnit 5",
    "junit4": "JUnit 4",
}

_IDIOMS = {
    "pytest": "Use plain functions and assert, pytest.raises for errors, and pytest.mark.parametrize for tables.",
    "unittest": "Use methods of a TestCase with self.assertEqual and self.assertRaises.",
    "vitest": "Use describe, it and expect, imported from 'vitest' unless the other tests don't.",
    "jest": "Use describe, it and expect, which are global, and toThrow for errors.",
    "mocha": "Use describe and it, which are global, with the assertions of the other tests, else node:assert/strict.",
    "node": "Import test (or describe and it) from 'node:test' and assert from 'node:assert/strict'.",
    "bun": "Import describe, it and expect from 'bun:test'.",
    "go": "Use func TestX(t *testing.T) with t.Run over a table of cases, t.Errorf and t.Fatalf.",
    "testify": "Use func TestX(t *testing.T) with require for what must hold to go on and assert for the rest.",
    "junit5": "Use @Test from org.junit.jupiter.api, and the static assertEquals and assertThrows of Assertions.",
    "junit4": "Use public methods with @Test from org.junit, and the static assertions of org.junit.Assert.",
}
_INSIDE = (
    "They go into the module `tests` of that file itself, which has `use super::*;`: answer with "
    "#[test] functions, assert_eq! and assert!, and #[should_panic] for panics."
)
_OUTSIDE = "Use #[test] functions with assert_eq! and assert!; they see the public items alone."


def framework_of(place: TestPlace, material: Material) -> str:
    """Name the framework of a test file, as in "write tests with …"."""
    usual = f"the usual test framework of {material.language.name}"
    if place.framework == "other" and (place.sample or place.text):
        usual = f"the test framework of the tests that are there, or else {usual}"
    return _NAMES.get(place.framework, usual)


def idiom_of(place: TestPlace) -> str:
    """Say in a sentence how tests are written with that framework; nothing where none is known."""
    if place.framework == "rust":
        return _INSIDE if place.inside else _OUTSIDE
    return _IDIOMS.get(place.framework, "")
