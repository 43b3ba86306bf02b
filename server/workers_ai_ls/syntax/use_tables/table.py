"""What a language's table of uses holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import tree_sitter


OWN = "Self"
"""How a type is written that stands for the class around, whatever the language calls it."""


class Shape(NamedTuple):
    """Which fields of a node bind names, and what they say of them.

    An empty field is one that such a node does not have. `target` may hold a list or a pattern:
    then all names in it are bound to an element of the value. Where a node has no field for its
    target, `""` stands for its first named child.
    """

    target: str
    type: str = ""
    value: str = ""
    element: bool = False
    """Whether the target is an element of the value, as a loop's variable is."""


class Said(NamedTuple):
    """What a reader finds in a `@binding`: one of the names that it binds."""

    name: str
    """`client`, or a chain: `self.client`."""
    type: str = ""
    """A type as written. `Self` stands for the class around, whatever the language calls that."""
    value: str = ""
    """An expression as written; it is made a chain of names, dots, calls and elements."""
    element: bool = False


class Member(NamedTuple):
    """A use whose receiver is not written before it, such as a key of `Client{timeout: 3}`."""

    name: str
    receiver: str | None
    """An expression as written, which is made a chain: `Client{}`, `this.options`; None for a bare name."""
    start: int
    """In bytes, as tree-sitter counts. What else was captured there is left out."""
    call: bool = False
    free: bool = False
    """Whether it is used even if the code binds a variable of that name: the tag of a `struct` in C."""


@attrs.frozen(eq=False)
class UseTable:
    """How the uses and the bindings of one grammar are found.

    One query finds all nodes. Captures:

    - `@name`: each identifier that may be used or bound; where, the other captures tell. Names of
      types count. So a pattern for the grammar's kinds of identifiers is all that it takes.
    - `@access`: a node such as `a.b` whose text ends in the name of what is used, which stands in
      what the text before it gives. Nested ones are captured too, each by itself.
    - `@called`: what a call calls: the node before the parenthesis. So does what a construction
      constructs: the type in `new Client()` and in `Client{}`, a macro's name.
    - `@own`: an identifier that is bound to the object or class around: Python's first parameter.
    - `@narrowing`: like a `@binding`, but says something of a name without binding it:
      `isinstance`.
    - `@returned`: an expression that the function around returns.
    - `@members`: a node for a reader in `members`.
    - `@scope`: a node that has names of its own: a function with its parameters, a block, a
      comprehension. Bindings count in the innermost scope around them.
    - `@body`: the same, but what is nested does not see its names: the body of a class in Python.
      Languages in which members are seen from methods don't capture class bodies at all.
    - `@outside`: a node in a scope that does not see its names: the default of a parameter.
    - `@binding`: a node that binds names and says something of them; `shapes` or `readers` has it
      by its kind.
    - `@bound`: an identifier that is bound, and nothing said: `except … as error`, labels, type
      parameters; also that of an import inside of a function is NOT captured: it is a use.
    - `@defined`: the name of a function or class, bound around the scope that it names.
    - `@outer`: a name that does not belong to the scope around it, whatever is bound there: `global`.
    - `@quoted`: a type written as a string; the names in it are used.
    - `@silent`: a node whose own name is neither used nor bound: the keyword of an argument, a
      label, the key of a literal that stands for no definition. Only the node itself, not what
      is in it.
    - `@import`: an import statement; the names in it are neither used nor bound.
    """

    query: str
    shapes: Mapping[str, Shape]
    """By the kind of a `@binding`."""
    readers: Mapping[
        str, Callable[[tree_sitter.Node, Callable[[tree_sitter.Node], str]], list[Said]]
    ] = attrs.field(factory=dict)
    """For kinds of `@binding` and `@narrowing` that take more than fields; asked first.

    The second argument gives the text of a node, and "" for a very long one.
    """
    members: Mapping[
        str, Callable[[tree_sitter.Node, Callable[[tree_sitter.Node], str]], list[Member]]
    ] = attrs.field(factory=dict)
    """By the kind of a `@members`. The names themselves are best captured `@silent`."""
    literals: Mapping[str, str] = attrs.field(factory=dict)
    """The built-in types of literals, by the kind of their node: `{"string": "str"}`."""
    joining: tuple[str, ...] = ()
    """What joins two names, beside a dot: `->`, `::`, `?.`."""
    leading: frozenset[str] = frozenset()
    """Words before an expression that leave what it gives: `await`, `new`."""
    braces: bool = False
    """Whether `Name{…}` constructs, as in Go and Rust."""
    either: frozenset[str] = frozenset()
    """Kinds of nodes with several named children, any of which may be the value: `a or b`."""
    passing: Mapping[str, str] = attrs.field(factory=dict)
    """Functions that give their first argument, with what is put after it: `{"sorted": ""}`."""
    patterns: tuple[str, ...] = ("pattern", "list", "tuple", "target")
    """How the kinds of nodes end in which a target holds others."""
