"""Code fitted to the text that it replaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers_ai_ls.reply import reindent

METHOD = "    def half(self, x):\n        y = x / 2\n        return y\n"
NEW = "def half(self, x):\n    return x / 2"
FITTED = "    def half(self, x):\n        return x / 2\n"


@pytest.mark.parametrize(
    "code",
    [
        NEW,
        "    def half(self, x):\n        return x / 2\n",
        "def half(self, x):\n        return x / 2",
        "\n\n        def half(self, x):\n            return x / 2\n\n",
        "def half(self, x):\n\treturn x / 2",
        "def half(self, x):\n  return x / 2",
        "def half(self, x):\r\n    return x / 2\r\n",
        "  def half(self, x):\n      return x / 2",
        NEW + "\u200b\ufeff\n",
    ],
)
def test_a_method_in_every_indentation(code: str) -> None:
    assert reindent(code, METHOD, line_ending="\n") == FITTED


@pytest.mark.parametrize("before", ["    ", ""])
@pytest.mark.parametrize("code", [NEW, FITTED, "def half(self, x):\n        return x / 2"])
def test_a_method_selected_behind_its_indentation(code: str, before: str) -> None:
    original = METHOD.strip()
    assert reindent(code, original, line_ending="\n", before=before) == FITTED.strip()


def test_a_function_at_the_margin_stays_there() -> None:
    original = "def f():\n    a = 1\n    end = 2\n"
    assert (
        reindent("def f():\n    return 1", original, line_ending="\n") == "def f():\n    return 1\n"
    )


def test_part_of_a_line() -> None:
    text = reindent("foo(\n    a,\n)", "bar(a)", line_ending="\n", before="    x = ")
    assert text == "foo(\n        a,\n    )"


@pytest.mark.parametrize("code", ["for a in b:\n    c(a)", "    for a in b:\n        c(a)"])
def test_statements_become_a_block(code: str) -> None:
    assert (
        reindent(code, "    c(1)\n    c(2)\n", line_ending="\n")
        == "    for a in b:\n        c(a)\n"
    )


def test_statements_of_which_the_first_lost_its_indentation() -> None:
    assert (
        reindent("a = 1\n    b = 2", "    c = 1\n    d = 2", line_ending="\n")
        == "    a = 1\n    b = 2"
    )


def test_the_end_of_a_block_selected_with_what_follows_it() -> None:
    original = "        a = 1\n    return a\n"
    expected = "        a = 2\n    return a\n"
    assert reindent("    a = 2\nreturn a", original, line_ending="\n") == expected
    assert reindent(expected, original, line_ending="\n") == expected


def test_braces_dedented_whole_or_on_the_first_line_only() -> None:
    original = "\tf() {\n\t\ta();\n\t}\n"
    for code in (
        "f() {\n\tb();\n}",
        "f() {\n\t\tb();\n\t}",
        "f() {\n  b();\n}",
        "    f() {\n        b();\n    }",
    ):
        assert reindent(code, original, line_ending="\n") == "\tf() {\n\t\tb();\n\t}\n"


def test_tabs_become_the_spaces_of_the_file() -> None:
    original = "  if (a) {\n    b();\n  }"
    assert reindent("if (a) {\n\tif (c) {\n\t\tb();\n\t}\n}", original, line_ending="\n") == (
        "  if (a) {\n    if (c) {\n      b();\n    }\n  }"
    )


def test_alignment_is_kept() -> None:
    original = "  def f():\n    return g(a,\n             b)\n"
    code = "def f():\n    return h(a,\n             b)"
    assert reindent(code, original, line_ending="\n").splitlines()[0] == "  def f():"
    same = "def f():\n    return h(a,\n             b)"
    assert reindent(same, "def f():\n    pass", line_ending="\n") == same


def test_a_first_line_that_alone_is_too_deep() -> None:
    original = "package a\n\nfunc f() {\n\tb()\n}\n"
    assert reindent(" package a\n\nfunc f() {\n\tc()\n}", original, line_ending="\n") == (
        "package a\n\nfunc f() {\n\tc()\n}\n"
    )


def test_text_of_a_string_left_of_the_margin_goes_back_to_its_place() -> None:
    original = '    def f():\n        return """\nSELECT 1\n"""\n'
    code = 'def f():\n    a = """\nSELECT 1\n"""\n    return a'
    assert reindent(code, original, line_ending="\n") == (
        '    def f():\n        a = """\nSELECT 1\n"""\n        return a\n'
    )


def test_preprocessor_lines_stay_at_the_margin() -> None:
    original = "    int f() {\n#ifdef A\n        a();\n#endif\n    }\n"
    code = "int f() {\n#ifdef B\n    b();\n#endif\n}"
    assert (
        reindent(code, original, line_ending="\n")
        == "    int f() {\n#ifdef B\n        b();\n#endif\n    }\n"
    )


def test_what_needs_no_shift_is_not_touched() -> None:
    code = 'def f():\n    return """a\n \t b  \n\n      c"""'
    assert reindent(code, "def f():\n    return 1", line_ending="\n") == code


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("a", "b"),
        ("a\n", "b\n"),
        ("a\r\n", "b\r\n"),
        ("\n\na\n\n", "\n\nb\n\n"),
        ("  a", "  b"),
        ("", "b"),
        ("\n", "b\n"),
    ],
)
def test_blank_ends_are_those_of_the_original(original: str, expected: str) -> None:
    ending = "\r\n" if "\r" in original else "\n"
    assert reindent("\n\nb\n\n\n", original, line_ending=ending) == expected


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends(ending: str) -> None:
    assert reindent("a\r\nb\rc\nd", "x\ny\n", line_ending=ending) == ending.join("abcd") + ending


def test_nothing_answered_is_nothing() -> None:
    assert reindent(" \n", "  a\n", line_ending="\n") in {"", "\n"}


BODY = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["a", "b = 1", "c(d)"])), min_size=1, max_size=6
)


@given(
    BODY, st.integers(0, 3), st.sampled_from(["    ", "  ", "\t"]), st.sampled_from(["\n", "\r\n"])
)
def test_an_answer_dedented_whole_comes_back_as_it_was(
    body: list[tuple[int, str]], level: int, unit: str, ending: str
) -> None:
    plain = ["def f():", *(unit * (1 + depth) + text for depth, text in body)]
    original = "".join(unit * level + line + ending for line in plain)
    assert reindent("\n".join(plain), original, line_ending=ending) == original
    assert reindent(original, original, line_ending=ending) == original


@given(BODY, st.integers(0, 3), st.sampled_from(["    ", "\t"]))
def test_an_answer_dedented_on_its_first_line_comes_back_as_it_was(
    body: list[tuple[int, str]], level: int, unit: str
) -> None:
    plain = ["def f():", unit + "first", *(unit * (1 + depth) + text for depth, text in body)]
    original = "\n".join(unit * level + line for line in plain)
    assert reindent(original.lstrip(), original, line_ending="\n") == original


@given(st.text(max_size=60), st.text(max_size=60), st.text(" \tx", max_size=6))
def test_no_text_raises(code: str, original: str, before: str) -> None:
    reindent(code, original, line_ending="\n", before=before)
    assert reindent(original, original, line_ending="\n") is not None
