"""Answers that describe changes: SEARCH/REPLACE blocks and diffs, well and badly written."""

import pytest

from tests.actions.checking import Request, check
from workers_ai_ls.actions import ACTIONS
from workers_ai_ls.reply import Refusal
from workers_ai_ls.reply.outcomes import Hold, Replace, Unchanged

EDIT = next(action for action in ACTIONS if action.name == "edit")

BEFORE = """\
import os


class Basket:
    def total(self):
        total = 0
        for price in self.prices:
            total += price
        return total

    def half(self):
        ┃total = self.total()
        return total * 2

    def count(self):
        return 1
"""
AFTER = BEFORE.replace("┃", "").replace("total * 2", "total / 2")


def blocks(search: str, replace: str) -> str:
    return f"<<<<<<< SEARCH\n{search}\n=======\n{replace}\n>>>>>>> REPLACE"


OLD, NEW = "        return total * 2", "        return total / 2"


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(blocks(OLD, NEW), id="bare"),
        pytest.param(f"basket.py\n~~~python\n{blocks(OLD, NEW)}\n~~~", id="aider's form"),
        pytest.param(f"~~~\nbasket.py\n{blocks(OLD, NEW)}\n~~~\nDone.", id="the name inside"),
        pytest.param(blocks(OLD.strip(), NEW.strip()), id="dedented"),
        pytest.param(blocks(OLD.replace("    ", "\t"), NEW.replace("    ", "\t")), id="tabs"),
        pytest.param(blocks(OLD + "  ", NEW), id="blanks at the end"),
        pytest.param(blocks("\n" + OLD + "\n", "\n" + NEW + "\n"), id="blank lines around"),
        pytest.param(
            blocks(f"    def half(self):\n        total = self.total()\n{OLD}",
                   f"    def half(self):\n        total = self.total()\n{NEW}"),
            id="with lines around",
        ),
        pytest.param(
            blocks(f"class Basket:\n    def total(self):\n{OLD}".replace("    def total(self):\n", "")
                   .replace("class Basket:\n", "    def half(self):\n        total = self.total()\n"), "    def half(self):\n        total = self.total()\n" + NEW),
            id="the method's header stands outside",
        ),
        pytest.param(
            f"<<<<<<< ORIGINAL\n{OLD}\n=======\n{NEW}\n>>>>>>> UPDATED", id="other words"
        ),
        pytest.param(f"------- SEARCH\n{OLD}\n=======\n{NEW}\n+++++++ REPLACE", id="Cline's form"),
        pytest.param(f"<<<<<<< HEAD\n{OLD}\n=======\n{NEW}\n>>>>>>> new", id="a conflict"),
        pytest.param(
            f"<<<<<<< SEARCH\n~~~python\n{OLD}\n~~~\n=======\n~~~python\n{NEW}\n~~~\n>>>>>>> REPLACE",
            id="fences inside",
        ),
        pytest.param(
            "1. Change it:\n\n" + "\n".join("   " + line for line in blocks(OLD, NEW).split("\n")),
            id="in a list",
        ),
        pytest.param(blocks(OLD, NEW).replace("\n", "\r\n"), id="CRLF"),
        pytest.param(f"~~~diff\n-{OLD}\n+{NEW}\n~~~", id="a diff without header"),
        pytest.param(f"~~~diff\n- {OLD.strip()}\n+ {NEW.strip()}\n~~~", id="a dedented diff"),
        pytest.param(
            f"~~~diff\n--- a/basket.py\n+++ b/basket.py\n@@ -999,3 +12,3 @@ class Other:\n"
            f"         total = self.total()\n-{OLD}\n+{NEW}\n \n     def count(self):\n~~~",
            id="wrong numbers, context from outside",
        ),
        pytest.param(
            f"--- a/basket.py\n+++ b/basket.py\n@@ -13 +13 @@\n-{OLD}\n+{NEW}\n\nThat is all.",
            id="no fence",
        ),
        pytest.param(
            "~~~python\n@@ ... @@\n def half(self):\n     total = self.total()\n"
            "-    return total * 2\n+    return total / 2\n~~~",
            id="tagged as the language, dedented",
        ),
        pytest.param(
            f"~~~diff\n@@ -12,2 +12,2 @@\n        total = self.total()\n-{OLD}\n+{NEW}\n~~~",
            id="no blank before a line that stays",
        ),
        pytest.param(
            f"~~~diff\ndiff --git a/a.py b/a.py\nindex 83db48f..bf3a1c2 100644\n--- a/a.py\n+++ b/a.py\n"
            f"@@ -1,3 +1,3 @@\n-{OLD}\n+{NEW}\n\\ No newline at end of file\n~~~",
            id="git's form",
        ),
    ],
)  # fmt: skip
def test_a_change_is_made_where_it_belongs(reply: str) -> None:
    check(EDIT, BEFORE, reply, AFTER, instruction="Halve it.")


