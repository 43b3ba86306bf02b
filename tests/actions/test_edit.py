"""Edit: what an `AI:` comment asks for, and the comment goes."""

import pytest

from tests.actions.checking import Request, check
from workers_ai_ls.actions import ACTIONS
from workers_ai_ls.actions.edit import NoInstruction
from workers_ai_ls.reply.outcomes import Replace

EDIT = next(action for action in ACTIONS if action.name == "edit")


@pytest.mark.parametrize(
    ("before", "code", "instruction"),
    [
        pytest.param(
            "def f(x):\n    # AI: ┃halve\n    return x\n",
            "def f(x):\n    return x\n",
            "halve",
            id="a line of its own",
        ),
        pytest.param(
            "def f(x):\n    return x  # AI: ┃halve\n",
            "def f(x):\n    return x",
            "halve",
            id="behind code",
        ),
        pytest.param(
            "# AI: ┃halve\ndef f(x):\n    return x\n",
            "def f(x):\n    return x",
            "halve",
            id="above a function",
        ),
        pytest.param(
            "# AI: ┃halve\n@cache\ndef f(x):\n    return x\n",
            "@cache\ndef f(x):\n    return x",
            "halve",
            id="above a decorator",
        ),
        pytest.param(
            "def f(x):\n    # AI: halve,\n    # and ┃round\n    # AI: and document\n    return x\n",
            "def f(x):\n    return x",
            "halve,\nand round\nand document",
            id="several lines, several comments",
        ),
        pytest.param(
            "def f(x):\n    y = x  # AI: ┃halve\n    return y  # AI: round\n",
            "def f(x):\n    y = x\n    return y",
            "halve\nround",
            id="several behind code",
        ),
        pytest.param(
            "def f(x):\r\n\t# AI: ┃halve\r\n\treturn x\r\n",
            "def f(x):\r\n\treturn x",
            "halve",
            id="CRLF and tabs",
        ),
        pytest.param("x = 1  # AI: ┃two\n", "x = 1", "two", id="at module level"),
        pytest.param(
            "y = 0\n\nx = 1\n# AI: ┃two\nz = 2\n", "x = 1\nz = 2", "two", id="in a paragraph"
        ),
        pytest.param(
            "def f(x):\n    return x\n    # AI: ┃halve",
            "def f(x):\n    return x\n",
            "halve",
            id="the last line",
        ),
        pytest.param(
            "┃def f(x):\n    # AI: halve\n    return x\n\n# AI: no\n┃def g(): ...\n",
            "def f(x):\n    return x\n\n",
            "halve\nno",
            id="a selection",
        ),
        pytest.param("# AI: ┃a function\n", "", "a function", id="nothing else"),
    ],
)
def test_the_comment_is_the_instruction_and_no_code(
    before: str, code: str, instruction: str
) -> None:
    request = Request(EDIT, before)
    assert EDIT.applies(request.selection)
    assert request.material.code.rstrip("\n") == code.rstrip("\n")
    assert request.material.instruction == instruction
    assert "AI:" not in request.task
    assert instruction in request.task


@pytest.mark.parametrize(
    ("before", "code"),
    [
        ("int f(int x) {\n    /* AI: ┃halve */\n    return x;\n}\n", "int f(int x) {\n    return x;\n}"),
        ("int f(int x) {\n    /* AI: ┃halve */ return x;\n}\n", "int f(int x) {\n    return x;\n}"),
        ("int f(int x) {\n    return x; /* AI: ┃halve\n      it */\n}\n", "int f(int x) {\n    return x;\n}"),
        ("int f(int x) {\n    x++; /* AI: ┃halve */ /* AI: it */\n    return x;\n}\n", "int f(int x) {\n    x++;\n    return x;\n}"),
        ("int f(int x) {\n    return /* AI: ┃halve */ x;\n}\n", "int f(int x) {\n    return x;\n}"),
        ("/**\n * AI: ┃halve\n */\nint f(int x) {\n    return x;\n}\n", "int f(int x) {\n    return x;\n}"),
    ],
)  # fmt: skip
def test_block_comments(before: str, code: str) -> None:
    material = Request(EDIT, before, language="c", path="a.c").material
    assert material.code.strip() == code
    assert "halve" in material.instruction


