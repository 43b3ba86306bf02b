"""Which code answers, and why none does."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers_ai_ls.reply import Reader, Refusal, Reply, code_in, is_already_fine


def read(text: str, finish: Literal["stop", "length", "unknown"] = "stop") -> Reply:
    reader = Reader()
    reader.feed(text)
    return reader.finish(finish)


def answer(
    text: str, *, language: str = "python", names: tuple[str, ...] = (), original: str = ""
) -> str:
    code = code_in(read(text), language_fence=language, names=names, original=original)
    assert isinstance(code, str), code
    return code


def refusal(
    text: str,
    finish: Literal["stop", "length", "unknown"] = "stop",
    *,
    language: str = "python",
    original: str = "",
) -> Refusal:
    code = code_in(read(text, finish), language_fence=language, original=original)
    assert isinstance(code, Refusal), code
    return code


HALF = "def half(x):\n    return x / 2"


@pytest.mark.parametrize(
    "text",
    [
        f"```python\n{HALF}\n```",
        f"Sure!\n\n```py\n\n{HALF}\n\n```\nIt halves.",
        f"```bash\npip install numpy --upgrade --user\n```\n```python\n{HALF}\n```",
        f"```\n$ python half.py\n```\n```\n{HALF}\n```",
        f"```python\n{HALF}\n```\nOutput:\n```\n2.0\n```",
        f"```python\n{HALF}\n```\nUsage:\n```python\nprint(half(4))\nprint(half(5))\nprint(half(6))\n```",
        f"Usage:\n```python\nprint(half(4))\n```\n```python\n{HALF}\n```",
        f"```javascript\n{HALF}\n```",
        f"python\n{HALF}",
        f"Here is the code:\n\n{HALF}\n\nThis function halves the number that it is given.",
        f"{HALF}\n\nExplanation:\n\nIt is a division, and that is all there is to it.",
        ">>> def half(x):\n...     return x / 2\n",
        "```python\n>>> def half(x):\n...     return x / 2\n...\n>>> \n```",
        f"Alternatives:\n```python\n{HALF}\n```\nor\n```python\ndef half(x):\n    return x * 0.5\n```",
        f"```python\n{HALF}",
        f"```python\n{HALF}\n```\nIt is a div",
        f"```python\n{HALF}\n\nThis function halves the number that it is given.",
        f"Certainly! Here is what you asked for.\n\n{HALF}",
        f"Certainly! Here is what you asked for.\n\n{HALF}\n```",
        f"{HALF}<|eot_id|>\n\nLet me know if you need anything else, or if it does not work!",
        f"The original code:\n```python\ndef half(x):\n    y = x / 2\n    return y\n```\nBetter:\n```python\n{HALF}\n```",
    ],
)
def test_the_block_that_answers(text: str) -> None:
    assert answer(text, names=("half",)).rstrip() == HALF


def test_a_block_that_repeats_the_selection_does_not_answer() -> None:
    before = "def half(x):\n    y = x / 2\n    return y"
    text = f"```python\n{before}\n```\n```python\n{HALF}\n```"
    assert answer(text, names=("half",), original=before) == HALF


def test_the_whole_after_the_steps() -> None:
    whole = f"import math\n\n\n{HALF}\n\n\ndef third(x):\n    return x / 3"
    assert answer(f"First:\n```python\n{HALF}\n```\nAll of it:\n```python\n{whole}\n```") == whole


def test_related_tags_are_no_other_language() -> None:
    code = "function half(x: number) { return x / 2 }"
    text = f"```python\nprint(1)\nprint(2)\nprint(3)\n```\n```js\n{code}\n```"
    assert answer(text, language="typescript") == code


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("go", "package urls\n\nfunc Half(x int) int {\n\treturn x / 2\n}"),
        (
            "javascript",
            "/**\n * Halves the number that it is given, and rounds.\n */\nconst half = (x) => x >> 1;",
        ),
        ("java", "/**\n * Halves the number that it is given.\n *\n * @return the half of it\n */"),
        (
            "python",
            'def half(x):\n    """Halve a number.\n\n    This is the text of it.\n    """\n    return x / 2',
        ),
        ("c", "#include <stdio.h>\n\nint main(void) {\n    return 0;\n}"),
    ],
)
def test_bare_code_is_taken_whole(language: str, code: str) -> None:
    assert answer(code, language=language) == code


def test_the_first_line_keeps_its_indentation() -> None:
    assert answer("```python\n\n        return x\n    y = 1\n```") == "        return x\n    y = 1"


def test_a_text_answers_for_a_text_with_its_own_blocks() -> None:
    text = "# Half\n\nCall it:\n\n```python\nhalf(4)\n```\n\nThat is all there is to say."
    assert answer(text, language="markdown") == text
    assert answer(f"Sure:\n````markdown\n{text}\n````", language="markdown") == text


@pytest.mark.parametrize(
    ("text", "finish", "reason"),
    [
        ("", "stop", "empty"),
        ("\n \n", "stop", "empty"),
        ("<think>hm</think>", "stop", "empty"),
        ("<|im_end|>", "stop", "empty"),
        (f"```python\n{HALF}", "length", "cut off"),
        (f"```python\n{HALF}\n```\nThis fun\n```python\ndef ", "length", "cut off"),
        ("", "length", "cut off"),
        (f"```python\n{HALF}", "unknown", "cut off"),
        (f"```python\n{HALF} + (", "unknown", "cut off"),
        (f"```python\n{HALF} + (", "stop", "cut off"),
        (f"{HALF} + (", "stop", "cut off"),
        (f"```python\n{HALF} + (\n```", "unknown", "cut off"),
        (f"```python\n{HALF}\n```\n```python\ndef third(x):", "unknown", "cut off"),
        (f"```python\n{HALF}\n" + "y = 2\n" * 40, "stop", "cut off"),
        ("The code halves a number, and does that well.", "stop", "no code"),
        ("Run it:\n```bash\npython half.py\n```", "stop", "no code"),
        ("I'm sorry, but I can't help with that.", "stop", "refused"),
        ("As an AI language model, I cannot write exploits.", "stop", "refused"),
        ("Could you please provide the code that you want changed?", "stop", "refused"),
        (
            "```python\n<<<<<<< SEARCH\nx = 1\n=======\nx = 2\n>>>>>>> REPLACE\n```",
            "stop",
            "no code",
        ),
        ("```diff\n-x = 1\n+x = 2\n```", "stop", "no code"),
    ],
)
def test_what_does_not_answer(
    text: str, finish: Literal["stop", "length", "unknown"], reason: str
) -> None:
    found = refusal(text, finish)
    assert found.reason == reason
    assert "nothing was changed" in found.sentence


def test_the_sentence_of_a_refusal_quotes_the_model() -> None:
    assert (
        "“I'm sorry, but I can't help with that.”"
        in refusal("I'm sorry, but I can't help with that.").sentence
    )


def test_an_apology_before_code_is_manners() -> None:
    assert (
        answer(f"I apologize for the error, I cannot believe it.\n```python\n{HALF}\n```") == HALF
    )


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("python", "# ... rest of the code ..."),
        ("python", "    # ... existing code ..."),
        ("python", "# The rest of your solution remains unchanged"),
        ("python", "# existing code here"),
        ("python", "# ..."),
        ("python", "    # ... (previous code remains the same)"),
        ("python", "# [rest of the methods unchanged]"),
        ("javascript", "// unchanged"),
        ("javascript", "// ... other methods ..."),
        ("javascript", "{/* ... existing code ... */}"),
        ("javascript", "..."),
        ("java", "/* implementation omitted for brevity */"),
        ("c", "int a; // ... same as before"),
        ("html", "<!-- rest of the file -->"),
        ("lua", "-- your code here"),
    ],
)
def test_elisions(language: str, line: str) -> None:
    text = f"```{language}\nx = 1\n{line}\ny = 2\n```"
    assert refusal(text, language=language).reason == "elided"
    assert (
        answer(text, language=language, original=f"a\n{line}\nb").splitlines()[1].strip()
        == line.strip()
    )


@pytest.mark.parametrize(
    "line",
    [
        "    ...",
        "# ... and use it to unpack the resource",
        "# The rest of the code relies on this order",
        "# Make sure that the method is called, ...",
        "print('... rest of the code ...')",
        "# remaining seconds",
        "# Add more cases as needed",
        "# Existing users keep their key",
        "x = [...]",
    ],
)
def test_ordinary_lines_are_no_elisions(line: str) -> None:
    assert line.strip() in answer(f"```python\nx = 1\n{line}\n```")


@pytest.mark.parametrize(
    "text",
    [
        "ALREADY FINE",
        "Already fine.",
        "**ALREADY FINE**\n",
        "```\nALREADY FINE\n```",
        "The code is already fine: it is short and clear.",
        "<think>It is not already fine? It is.</think>\nALREADY FINE<|im_end|>",
    ],
)
def test_already_fine(text: str) -> None:
    assert is_already_fine(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The code isn't already fine.",
        "It is not already fine; rename it.",
        "The code is already fine, but I would rename it.",
        f"Already fine parts were kept.\n```python\n{HALF}\n```",
        "status = 'already fine'",
        "already fine " + "word " * 60,
    ],
)
def test_not_already_fine(text: str) -> None:
    assert not is_already_fine(read(text))


LINES = st.sampled_from(
    [
        "```",
        "```python",
        "~~~",
        "def f():",
        "    return 1",
        "# ...",
        ">>> f()",
        "Sure, here it is:",
        "",
        "<<<<<<< SEARCH",
    ]
)


@given(
    st.lists(st.one_of(LINES, st.text(max_size=8)), max_size=12),
    st.sampled_from(["python", "markdown", ""]),
)
def test_no_reply_raises_and_no_answer_is_blank(lines: list[str], language: str) -> None:
    reply = read("\n".join(lines))
    is_already_fine(reply)
    code = code_in(reply, language_fence=language, names=("f",))
    assert isinstance(code, Refusal) or code.strip()
