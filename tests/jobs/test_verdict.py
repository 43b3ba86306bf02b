"""What is known of new tests after a run, from what real runners have printed."""

from __future__ import annotations

import pytest

from workers_ai_ls.jobs.verdict import Tried, Verdict, excerpt, judged
from workers_ai_ls.workspace.trials import Ran

PYTEST = """F.                                                                       [100%]
=================================== FAILURES ===================================
___________________________________ test_bad ___________________________________

    def test_bad(two): assert half(4) == 3
E   assert 2.0 == 3

tests/test_half.py:3: AssertionError
=========================== short test summary info ============================
FAILED tests/test_half.py::test_bad - assert 2.0 == 3
1 failed, 1 passed in 0.11s
"""
IMPORTING = """==================================== ERRORS ====================================
_____________________ ERROR collecting tests/test_half.py ______________________
E   ModuleNotFoundError: No module named 'halves'
ERROR tests/test_half.py
1 error in 0.05s
"""
UNITTEST = """F.
======================================================================
FAIL: test_bad (tests.test_half.TestHalf.test_bad)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "tests/test_half.py", line 8, in test_bad
    self.assertEqual(half(4), 3)
AssertionError: 2.0 != 3

----------------------------------------------------------------------
Ran 2 tests in 0.000s

FAILED (failures=1)
"""
VITEST = """ \u276f tests/half.test.js (2 tests | 1 failed) 13ms
   ✓ good 1ms
   \u00d7 bad one 9ms
     → expected 2 to be 3 // Object.is equality

 FAIL  tests/half.test.js > bad one
AssertionError: expected 2 to be 3 // Object.is equality

 Test Files  1 failed (1)
      Tests  1 failed | 1 passed (2)
"""
JEST = """FAIL tests/half.test.js
  ✓ good (1 ms)
  ✕ bad one (6 ms)

  ● bad one

    expect(received).toBe(expected) // Object.is equality

Tests:       1 failed, 1 passed, 2 total
"""
NODE = """TAP version 13
not ok 2 - bad one
  ---
  error: '2 == 3'
  code: 'ERR_ASSERTION'
# pass 1
# fail 1
"""
GO = """--- FAIL: TestBad (0.00s)
    half_test.go:4: got 2, want 3
FAIL
FAIL\tshop/pkg\t0.004s
"""
CARGO = """running 2 tests
test tests::good ... ok
test tests::bad ... FAILED

---- tests::bad stdout ----
thread 'tests::bad' (11480) panicked at src/lib.rs:7:12:

test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out
"""
MAVEN = """[ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0 <<< FAILURE! -- in shop.HalfTest
[ERROR] shop.HalfTest.bad -- Time elapsed: 0.012 s <<< FAILURE!
org.opentest4j.AssertionFailedError: expected: <3> but was: <2>
[ERROR]   HalfTest.bad:6 expected: <3> but was: <2>
"""


def verdict(
    output: str,
    code: int | None = 1,
    names: tuple[str, ...] = ("test_good", "test_bad"),
    others: tuple[str, ...] = (),
    file: str = "tests/test_half.py",
) -> Verdict:
    return judged(Ran(code, output, 1.25), Tried("run it", names, others, file), 60)


@pytest.mark.parametrize(
    ("output", "names", "file", "why"),
    [
        (PYTEST, ("test_good", "test_bad"), "tests/test_half.py", "assert 2.0 == 3"),
        (UNITTEST, ("test_good", "test_bad"), "tests/test_half.py", "AssertionError: 2.0 != 3"),
        (VITEST, ("good", "bad one"), "tests/half.test.js", "expected 2 to be 3"),
        (JEST, ("good", "bad one"), "tests/half.test.js", "expect(received).toBe(expected)"),
        (NODE, ("good", "bad one"), "tests/half.test.js", "error: '2 == 3'"),
        (GO, ("TestGood", "TestBad"), "pkg/half_test.go", "want 3"),
        (CARGO, ("good", "bad"), "src/lib.rs", "panicked at lib.rs:7:12"),
        (
            MAVEN,
            ("good", "bad"),
            "src/test/java/shop/HalfTest.java",
            "AssertionFailedError: expected",
        ),
    ],
    ids=["pytest", "unittest", "vitest", "jest", "node", "go", "cargo", "maven"],
)
def test_the_one_that_fails_is_named_with_its_reason(
    output: str, names: tuple[str, ...], file: str, why: str
) -> None:
    found = verdict(output, names=names, file=file)
    assert (found.state, found.failing) == ("failed", names[1:])
    assert found.sentence.startswith(f"2 new tests, 1 fails (run it, 1.2 s): {names[1]}: ")
    assert why in found.sentence
    assert found.sentence.endswith("They stand in the file all the same.")


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("..   [100%]\n2 passed in 0.01s\n", "2 passed"),
        ("==== 2 passed, 1 warning in 0.01s ====\n", "2 passed"),
        ("..\n---\nRan 2 tests in 0.000s\n\nOK\n", "2 passed"),
        (".s\n---\nRan 2 tests in 0.000s\n\nOK (skipped=1)\n", "1 passed"),
        (" Test Files  1 passed (1)\n      Tests  2 passed (2)\n", "2 passed"),
        ("Test Suites: 1 passed, 1 total\nTests:       2 passed, 2 total\n", "2 passed"),
        ("# tests 2\n# pass 2\n# fail 0\n", "2 passed"),
        ("\N{INFORMATION SOURCE} pass 2\n", "2 passed"),
        ("test result: ok. 1 passed; 0 failed\n\ntest result: ok. 1 passed;\n", "2 passed"),
        ("ok  \tshop/pkg\t0.004s\n", "and the command passes"),
        ("", "and the command passes"),
    ],
)
def test_passing_is_told_in_the_runners_own_numbers(output: str, said: str) -> None:
    found = verdict(output, 0)
    assert found.state == "passed"
    assert found.sentence == f"2 new tests, {said} (run it, 1.2 s)."


