"""What is near a range is found as if all definitions of the text had been looked for."""

import importlib
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.sample_code import line_of, python_source
from tests.syntax.reading import tree_of
from workers_ai_ls.syntax import (
    Tree,
    enclosing,
    enclosing_headers,
    expand,
    imports,
    scopes,
    scopes_near,
)

LINES = {
    "python": ("@d\n", "class A:\n  ", "def f():\n  ", "    pass\n", "\n", "  # c\n", "x = 1\n"),
    "rust": (
        *("// a\n", "#[a]\n", "#[b(\n c)]\n", "fn f() {\n", "}\n", "\n", "impl A {\n"),
        *("/* x\n\n y */\n", "let x = 1;\n", "let g = |x| x  ;\n", "use a::b;\n"),
    ),
    "typescript": (
        *("@dec\n", "class A {\n", "m() {\n", "}\n", "\n", "// a\n", "/** b\n\n c */\n", "export "),
        *("const f = () => {\n", "@d({a:1}) ", "x = () => 1;\n", "namespace N {\n", "import a;\n"),
    ),
    "cpp": (
        *("template <class T>\n", "namespace n {\n", "void f() {\n", "}\n", "// c\n", "\n"),
        *("/* c\n\n*/\n", "struct S {\n", "};\n", "[[a]]\n", "int x;\n", "#include <a>\n"),
    ),
    "java": (
        "@A\n",
        "class A {\n",
        "int m() {\n",
        "}\n",
        "// c\n",
        "/** c\n\n*/\n",
        "\n",
        "int x;\n",
    ),
    "ruby": ("class A\n", "def f\n", "end\n", "# c\n", "=begin\nc\n=end\n", "\n", "x = 1\n"),
}


@pytest.fixture(scope="module")
def room() -> ModuleType:
    return importlib.import_module("workers_ai_ls.syntax.scopes")


def told(tree: Tree, start: int, end: int) -> list[object]:
    around = enclosing(tree, start, end)
    parents = []
    while around:
        parents.append(around)
        around = around.parent
    headers = enclosing_headers(tree, start, end)
    return [parents, headers, expand(tree, tree.text, start, end), imports(tree)]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(LINES)), st.data())
def test_the_answers_are_the_same(room: ModuleType, language_id: str, data: st.DataObject) -> None:
    lines = st.lists(st.sampled_from(LINES[language_id]), max_size=30)
    text = "".join(data.draw(lines))
    start = data.draw(st.integers(0, len(text)))
    end = min(len(text), start + data.draw(st.sampled_from((0, 1, 12))))
    tree = tree_of(language_id, text)
    room._known.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "_LARGE", 0)
        near, found = scopes_near(tree, start, end), told(tree, start, end)

    known = scopes(tree)
    assert found == told(tree, start, end)
    assert all(each in known for each in near)
    assert [each for each in known if each.start <= start and end < each.end] == [
        each for each in near if each.start <= start and end < each.end
    ]


def test_of_a_large_text_only_what_is_near_is_looked_for(room: ModuleType) -> None:
    text = python_source(2_000)
    tree = tree_of("python", text)
    room._known.clear()
    at = sum(map(len, text.splitlines(keepends=True)[: line_of(text, "total = total")]))

    assert [each.name for each in scopes_near(tree, at, at)][-1] == "total"
    assert len(scopes_near(tree, at, at)) == 2
    assert tree not in room._known
    assert len(scopes(tree)) > 200
    assert scopes_near(tree, at, at) is scopes(tree)
