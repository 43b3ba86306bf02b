"""Refactor: exactly the selected code changes, and nothing that the model did not mean."""

import pytest

from tests.actions.checking import Request, check
from workers_ai_ls.actions import ACTIONS
from workers_ai_ls.actions.gate import BROKEN
from workers_ai_ls.reply import Refusal
from workers_ai_ls.reply.outcomes import Hold, Replace, Unchanged

REFACTOR = next(action for action in ACTIONS if action.name == "refactor")


@pytest.mark.parametrize(
    ("before", "reply", "after"),
    [
        pytest.param(
            "class A:\n    @property\n    def half(self):\n        y = ┃self.x / 2\n        return y\n\n    z = 1\n",
            "~~~python\n@property\ndef half(self):\n    return self.x / 2\n~~~",
            "class A:\n    @property\n    def half(self):\n        return self.x / 2\n\n    z = 1\n",
            id="a method with a decorator, dedented",
        ),
        pytest.param(
            "def f():\n    def g():\n        y = 1┃\n        return y\n    return g\n",
            "~~~python\ndef g():\n        return 1\n~~~",
            "def f():\n    def g():\n        return 1\n    return g\n",
            id="a nested function, its first line dedented",
        ),
        pytest.param(
            "def f(x):\n    # Half of it.\n    ┃y = x / 2\n    return y┃\n",
            "~~~python\nreturn x / 2\n~~~",
            "def f(x):\n    # Half of it.\n    return x / 2\n",
            id="statements",
        ),
        pytest.param(
            "def f(x):\n  ┃  y = x / 2\n    return y┃\n",
            "~~~python\n    return x / 2\n~~~",
            "def f(x):\n    return x / 2\n",
            id="a selection that starts inside the indentation",
        ),
        pytest.param(
            "value = '😋' + ┃str(str(x))┃ + '!'\n",
            "~~~python\nstr(x)\n~~~",
            "value = '😋' + str(x) + '!'\n",
            id="a part of a line, after an emoji",
        ),
        pytest.param(
            "def f(n):\n    return ┃n % 2 == 0 or False┃  # even\n",
            "~~~python\n    return n % 2 == 0  # even\n~~~",
            "def f(n):\n    return n % 2 == 0  # even\n",
            id="the line around came back too",
        ),
        pytest.param(
            "f(┃True if x else False┃);\n",
            "~~~\nf(bool(x));\n~~~",
            "f(bool(x));\n",
            id="the call around came back too",
        ),
        pytest.param(
            "x = 1\r\n\r\n\r\ndef f():\r\n\ty = ┃1\r\n\treturn y\r\n",
            "~~~python\ndef f():\n    return 1\n~~~",
            "x = 1\r\n\r\n\r\ndef f():\r\n\treturn 1\r\n",
            id="CRLF and tabs",
        ),
        pytest.param("┃y = 1\nx = y\n┃", "~~~\nx = 1\n~~~", "x = 1\n", id="the whole file"),
        pytest.param("a = 0\n┃y = 1\nx = y┃", "~~~\nx = 1\n~~~", "a = 0\nx = 1", id="no last newline"),
        pytest.param(
            "def f():\n    a = '\x0c'\n    y = ┃1\n    return y\n",
            "~~~python\ndef f():\n    a = '\x0c'\n    return 1\n~~~",
            "def f():\n    a = '\x0c'\n    return 1\n",
            id="a form feed",
        ),
        pytest.param(
            "# Halves.\n#\n# Twice.\ndef f(x):\n    y = ┃x / 2\n    return y\n",
            "~~~python\n# Halves.\n#\n# Twice.\ndef f(x):\n    return x / 2\n~~~",
            "# Halves.\n#\n# Twice.\ndef f(x):\n    return x / 2\n",
            id="the comment above came back too",
        ),
        pytest.param(
            "class A:\n    x = 1\n\n    def f(self):\n        y = ┃1\n        return y\n\n    def g(self): ...\n",
            "~~~python\nclass A:\n    x = 2\n\n    # One.\n    def f(self):\n        return 1\n~~~",
            "class A:\n    x = 1\n\n    def f(self):\n        return 1\n\n    def g(self): ...\n",
            id="the class around came back too",
        ),
        pytest.param(
            "def even(n):\n    '''Even?'''\n    ┃if n % 2 == 0:\n        return True\n    else:\n        return False┃\n",
            "~~~python\ndef even(n):\n    '''Even?'''\n\n    return n % 2 == 0\n~~~",
            "def even(n):\n    '''Even?'''\n    return n % 2 == 0\n",
            id="the function around came back too",
        ),
        pytest.param(
            "func f() int {\n\t┃x := 1\n\treturn x┃\n}\n",
            "~~~go\nfunc f() int {\n\treturn 1\n}\n~~~",
            "func f() int {\n\treturn 1\n}\n",
            id="the function around, in Go",
        ),
    ],
)  # fmt: skip
def test_exactly_the_selected_code_changes(before: str, reply: str, after: str) -> None:
    go = "func" in before
    check(
        REFACTOR,
        before,
        reply,
        after,
        language="go" if go else "python",
        path="a.go" if go else "a.py",
    )


