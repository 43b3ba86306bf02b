"""What an index keeps of a Python file."""

from tests.syntax.symbol_reading import imported, outline, read, the

CLIENT = '''
    """A module."""

    LIMIT = 3
    first, _second = pair()

    @cache
    @retry(
        times=LIMIT,
    )
    async def fetch(
        url: str,
        *,
        limit: int = LIMIT,
    ) -> bytes:
        """Fetch it.

        At length.
        """
        body = url

        def inner() -> None:
            return None

        return body


    class Client(base.Base, Generic[T], metaclass=Meta):
        r\'\'\'Speaks.\'\'\'

        timeout: float = 1.0

        def __init__(self) -> None:
            self.session = Session()
            self.timeout = 2.0
            other.thing = 1

        @property
        def _hidden(self) -> int: return 1


    type Pairs = list[tuple[str, str]]
    '''


def test_definitions_are_listed_with_all_that_they_stand_in() -> None:
    assert outline("python", CLIENT) == [
        "constant LIMIT",
        "variable first",
        "-variable _second",
        "function fetch",
        "function fetch.inner",
        "class Client",
        "field Client.timeout",
        "method Client.__init__",
        "field Client.session",
        "-method Client._hidden",
        "type Pairs",
    ]


def test_a_header_has_its_decorators_and_ends_before_the_body() -> None:
    fetch = the(read("python", CLIENT), "fetch")
    assert (fetch.start, fetch.line, fetch.header_end, fetch.end) == (5, 9, 14, 24)
    assert fetch.signature == (
        "async def fetch(\n    url: str,\n    *,\n    limit: int = LIMIT,\n) -> bytes:"
    )
    assert fetch.doc == "Fetch it."


def test_a_signature_inside_of_a_class_loses_its_indentation() -> None:
    text = "class A:\n    def f(\n        self,\n    ) -> int:\n        return 1\n"
    assert the(read("python", text), "A.f").signature == "def f(\n    self,\n) -> int:"


def test_a_class_names_its_bases_without_arguments() -> None:
    found = read("python", CLIENT)
    client = the(found, "Client")
    assert (client.bases, client.doc) == ("base.Base Generic", "Speaks.")
    assert found.definitions[the(found, "Client.session").parent] is client
    assert the(found, "Client.session").signature == "self.session = Session()"


def test_a_comment_is_no_docstring_but_serves_without_one() -> None:
    text = "# What it is.\n# More.\n\ndef f(): pass\n\n# Why.\ndef g(): pass\n"
    found = read("python", text)
    assert (the(found, "f").doc, the(found, "g").doc) == ("", "Why.")


def test_imports() -> None:
    text = """
        from __future__ import annotations
        import os, a.b.c as d  # noqa
        from ..x.y import (  # why
            e as f,
            g,
        )
        from . import h
        from .i import *
        from j import k as k
        def late():
            from m import \\
                n
        """
    assert imported("python", text) == [
        "os:",
        "a.b.c:=d",
        "..x.y:e=f",
        "..x.y:g",
        ".:h",
        ".i:* >",
        "j:k=k >",
        "m:n",
    ]


def test_names_in_dunder_all_are_handed_on_and_seen() -> None:
    text = "from a import b, c\ndef _d(): pass\n__all__ = [\n    'b',\n    '_d',\n]\n"
    assert imported("python", text) == ["a:b >", "a:c"]
    assert "function _d" in outline("python", text)


def test_what_is_defined_conditionally_counts() -> None:
    text = (
        "if A:\n    B = 1\nelse:\n    def c(): pass\ntry:\n    import d\nexcept E:\n    d = None\n"
    )
    assert outline("python", text) == ["constant B", "function c", "variable d"]


def test_local_variables_do_not_count() -> None:
    assert outline("python", "def f():\n    a = 1\n    b.c = 2\n") == ["function f"]
