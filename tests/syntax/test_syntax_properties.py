"""What holds for any text and any range."""

from hypothesis import given, settings
from hypothesis import strategies as st

from workers_ai_ls.syntax import (
    LANGUAGES,
    ai_comments,
    counterpart,
    enclosing,
    enclosing_headers,
    error_count,
    expand,
    imports,
    parse,
    scopes,
)
from workers_ai_ls.syntax.lines import is_blank, line_at

PIECES = [
    *("def f(x):\n    ", "class A:\n  ", "function f(x) {", "fn f() {", "func F() {", "{", "}"),
    *(
        "(",
        ")",
        "[",
        "]",
        "x",
        " = ",
        "1",
        ";",
        ",",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\t",
        "    ",
        "\f",
    ),
    *("# AI: x\n", "// y\n", "/* ", " */", "-- z\n", '"', "'", "`", '"""', "😀", "é", "\u2028"),
    *(
        "return x",
        "if x:\n",
        "end\n",
        "@d\n",
        "#[a]\n",
        "<b>",
        "</b>",
        "<?php ",
        "import a",
        "\x00",
    ),
    *("#include <a>\n", "namespace n {", "template <class T> ", "export ", "const f = () => "),
    *("\ud83d", "\ude00", "x" * 2_100, "struct S {", "case 1:", "<<EOF\n", "EOF\n", "=begin\n"),
]

languages = st.sampled_from(LANGUAGES)
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@settings(max_examples=600, deadline=None)
@given(languages, texts, st.data())
def test_no_text_and_no_range_raises_and_the_answers_fit(language, text, data) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - `given` fills them in
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    tree = parse(language, text)

    found_start, found_end = expand(tree, text, start, end)
    assert 0 <= found_start <= found_end <= len(text)
    chosen = text[start:end]
    if chosen.strip():
        assert found_start <= start + len(chosen) - len(chosen.lstrip())
        assert start + len(chosen.rstrip()) <= found_end
    if text.strip():
        assert text[found_start:found_end].strip() or start == end

    for comment in ai_comments(language, text, start, end):
        assert "AI:" in text[comment.start : comment.end]
    if tree is None:
        return
    for scope in scopes(tree):
        assert 0 <= scope.doc_start <= scope.start <= scope.header_end <= scope.end <= len(text)
        assert counterpart(tree, scope.kind, scope.name) is not None
    around = enclosing(tree, start, end)
    assert around is None or around in scopes(tree)
    assert len(enclosing_headers(tree, start, end)) <= len(scopes(tree))
    assert all(text[each.start : each.end] == each.text for each in imports(tree))
    assert error_count(tree) >= 0


@settings(max_examples=200, deadline=None)
@given(languages, texts, st.data())
def test_what_a_cursor_means_touches_its_line_unless_that_is_blank(language, text, data) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - as above
    at = data.draw(st.integers(0, len(text)))
    line = line_at(text, at)
    start, end = expand(parse(language, text), text, at, at)
    assert is_blank(text, line) or (start <= line.end and line.start <= end)
