"""What an index keeps of the languages whose imports it does not follow, and of odd texts."""

import time

import pytest

from tests.syntax.symbol_reading import imported, outline, read, the
from workers_ai_ls.syntax import LANGUAGES, language_for
from workers_ai_ls.syntax.symbols import has_symbols, symbols

OTHERS = {
    "csharp": (
        (
            "using A.B;\nusing static C;\nusing Q = R.S;\nnamespace N;\n"
            "class X : Y, IZ {\n  private int p;\n  public int P { get; }\n  void F() { int l = 1; }\n"
            "  enum E { A }\n}\n"
        ),
        [
            *("namespace N", "class X", "-field X.p", "property X.P", "method X.F"),
            *("enum X.E", "member X.E.A"),
        ],
        ["A.B:*", "C:*", "R.S:=Q"],
    ),
    "ruby": (
        (
            "require 'a'\nrequire_relative 'b/c'\nclass A < B::C\n  X = 1\n  def f(x)\n    y = 1\n  end\n"
            "  def self.g; end\nend\nmodule M\nend\n"
        ),
        ["class A", "constant A.X", "method A.f", "method A.g", "module M"],
        ["a:", "./b/c:"],
    ),
    "php": (
        (
            "<?php\nnamespace A;\nuse B\\C as D;\nuse X\\{Y, Z as W};\n"
            "class K extends Y implements Z {\n  const Q = 1;\n  public int $p;\n"
            "  private function f($a) {}\n}\nfunction g() {}\ntrait T {}\n"
        ),
        [
            *("class K", "constant K.Q", "field K.p", "-method K.f", "function g", "trait T"),
        ],
        ["B:C=D", "X:Y", "X:Z=W"],
    ),
    "lua": (
        (
            'local m = require("a.b")\nlocal M = {}\nfunction M.f(x) local y = 1 end\n'
            "local function k() end\nM.z = function() end\nreturn M\n"
        ),
        ["-constant M", "method M.f", "-function k", "method M.z"],
        ["a.b:=m"],
    ),
    "shellscript": (
        ("source ./a.sh\n# Does f.\nf() {\n  g\n}\nY=1\n"),
        ["function f", "constant Y"],
        ["./a.sh:*"],
    ),
}


@pytest.mark.parametrize("language", OTHERS)
def test_definitions(language: str) -> None:
    text, expected, _ = OTHERS[language]
    assert outline(language, text) == expected


@pytest.mark.parametrize("language", OTHERS)
def test_imports(language: str) -> None:
    text, _, expected = OTHERS[language]
    assert imported(language, text) == expected


def test_packages_and_bases() -> None:
    sharp, php = (read(each, OTHERS[each][0]) for each in ("csharp", "php"))
    assert (sharp.package, php.package) == ("N", "A")
    assert (the(sharp, "X").bases, the(php, "K").bases) == ("Y IZ", "Y Z")


def test_every_grammar_has_its_table() -> None:
    assert all(has_symbols(each) == each.has_grammar for each in LANGUAGES)
    assert symbols(language_for("yaml", ""), b"a: 1") is None


@pytest.mark.parametrize("language", [each.id for each in LANGUAGES if each.has_grammar])
def test_no_text_is_too_odd(language: str) -> None:
    for text in (b"", b"\xff\xfe\x00", b"((((", b"\r\r\n", "😋 = é".encode(), b"{" * 3_000):
        found = symbols(language_for(language, ""), text)
        assert found is not None
        assert found.bones.count(b"\n") == text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(
            b"\n"
        )


def test_lines_end_as_in_an_editor() -> None:
    text = b"a = 1\rdef f():\r\n    pass\ndef g(): pass\n"
    found = symbols(language_for("python", ""), text)
    assert found is not None
    assert [(one.name, one.line) for one in found.definitions] == [("a", 0), ("f", 1), ("g", 3)]


def test_a_broken_text_gives_what_can_be_read() -> None:
    text = "def f(x):\n    return x\n\nclass B:\n    def g(self:\n        pass\n\ndef h(): pass\n"
    assert {"function f", "function h"} <= set(outline("python", text))


HOSTILE = {
    "blanks in a docstring": (
        "python",
        'def f():\n    """a' + " " * 300_000 + 'b"""\n',
    ),
    "a wide signature": ("python", "def f(" + "a, " * 100_000 + "): pass\n"),
    "deep arguments of types": ("java", f"class A extends B{'<C' * 20_000}{'>' * 20_000} {{}}\n"),
    "blanks in a comment": (
        "c",
        "// a" + " " * 300_000 + "b\nint f(void) { return 1; }\n",
    ),
    "an import without an end": ("javascript", "import { " + "a, " * 200_000),
    "braces without an end": ("javascript", "module.exports = " + "{ a: " * 50_000),
    "lists without an end": ("python", "__all__ = [\n" * 3_000),
    "calls of calls": ("cpp", "int x = " + "f<" * 100_000 + ";\n"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_no_text_takes_long(case: str) -> None:
    language, text = HOSTILE[case]
    start = time.process_time()
    found = symbols(language_for(language, ""), text.encode())
    assert found is not None
    assert all(len(one.signature) <= 1_000 for one in found.definitions)
    # What takes the square of its length takes minutes for these.
    assert time.process_time() - start < 10
