"""One answer out of many blocks: parts that belong together, steps, alternatives, other turns."""

import pytest

from workers_ai_ls.reply import Reader, Refusal, code_in

HALF = "def half(x):\n    return _floor(x / 2)"
FLOOR = "def _floor(x):\n    return int(x)"
THIRD = "def third(x):\n    return x / 3"


def answer(
    text: str, language: str = "python", names: tuple[str, ...] = (), original: str = ""
) -> str:
    reader = Reader()
    reader.feed(text.replace("~~~", "```"))
    code = code_in(reader.finish("stop"), language_fence=language, names=names, original=original)
    assert not isinstance(code, Refusal), code
    return code


def block(code: str, tag: str = "python") -> str:
    return f"~~~{tag}\n{code}\n~~~\n"


@pytest.mark.parametrize(
    ("text", "names", "code"),
    [
        pytest.param(
            block(HALF) + "And the other one:\n" + block(THIRD),
            ("half", "third"),
            f"{HALF}\n\n{THIRD}",
            id="each definition in its own block",
        ),
        pytest.param(
            "First a helper:\n" + block(FLOOR) + "Then:\n" + block(HALF),
            ("half",),
            f"{FLOOR}\n\n{HALF}",
            id="a helper that it uses",
        ),
        pytest.param(
            block(HALF) + "with this helper:\n" + block(FLOOR),
            ("half",),
            f"{HALF}\n\n{FLOOR}",
            id="a helper behind it",
        ),
        pytest.param(
            "Imports:\n" + block("import math\nfrom os import path") + "Code:\n" + block(THIRD),
            ("third",),
            f"import math\nfrom os import path\n\n{THIRD}",
            id="imports apart",
        ),
        pytest.param(
            block("def test_a():\n    pass") + block("def test_b():\n    pass"),
            (),
            "def test_a():\n    pass\n\ndef test_b():\n    pass",
            id="tests one by one",
        ),
        pytest.param(
            block(THIRD) + "Usage:\n" + block("def main():\n    third(1)"),
            ("third",),
            THIRD,
            id="usage",
        ),
        pytest.param(
            block(THIRD) + "Alternatively:\n" + block("def tierce(x):\n    return third(x)"),
            (),
            THIRD,
            id="an alternative of another name",
        ),
        pytest.param(
            block(THIRD) + "or shorter:\n" + block(THIRD.replace("x / 3", "x * 0.33")),
            ("third",),
            THIRD,
            id="an alternative",
        ),
        pytest.param(
            block("third(4)\nthird(5)\nthird(6)\nthird(7)\nthird(8)\nthird(9)") + block(THIRD),
            ("third",),
            THIRD,
            id="calls before the definition",
        ),
        pytest.param(
            block(THIRD) + "Human: And a half?\n\nAssistant: Sure:\n" + block(f"{THIRD}\n\n\n{HALF}"),
            ("third",),
            THIRD,
            id="an invented turn",
        ),
        pytest.param(
            block(THIRD) + "### Instruction:\nHalve.\n### Response:\n" + block(f"{THIRD}\n\n\n{HALF}\n"),
            (),
            THIRD,
            id="an invented instruction",
        ),
        pytest.param(
            block(">>> third(3)\n1.0", "") + block(THIRD, ""), (), THIRD, id="a session before it"
        ),
        pytest.param("\u200b~~~python\u200b\n" + THIRD + "\n\ufeff~~~", (), THIRD, id="no width"),
    ],
)  # fmt: skip
def test_what_answers(text: str, names: tuple[str, ...], code: str) -> None:
    assert answer(text, names=names) == code


def test_files_of_their_own_are_not_joined() -> None:
    first = "package a;\n\npublic class Half {\n}"
    second = "package b;\n\npublic class Third {\n    int a;\n    int b;\n    int c;\n    int d;\n    int e;\n}"
    assert answer(block(first, "java") + block(second, "java"), "java") == first


def test_names_come_from_the_original_where_nothing_else_tells() -> None:
    code = "function half(x)\n    x / 2\nend"
    test = "@test half(2) == 1\n@test half(4) == 2\n@test half(6) == 3\n@test half(8) == 4"
    text = block(test, "julia") + block(code, "julia")
    assert answer(text, "julia", original="function half(x)\n    return x / 2\nend") == code
    assert answer(text, "julia") == code


@pytest.mark.parametrize("prompt", ["julia> ", ">>> ", "irb(main):001:0> "])
def test_a_session_below_definitions_is_dropped(prompt: str) -> None:
    text = block(f"{THIRD}\n\n# Example usage:\n{prompt}third(3)\n1.0", "")
    assert answer(text) == THIRD


def test_the_example_of_a_docstring_stays() -> None:
    code = f'"""Thirds.\n\n>>> third(3)\n1.0\n"""\n\n{THIRD}'
    assert answer(block(code)) == code


def test_an_answer_without_fence_before_another_question() -> None:
    text = f"{THIRD}\n\nNow translate this function to the language C for me.\n\nint third(int x) {{ return x / 3; }}"
    assert answer(text) == THIRD