def test_several_changes() -> None:
    before = "┃a = 1\nb = 2\nc = 3\nd = 4\n┃"
    reply = f"~~~\n{blocks('a = 1', 'a = 0')}\n~~~\nand\n~~~\n{blocks('d = 4', 'd = 5')}\n~~~"
    check(EDIT, before, reply, "a = 0\nb = 2\nc = 3\nd = 5\n", instruction="Change a and d.")
    diff = "~~~diff\n-a = 1\n+a = 0\n b = 2\n-d = 4\n+d = 5\n~~~"
    check(EDIT, before, diff, "a = 0\nb = 2\nc = 3\nd = 5\n", instruction="Change a and d.")


def test_only_lines_that_differ_are_touched() -> None:
    before = "def f():\n    ┃a  =  1   \n    b = 2\n    return a┃\n"
    reply = blocks("    a = 1\n    b = 2", "    a = 1\n    b = 3")
    after = "def f():\n    a  =  1   \n    b = 3\n    return a\n"
    check(EDIT, before, reply, after, instruction="b is 3.")


def test_insertions_and_deletions() -> None:
    before = "def f():\n    ┃a = 1\n\n    return a┃\n"
    insert = "~~~diff\n@@ @@\n     a = 1\n+    a += 1\n \n     return a\n~~~"
    after = "def f():\n    a = 1\n    a += 1\n\n    return a\n"
    check(EDIT, before, insert, after, instruction="Add one.")
    check(
        EDIT,
        before,
        blocks("    a = 1\n\n", ""),
        "def f():\n    return a\n",
        instruction="Drop it.",
    )


def test_a_new_import_goes_where_imports_are() -> None:
    reply = f"{blocks('import os', 'import math' + chr(10) + 'import os')}\n{blocks(OLD, '        return math.floor(total / 2)')}"
    outcome = Request(EDIT, BEFORE, instruction="Round.").outcome(reply)
    assert isinstance(outcome, Replace)
    assert outcome.imports == ("import math",)
    check(
        EDIT,
        BEFORE,
        reply,
        AFTER.replace("total / 2", "math.floor(total / 2)").replace("os\n", "os\nimport math\n", 1),
        instruction="Round.",
    )


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (blocks("        return twice", NEW), "does not stand there"),
        (blocks("        return total * 2\n        return 5", NEW), "does not stand there"),
        (blocks("", NEW), "does not stand there"),
        (
            blocks(f"        count += 1\n{OLD}", f"        count += 1\n{NEW}"),
            "does not stand there",
        ),
        (f"~~~diff\n-{OLD}\n+{NEW}\n     def total(self):\n~~~", "does not stand there"),
        ("~~~diff\n@@ -3 +3 @@\n-x = 9\n+x = 8\n~~~", "does not stand there"),
        (f"<<<<<<< SEARCH\n{OLD}\n=======\n{NEW}", "in the middle"),
        (f"<<<<<<< SEARCH\n{OLD}", "in the middle"),
        (f"~~~python\n<<<<<<< SEARCH\n{OLD}\n=======\n{NEW}\n~~~", "in the middle"),
        (f"~~~python\n<<<<<<< SEARCH\n{OLD}\n~~~", "in the middle"),
    ],
)
def test_what_is_not_found_or_broken_off_is_refused(reply: str, sentence: str) -> None:
    outcome = Request(EDIT, BEFORE, instruction="Halve it.").outcome(reply)
    assert isinstance(outcome, Refusal)
    assert sentence in outcome.sentence


