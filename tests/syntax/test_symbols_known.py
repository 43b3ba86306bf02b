"""Symbols that were found with the help of a similar text are those of the text."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers_ai_ls.syntax import imports, language_for, parse
from workers_ai_ls.syntax import symbols_known as known
from workers_ai_ls.syntax import tree as trees
from workers_ai_ls.syntax.stretch import stretch
from workers_ai_ls.syntax.symbol_references import each_reference, mark_of, may_use, references
from workers_ai_ls.syntax.symbol_tables import TABLES
from workers_ai_ls.syntax.symbols import part, symbol_language, symbols, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workers_ai_ls.syntax.symbol import FileSymbols
    from workers_ai_ls.syntax.tree import Tree

_SCRIPT = (
    "import a{n} from './a{n}';\n\n// Says {n}.\nexport class A{n} extends B {{\n  x = {n};\n"
    "  f(y) {{\n\n    this.z = y;\n    return g{n}(y).ä;\n  }}\n}}\n\n"
    "export {{ b{n} as c{n} }};\nconst b{n} = require('{n}');\n\n"
)
_TYPED = (
    f"{_SCRIPT}interface I{{n}}<in out T> {{{{\n  a: T;\n  <C>(c: C): D\n}}}}\n\n"
    "namespace N{n} {{\n  export const d = {n};\n}}\n\n"
)
_C = (
    "#include <a{n}.h>\n#define M{n}(x) (x)\n\nstruct s{n} {{\n  UV_FIELDS\n  int b;\n}};\n\n"
    "#ifdef A{n}\nint v{n};\n\nint w{n} = 1;\n#endif\n\n/* ä */\nmy_inline\nint f{n}(int x) {{\n\n"
    "  return M{n}(x)->y;\n}}\n\n"
)
UNITS = {
    "python": (
        "import a{n}\nfrom b import c{n} as d\n\n__all__ = ['A{n}', 'c{n}']\n\n\n# Says {n}.\n@e\n"
        "class A{n}(B):\n    x: int = {n}\n\n    def f(self):\n        '''Ä.'''\n"
        "        self.y = g(x).z\n\n\nc{n}, h = {n}, 1\n\n"
    ),
    "javascript": _SCRIPT,
    "javascriptreact": f"{_SCRIPT}const M{{n}} = () => <p>text {{{{n}}}} g</p>;\n\n",
    "typescript": _TYPED,
    "typescriptreact": _TYPED,
    "go": (
        'package p{n}\n\nimport (\n\t"a{n}"\n)\n\n// F says.\nfunc (r *R) F{n}() {{\n\n\tg(`ä\n{n}`)\n}}\n\n'
        "const (\n\tA{n} = {n}\n\n\tb = 1\n)\n\ntype S{n} struct {{\n\tT\n\tx int\n}}\n\n"
    ),
    "rust": (
        "use a::b{n};\n\n/// Says {n}.\n#[test]\n#[x]\nfn f{n}(x: u8) -> u8 {{\n\n    x.g::<T>()\n}}\n\n"
        'impl T for S{n} {{\n    fn h() {{ "ä" }}\n}}\n\npub mod m{n} {{\n\n    pub const C: u8 = 1;\n}}\n\n'
    ),
    "java": (
        "package p{n};\n\nimport a.B{n};\n\n/** Says. */\n@X\nclass A{n} extends B {{\n  int x = 1;\n\n"
        "  int f(int x) {{ return g(x).é; }}\n}}\n\n"
    ),
    "c": _C,
    "cpp": (
        f"{_C}namespace n{{n}} {{{{\n\ntemplate <class T>\nclass K{{n}} : public L {{{{\n  int m();\n}}}};\n"
        "}}\n\nusing namespace n{n};\n\nint n{n}::K{n}::m() {{ return 1; }}\n\n"
    ),
    "csharp": (
        "using A.B{n};\n\nnamespace N{n} {{\n\n[X]\npublic class C{n} : D {{\n  int x, y;\n\n"
        "  // Ä\n  void F() {{ g?.H(); }}\n}}\n}}\n\n"
    ),
    "ruby": (
        "require 'a{n}'\n\n# Says {n}.\nmodule M{n}\n\n  class A < B\n    X = {n}\n\n    def f(x)\n"
        "      <<~EOF\n        ü\n\n      EOF\n    end\n  end\nend\n\n"
    ),
    "php": (
        "<?php\nnamespace N{n};\n\nuse A\\B{n};\n\n/** Says. */\nclass C{n} extends D {{\n  public $x = 1;\n\n"
        "  function f() {{ return $this->g('ä'); }}\n}}\n\n?>\n\n<b>text</b>\n\n"
    ),
    "lua": (
        "local a{n} = require('a{n}')\n\n-- Says {n}.\nlocal function f{n}(x)\n\n  return x:g('ä')\nend\n\n"
        "t{n} = {{ h = function() end }}\n\n"
    ),
    "shellscript": "source a{n}.sh\n\n# Says {n}.\nf{n}() {{\n\n  g \"ä $x\" 'b'\n}}\n\nX{n}={n}\n\n",
}
PIECES = (
    *("x", " ", "\n", "\n\n", "\r", "\r\n", "    ", "\t", "é", "😋", "\ud83d", "(", ")", "{", "}"),
    *(
        '"',
        "'",
        "`",
        "'''",
        "/*",
        "*/",
        "//",
        "#",
        "--",
        "= 1\n",
        "def g():\n",
        "<in T>",
        "<<EOF\n",
    ),
    *("EOF\n", "class B:", "@e\n", "export ", "#if X\n", "#endif\n", "package q;\n", "import z\n"),
    *("end\n", "FIELDS\n", "\n  UV_FIELDS\n", "static ", "struct t {\n", "", ""),
)
# The room has a function of the same name.
importing = import_module("workers_ai_ls.syntax.imports")
languages = st.sampled_from(sorted(UNITS))


@st.composite
def edits(draw: st.DrawFn, text: str) -> str:
    """Put pieces in the place of stretches of a text, one or two that are near to each other."""
    start = draw(st.integers(0, len(text)))
    for _ in range(draw(st.integers(1, 2))):
        start = max(0, min(len(text), start + draw(st.sampled_from((0, 3, -20, 50)))))
        end = min(len(text), start + draw(st.sampled_from((0, 0, 1, 2, 30, 200))))
        text = text[:start] + draw(st.sampled_from(PIECES)) + text[end:]
    return text


def source(language_id: str, *, ascii_only: bool = False, units: int = 12) -> str:
    text = "".join(UNITS[language_id].format(n=n) for n in range(units))
    return "".join(each if each.isascii() else "_" for each in text) if ascii_only else text


def from_scratch(tree: Tree) -> FileSymbols:
    """Read the same tree anew; that of a broken text may depend on what was parsed before."""
    read, whole = symbol_language(tree.language), known._known[tree].whole
    assert read
    return told(read, whole.content, part(read, whole.content, whole.parsed.root_node))


@pytest.fixture(autouse=True, scope="module")
def _small_texts_count_as_large() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trees, "_LARGE", 0)
        patch.setattr(importing, "_LARGE", 0)
        yield


def test_every_table_is_tried() -> None:
    assert UNITS.keys() == TABLES.keys()


@settings(max_examples=300, deadline=None)
@given(languages, st.booleans(), st.booleans(), st.data())
def test_they_are_what_is_found_from_scratch(
    language_id: str,
    ascii_only: bool,  # noqa: FBT001 - `given` fills it in
    crlf: bool,  # noqa: FBT001 - `given` fills it in
    data: st.DataObject,
) -> None:
    language = language_for(language_id, "")
    text = source(language_id, ascii_only=ascii_only)
    text = text.replace("\n", "\r\n") if crlf else text
    trees._cache.clear()
    first = parse(language, text)
    assert first
    known.known_symbols(first)
    imports(first)
    for _ in range(3):
        text = data.draw(edits(text))
        tree = parse(language, text)
        assert tree
        found = known.known_symbols(tree)
        assert found == from_scratch(tree)
        assert imports(tree) == importing._between(tree)
        if not known._known[tree].whole.parsed.root_node.has_error:
            anew = symbols(language, text.encode(errors="replace"))
            assert anew
            assert found == anew._replace(marks=b"")


def test_what_is_broken_far_below_a_change_may_be_read_otherwise() -> None:
    java, text = language_for("java", ""), source("java")
    start, end = text.index("\n  int x", text.index("class A2")), text.index("@X\nclass A4")
    broken = f"{text[:start]}xys. */\n{text[end:]}"
    trees._cache.clear()
    for each in (text, broken, broken.replace("class A0", "class Ax0")):
        tree = parse(java, each)
        assert tree
        assert known.known_symbols(tree) == from_scratch(tree)


@pytest.mark.parametrize("language_id", UNITS)
@pytest.mark.parametrize("ascii_only", [False, True])
def test_only_what_is_around_a_change_is_read_anew(
    language_id: str,
    ascii_only: bool,  # noqa: FBT001 - a parameter of the test
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    language, text = language_for(language_id, ""), source(language_id, ascii_only=ascii_only)
    at = len(source(language_id, ascii_only=ascii_only, units=6))
    first = parse(language, text)
    assert first
    known.known_symbols(first)
    imports(first)
    read: list[int] = []

    def watched(*args: object) -> object:
        read.append(len(args))
        return whole(*args)

    whole: Callable[..., object] = part
    monkeypatch.setattr(known, "part", watched)
    later = parse(language, f"{text[:at]}\n{text[at:]}")

    assert later
    assert known.known_symbols(later) == from_scratch(later)
    change = stretch(known._known[first].whole, known._known[later].whole)
    assert change
    assert change.new_end - change.start < len(text) / 4
    assert read == [5]
    assert imports(later) == importing._between(later)


def test_what_parts_a_comment_from_its_definition_counts() -> None:
    php, text = language_for("php", ""), source("php").replace("\n", "\r\n")
    trees._cache.clear()
    first = parse(php, text)
    assert first
    known.known_symbols(first)
    # The last of the new line breaks is the one that was there.
    later = parse(php, text.replace(" */\r\nclass C0", " */\rstruct t {\n\nclass C0"))
    assert later
    assert known.known_symbols(later) == from_scratch(later)


def test_what_has_come_to_be_code_far_below_is_read() -> None:
    python = language_for("python", "")
    text = "".join(f"'''\n\ndef f{n}(): ...\n\n'''\n\ny{n} = 1\n\n" for n in range(20))
    trees._cache.clear()
    first = parse(python, text)
    assert first
    known.known_symbols(first)
    # It closes what each of the others opened.
    later = parse(python, f"'''\n\n{text}")
    assert later
    assert known.known_symbols(later) == from_scratch(later)


def test_texts_with_little_in_common_are_read_whole() -> None:
    python = language_for("python", "")
    trees._cache.clear()
    first, other = parse(python, "x = 1\n\n" * 9), parse(python, "y = 2\n" * 9)
    assert first
    assert other
    known.known_symbols(first)
    found = known.known_symbols(other)
    assert found
    assert {one.name for one in found.definitions} == {"y"}


def test_a_language_without_a_table_has_no_symbols() -> None:
    json = parse(language_for("json", ""), "{}")
    assert json is None or known.known_symbols(json) is None


def test_a_mark_at_the_start_of_a_text_is_no_part_of_it() -> None:
    tree = parse(language_for("python", ""), "\ufeffclass A: ...\n")
    assert tree
    found = known.known_symbols(tree)
    assert found
    assert [one.signature for one in found.definitions] == ["class A:"]


@pytest.mark.parametrize("language_id", UNITS)
def test_whether_a_name_may_be_used_is_what_its_mark_says(language_id: str) -> None:
    language = language_for(language_id, "")
    found = symbols(language, source(language_id, units=2).encode())
    assert found
    assert language.grammar
    marks = {found.marks[at : at + 4] for at in range(0, len(found.marks), 4)}
    words = re.findall(r"[\w$]+", found.bones.decode())
    for word in (*words, "return", "class", "if", "nowhere", "a.b", "f("):
        may = may_use(language.grammar, found.bones, word)
        assert (may and references(found.bones, word) != []) == (mark_of(word) in marks)


@pytest.mark.parametrize("language_id", UNITS)
def test_calls_and_other_uses_are_all_there_are(language_id: str) -> None:
    bones = symbols(language_for(language_id, ""), source(language_id).encode())
    assert bones
    for name in ("x", "g", "f", "a1", "y", "T"):
        listed = references(bones.bones, name)
        for call in (True, False):
            some = list(each_reference(bones.bones, name, call=call))
            assert some == [one for one in listed if one.call is call]