@pytest.mark.parametrize(
    ("before", "reply", "after"),
    [
        pytest.param(
            "class A:\n    def f(self, x):\n        # AI: ┃halve\n        return x\n\n    y = 1\n",
            "~~~python\ndef f(self, x):\n    return x / 2\n~~~",
            "class A:\n    def f(self, x):\n        return x / 2\n\n    y = 1\n",
            id="a method, indented again",
        ),
        pytest.param(
            "class A:\n    # AI: ┃halve\n    def f(self, x):\n        return x\n",
            "~~~python\n    def f(self, x):\n        return x / 2\n~~~",
            "class A:\n    def f(self, x):\n        return x / 2\n",
            id="above a method",
        ),
        pytest.param(
            "class A:\n    y = 1\n\n    # AI: ┃a method that halves\n\n    z = 2\n",
            "~~~python\ndef half(self, x):\n    return x / 2\n~~~",
            "class A:\n    y = 1\n\n    def half(self, x):\n        return x / 2\n\n    z = 2\n",
            id="a new method in the comment's place",
        ),
        pytest.param(
            "class A {\n    int y;\n    // AI: ┃a getter\n}\n",
            "~~~java\nint getY() {\n    return y;\n}\n~~~",
            "class A {\n    int y;\n    int getY() {\n        return y;\n    }\n}\n",
            id="a new method at the end of a class",
        ),
        pytest.param(
            "x = 1\n\n# AI: ┃print x\n\ny = 2\n",
            "~~~python\nprint(x)\n~~~",
            "x = 1\n\nprint(x)\n\ny = 2\n",
            id="new code at module level",
        ),
        pytest.param("# AI: ┃print 1", "~~~python\nprint(1)\n~~~", "print(1)", id="nothing else"),
        pytest.param(
            "x = 1\r\n\r\n# AI: ┃two lines\r\n",
            "~~~python\nprint(x)\nprint(x)\n~~~",
            "x = 1\r\n\r\nprint(x)\r\nprint(x)\r\n",
            id="new code with CRLF",
        ),
        pytest.param(
            "def f(x):\r\n\treturn x  # AI: ┃halve\r\n",
            "~~~python\ndef f(x):\n    return x / 2\n~~~",
            "def f(x):\r\n\treturn x / 2\r\n",
            id="CRLF and tabs",
        ),
    ],
)
def test_the_change_lands_indented_right(before: str, reply: str, after: str) -> None:
    java = "{" in before
    check(
        EDIT,
        before,
        reply,
        after,
        language="java" if java else "python",
        path="A.java" if java else "a.py",
    )


def test_an_answer_that_only_takes_the_comment_out_is_an_edit() -> None:
    outcome = Request(EDIT, "def f(x):\n    # AI: ┃halve\n    return x / 2\n").outcome(
        "~~~python\ndef f(x):\n    return x / 2\n~~~"
    )
    assert outcome == Replace("def f(x):\n    return x / 2")


def test_an_instruction_of_the_command_goes_before_comments() -> None:
    request = Request(EDIT, "def f(x):\n    # AI: ┃halve\n    return x\n", instruction="double")
    assert request.material.instruction == "double"
    assert request.material.code == request.material.original
    assert "# AI: halve" in request.task
    assert request.task.endswith("Change the selected function `f` as follows:\ndouble")


@pytest.mark.parametrize(
    "text",
    [
        "def f(x):\n    return ┃x\n",
        "# AI: far away\n\n\nx = ┃1\n",
        's = "# AI: ┃no comment"\n',
        "# AI:┃\nx = 1\n",
    ],
)
def test_where_nothing_is_asked_for(text: str) -> None:
    request = Request(EDIT, text)
    assert not EDIT.applies(request.selection)
    with pytest.raises(NoInstruction, match=r"workers-ai\.edit"):
        _ = request.material


def test_a_comment_is_looked_for_40_lines_up_and_down() -> None:
    near, far = "x = 1\n" * 39, "x = 1\n" * 41
    for text in (f"# AI: sum\n{near}y = ┃2\n", f"y = ┃2\n{near}# AI: sum\n"):
        assert EDIT.applies(Request(EDIT, text).selection)
    for text in (f"# AI: sum\n{far}y = ┃2\n", f"y = ┃2\n{far}# AI: sum\n"):
        assert not EDIT.applies(Request(EDIT, text).selection)