def test_a_passage_that_stands_there_twice_is_not_guessed_at() -> None:
    before = "┃def f(a):\n    if a:\n        return 1\n    b = a\n    if b:\n        return 1\n┃"
    request = Request(EDIT, before, instruction="Two.")
    outcome = request.outcome(blocks("        return 1", "        return 2"))
    assert isinstance(outcome, Refusal)
    assert "more than once" in outcome.sentence
    numbered = "~~~diff\n@@ -6 +6 @@\n-        return 1\n+        return 2\n~~~"
    after = "def f(a):\n    if a:\n        return 1\n    b = a\n    if b:\n        return 2\n"
    assert request.applied(request.outcome(numbered)) == after


def test_a_passage_in_the_selection_is_meant_before_others() -> None:
    before = "def f():\n    return 1\n\n\ndef g():\n    ┃return 1\n"
    after = "def f():\n    return 1\n\n\ndef g():\n    return 2\n"
    check(EDIT, before, blocks("return 1", "return 2"), after, instruction="Two.")


def test_a_change_elsewhere_is_offered_apart() -> None:
    reply = f"{blocks(OLD, NEW)}\n{blocks('        return 1', '        return len(self.prices)')}"
    outcome = Request(EDIT, BEFORE, instruction="Halve it.").outcome(reply)
    assert isinstance(outcome, Replace)
    assert outcome.rest is not None
    assert AFTER.count(outcome.rest.before) == 1
    assert AFTER.replace(outcome.rest.before, outcome.rest.after) == AFTER.replace(
        "return 1", "return len(self.prices)"
    )


def test_a_change_elsewhere_alone_is_refused() -> None:
    reply = blocks("        return 1", "        return len(self.prices)")
    outcome = Request(EDIT, BEFORE, instruction="Halve it.").outcome(reply)
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "beyond"


def test_a_change_with_a_gap_is_held() -> None:
    reply = blocks(OLD, "        # ... existing code ...\n" + NEW)
    outcome = Request(EDIT, BEFORE, instruction="Halve it.").outcome(reply)
    assert isinstance(outcome, Hold | Refusal)
    assert "left parts" in outcome.sentence


def test_a_change_of_nothing_changes_nothing() -> None:
    outcome = Request(EDIT, BEFORE, instruction="Halve it.").outcome(blocks(OLD, OLD))
    assert isinstance(outcome, Unchanged)


def test_code_that_looks_like_a_diff_is_code() -> None:
    before = "x = (\n┃    f(a)\n+ f(b)\n- f(c)┃\n)\n"
    after = "x = (\n    f(a)\n+ f(b)\n- f(d)\n)\n"
    check(EDIT, before, "~~~\n    f(a)\n+ f(b)\n- f(d)\n~~~", after, instruction="d.")


def test_a_file_with_a_conflict_can_be_edited() -> None:
    before = "┃<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> theirs\n┃"
    check(EDIT, before, "~~~python\nx = 2\n~~~", "x = 2\n", instruction="Resolve it.")


def test_the_code_stands_beside_its_diff() -> None:
    code = "    def half(self):\n        total = self.total()\n        return total / 2"
    reply = f"The diff:\n~~~diff\n-{OLD}\n+{NEW}\n~~~\nAll of it:\n~~~python\n{code}\n~~~"
    check(EDIT, BEFORE, reply, AFTER, instruction="Halve it.")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_ends_are_those_of_the_file(ending: str) -> None:
    before = BEFORE.replace("\n", ending)
    check(EDIT, before, blocks(OLD, NEW), AFTER.replace("\n", ending), instruction="Halve it.")
