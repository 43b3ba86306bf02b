"""What the grammar of TypeScript does not know is replaced, and nothing else."""

import pytest

from workers_ai_ls.syntax import language_for
from workers_ai_ls.syntax.symbols import symbols
from workers_ai_ls.syntax.tree import error_count, parse
from workers_ai_ls.syntax.typescript_readable import readable

UNKNOWN = {
    "variance": "interface Box<in out A, out B extends C,\n  /** D. */ in D = E> {}",
    "variance of a class": "class Box<const out A> {}",
    "signatures without semicolons": "interface F {\n  (a: A): B\n  <C>(c: C): D\n}",
    "signatures with remarks between": "type F = {\n  (): B // one\n  /** Two. */\n  <C, D>(c: C): D\n}",
    "arguments of a tagged template": "const rows = sql<{ a: Map<B, C> }>`SELECT ${one}`",
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_what_the_grammar_does_not_know_is_read(case: str) -> None:
    tree = parse(language_for("typescript", ""), f"// 😀 é\n{UNKNOWN[case]}\n")
    assert tree is not None
    assert error_count(tree) == 0
    assert len(readable(UNKNOWN[case].encode())) == len(UNKNOWN[case].encode())


KNOWN = {
    "names": "let a = 1, out = 2;\nfor (const b in out) {}\nif (a < out) {}\nf(a, out)",
    "the first signature": "interface F {\n  <A>(a: A): B;\n}",
    "a function below its name": "const f = (a) =>\n  <A,>(b: A) => b",
    "markup": "const a = (\n  <A>\n    b\n    <C d={1}>e</C>\n  </A>\n)",
    "an operator": "const a = b\n  < c",
}


@pytest.mark.parametrize("case", KNOWN)
def test_what_it_knows_stays(case: str) -> None:
    assert readable(KNOWN[case].encode()).decode() == KNOWN[case]


def test_the_index_reads_it_too() -> None:
    text = "interface Box<in out A extends B, in out C> extends D<A> {\n  (e: E): F\n  <G>(h: H): I\n  j: K\n}\n"
    found = symbols(language_for("typescript", ""), text.encode())
    assert found is not None
    assert [(one.qualified, one.bases) for one in found.definitions] == [
        ("Box", "D"),
        ("Box.j", ""),
    ]