def test_others_in_the_file_are_counted_as_such() -> None:
    found = verdict("5 passed in 0.01s\n", 0, others=("test_old",))
    assert "5 passed with those that were there before" in found.sentence


@pytest.mark.parametrize(
    "output",
    [
        "no tests ran in 0.01s",
        "?   \tshop/pkg\t[no test files]",
        "ok  \tshop/pkg\t0.004s [no tests to run]",
        "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 2 filtered out\n",
        "Ran 0 tests in 0.000s\n\nOK\n",
        "# pass 0\n# fail 0\n",
    ],
)
def test_a_run_without_tests_proves_nothing(output: str) -> None:
    assert verdict(output, 0).sentence == "The new tests are not verified: run it ran no tests."


RAISE = "raise workersAI.verification.seconds if that is too short"


@pytest.mark.parametrize(
    ("code", "output", "said"),
    [
        (
            None,
            PYTEST,
            f"run it took longer than 60 s and was stopped; {RAISE}",
        ),
        (-9, PYTEST, "run it was ended by signal 9"),
        (2, "unknown option\n\n", "run it ended with exit code 2: unknown option"),
        (1, "", "run it ended with exit code 1"),
    ],
)
def test_a_run_that_says_nothing_of_the_tests_proves_nothing(
    code: int | None, output: str, said: str
) -> None:
    found = verdict(output, code)
    assert found.state == "unverified"
    assert found.sentence == f"The new tests are not verified: {said}."


def test_a_file_that_cannot_be_loaded_fails_as_a_whole() -> None:
    found = verdict(IMPORTING)
    assert (found.state, found.failing) == ("failed", ())
    assert "not all pass (run it, 1.2 s, exit code 1): ModuleNotFoundError: No" in found.sentence


def test_a_name_in_the_files_own_name_does_not_fail() -> None:
    found = verdict(VITEST, names=("half", "good", "bad one"), file="tests/half.test.js")
    assert found.failing == ("bad one",)


def test_a_test_that_was_there_before_is_none_of_the_new_ones() -> None:
    found = verdict(PYTEST, names=("test_good",), others=("test_bad",))
    assert found.state == "unverified"
    assert "fails because of tests that were there before: test_bad" in found.sentence


def test_many_failures_are_counted_and_few_are_named() -> None:
    names = tuple(f"test_{number}" for number in range(5))
    output = "".join(f"FAILED a.py::{name} - assert {'9' * 500}\n" for name in names)
    found = verdict(output, names=names)
    assert found.failing == names
    assert "5 new tests, 5 fail (" in found.sentence
    assert "; and 2 more." in found.sentence
    assert len(found.sentence) < 600


PASSED = Verdict("passed", "")
UNVERIFIED = Verdict("unverified", "")
UNKNOWN = Verdict("failed", "")
ONE, TWO = Verdict("failed", "", "", ("a",)), Verdict("failed", "", "", ("a", "b"))


@pytest.mark.parametrize(
    ("one", "other", "goes"),
    [
        (PASSED, TWO, True),
        (ONE, TWO, True),
        (ONE, UNKNOWN, True),
        (PASSED, PASSED, False),
        (TWO, TWO, False),
        (TWO, ONE, False),
        (UNKNOWN, TWO, False),
        (UNKNOWN, UNKNOWN, False),
        (UNVERIFIED, TWO, False),
        (TWO, UNVERIFIED, False),
    ],
)
def test_an_answer_takes_the_place_of_one_that_fails_more(
    one: Verdict,
    other: Verdict,
    goes: bool,  # noqa: FBT001 - what is expected
) -> None:
    assert one.goes_before(other) is goes


def test_the_model_reads_head_and_tail_of_a_long_output() -> None:
    assert excerpt("\nshort\n") == "short"
    long = excerpt("a" * 5000 + "b" * 50_000 + "c" * 5000)
    assert (long[:3], long[-3:]) == ("aaa", "ccc")
    assert "\n[…]\n" in long
    assert len(long) < 4100