def test_a_language_without_a_grammar() -> None:
    check(
        REFACTOR,
        "proc a =\n  discard\n\nproc half(x: int): int =\n  let y = x ┃div 2\n  result = y\n",
        "~~~nim\nproc half(x: int): int =\n  x div 2\n~~~",
        "proc a =\n  discard\n\nproc half(x: int): int =\n  x div 2\n",
        language="nim",
        path="a.nim",
    )


def test_a_function_around_that_changed_elsewhere_too_is_refused() -> None:
    before = (
        "def even(n):\n    m = n % 2\n    ┃if m == 0:\n        return True\n    return False┃\n"
    )
    outcome = Request(REFACTOR, before).outcome(
        "~~~python\ndef even(n):\n    return n % 2 == 0\n~~~"
    )
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "beyond"


@pytest.mark.parametrize(
    "reply",
    [
        "ALREADY FINE",
        "The code is already fine.",
        "~~~python\ndef f(x):\n    return x / 2\n~~~",
        "~~~python\n    def f(x):\n        return x / 2\n~~~\nNothing changed.",
    ],
)
def test_nothing_to_change(reply: str) -> None:
    outcome = Request(REFACTOR, "def f(x):\n    return ┃x / 2\n").outcome(reply)
    assert outcome == Unchanged("The model found nothing to improve in this code.")


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ("", "empty"),
        ("It is a division, and that is all there is to it.", "no code"),
        ("I'm sorry, but I can't help with that.", "refused"),
    ],
)
def test_what_never_touches_the_code(reply: str, reason: str) -> None:
    outcome = Request(REFACTOR, "def f(x):\n    return ┃x / 2\n").outcome(reply)
    assert isinstance(outcome, Refusal)
    assert outcome.reason == reason


def test_an_answer_that_is_cut_off_is_held_within_reach() -> None:
    before = "class A:\n    def f(self, x):\n        return ┃x / 2\n"
    outcome = Request(REFACTOR, before).outcome(
        "~~~python\ndef f(self, x):\n    y =", finish="length"
    )
    assert isinstance(outcome, Hold)
    assert "workersAI.maxTokens" in outcome.sentence
    assert outcome.edit == Replace("    def f(self, x):\n        y =")


def test_an_answer_with_parts_left_out_is_held() -> None:
    outcome = Request(REFACTOR, "def f(x):\n    y = ┃x\n    return y\n").outcome(
        "~~~python\ndef f(x):\n    # ... rest of the code ...\n~~~"
    )
    assert isinstance(outcome, Hold)
    assert "left parts of the code out" in outcome.sentence


def test_invisible_characters_are_removed_and_told_of() -> None:
    outcome = Request(REFACTOR, "x = ┃not not y┃\n").outcome("~~~\nbool(\u202ey)\n~~~")
    assert isinstance(outcome, Replace)
    assert outcome.text == "bool(y)"
    assert "invisible characters" in outcome.note


def test_the_task_names_what_is_selected() -> None:
    assert (
        "Refactor the selected method `f`: make the smallest"
        in Request(REFACTOR, "class A:\n    def f(self):\n        ┃return 1\n").task
    )
    assert "Refactor the selected code: make" in Request(REFACTOR, "x = ┃1\n").task
    asked = Request(REFACTOR, "def f():\n    ┃return 1\n", instruction="Use a lambda.")
    assert asked.task.endswith("Refactor the selected function `f` as follows:\nUse a lambda.")


def test_an_answer_that_does_not_parse_is_held() -> None:
    request = Request(REFACTOR, "def f(x):\n    y = ┃x\n    return y\n")
    outcome = request.outcome("~~~python\ndef f(x):\n    return (x\n~~~")
    assert outcome == Hold(BROKEN, Replace("def f(x):\n    return (x"))


def test_code_that_did_not_parse_before_may_go_on_not_to() -> None:
    before = "def g(:\n\n\ndef f(x):\n    y = ┃x\n    return y\n"
    check(
        REFACTOR,
        before,
        "~~~python\ndef f(x):\n    return x\n~~~",
        "def g(:\n\n\ndef f(x):\n    return x\n",
    )


@pytest.mark.parametrize(
    ("instruction", "kind"), [("", Hold), ("Call it third.", Replace)], ids=["unasked", "asked for"]
)
def test_an_answer_without_the_selected_definition_is_held(instruction: str, kind: type) -> None:
    request = Request(
        REFACTOR, "class A:\n    def half(self):\n        ┃return 1\n", instruction=instruction
    )
    outcome = request.outcome("~~~python\ndef third(self):\n    return 2\n~~~")
    assert isinstance(outcome, kind)
    if isinstance(outcome, Hold):
        assert "`half`" in outcome.sentence
        assert outcome.edit == Replace("    def third(self):\n        return 2")
