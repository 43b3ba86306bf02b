"""Macros that the grammar of C does not expect don't hide what stands around them."""

import time

import pytest

from tests.syntax.symbol_reading import outline, read, the
from workers_ai_ls.syntax.symbol_tables.c_macros import without_bare_macros


@pytest.mark.parametrize("head", ["HANDLE_FIELDS", "PyObject_HEAD", "HANDLE_FIELDS  "])
def test_fields_that_a_macro_declares(head: str) -> None:
    text = f"""
    struct row {{
      {head}
      /* How many. */
      int size;
      OTHER_FIELDS
    }};
    int after(void) {{ return 1; }}
    """
    assert outline("c", text) == ["struct row", "field row.size", "function after"]
    assert the(read("c", text), "row.size").line == 3


def test_the_last_member_of_an_enumeration_stays() -> None:
    text = """
    enum kind {
      SMALL_ONE,
      /* The last. */
      LARGE_ONE
    };
    enum other {
      ONLY_ONE
    };
    """
    assert outline("c", text) == [
        "enum kind",
        "member kind.SMALL_ONE",
        "member kind.LARGE_ONE",
        "enum other",
        "member other.ONLY_ONE",
    ]


def test_words_before_a_function() -> None:
    text = "my_internal my_inline\nint twice(int a) {\n  return 2 * a;\n}\nstatic int\nonce(int a) {\n  return a;\n}\n"
    assert outline("c", text) == ["function twice", "-function once"]


def test_a_class_of_qt() -> None:
    text = """
    class Row {
      Q_OBJECT
     public:
      int size();
    };
    """
    assert outline("cpp", text) == ["class Row", "method Row.size"]


@pytest.mark.parametrize(
    "text", [b"a b\nc d e f g(1, 2\n" * 20_000, b"a " * 100_000, b"  FIELDS\n" * 20_000]
)
def test_no_text_takes_long(text: bytes) -> None:
    start = time.perf_counter()
    assert len(without_bare_macros(text)) == len(text)
    assert time.perf_counter() - start < 5
