"""Code that is unfit: it breaks off, or it runs wild."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers_ai_ls.reply import breaks_off, elided
from workers_ai_ls.reply.flaws import runs_wild


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", "def f():\n    return g("),
        ("python", "def f():\n    return g(1,\n             2"),
        ("python", "def f():\n    x = 1 +"),
        ("python", "def f():"),
        ("python", 'def f():\n    """Give'),
        ("python", 'x = "abc'),
        ("java", 'class A {\n    void f() {\n        g("a'),
        ("go", "package a\n\nfunc f() {\n\tg()\n"),
        ("javascript", "function f() {\n  if (a) {\n    b();\n  }\n"),
        ("rust", "fn f() -> i32 {\n    1\n"),
        ("c", "int f(void) {\n    //"),
    ],
)
def test_what_breaks_off(language: str, code: str) -> None:
    assert breaks_off(code, language)


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", "def f():\n    return 1"),
        ("python", "    def f(self):\n        return 1"),
        ("python", "a=1, b=2"),
        ("go", "func f() {\n\tg()\n}"),
        ("javascript", "half(x) {\n  return x / 2;\n}"),
        ("c", 'int f(void) { puts("(["); return 0; }'),
        ("rust", "fn f<'a>(x: &'a str) -> &'a str { x }"),
        ("nim", "echo (1"),
    ],
)
def test_what_does_not(language: str, code: str) -> None:
    assert not breaks_off(code, language)


def test_without_grammar_and_fence_open_brackets_tell() -> None:
    assert breaks_off("function f(x)\n    g(x,", "julia", closed=False)
    assert not breaks_off("function f(x)\n    g(x)\nend", "julia", closed=False)


LINES = [f"    assert half({number}) == {number // 2}" for number in range(0, 80, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n" + "y = 2\n" * 30,
        "def f():\n" + "    a()\n    b()\n\n    c()\n" * 9 + "    a()\n    b",
        "// " + "no " * 300,
        "x = '" + "ab" * 400,
        "# " + "".join("aeo"[number % 3] * (1 + number % 2) for number in range(300)),
        "```python\n" + "import os\n" * 40 + "```",
    ],
)
def test_what_runs_wild(text: str) -> None:
    assert runs_wild(text)
    assert not runs_wild(text, original=text)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(LINES),
        "x = [\n" + "    0,\n" * 5 + "]",
        "#" * 500,
        "}\n" * 40,
        "-" * 200 + "\nTitle\n" + "=" * 200,
        "a = 1\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nb = 2",
        "The quick brown fox jumps over the lazy dog, and then it goes on to say that all the lines of this kind are as long as they are because somebody had a lot to say in one line.",
    ],
)
def test_what_only_looks_dull(text: str) -> None:
    assert not runs_wild(text)


@pytest.mark.parametrize(
    "line",
    [
        "// TODO: Implement your test logic here!",
        "# Add your code here",
        "// insert the actual implementation here",
        "# Other methods\n# ...",
        "# Rest of the class\n    # ...",
    ],
)
def test_stubs_are_elisions(line: str) -> None:
    assert elided(f"x = 1\n{line}\ny = 2", "", "python" if line.startswith("#") else "java")


def test_a_comment_that_goes_on_in_dots_is_none() -> None:
    assert elided("# Recall what was said about snippets\n# ...\nx = 1", "", "python") is None


@given(st.text(max_size=200), st.sampled_from(["python", "go", "java", "julia", "c", "nonsense"]))
def test_no_text_raises(text: str, language: str) -> None:
    breaks_off(text, language)
    runs_wild(text, text[:9])
    elided(text, "", language)
