"""What tells one language from another when a name is looked for."""

from collections.abc import Callable, Mapping

import attrs

from workers_ai_ls.syntax.symbol import Definition, Imported
from workers_ai_ls.syntax.use_tables import Said
from workers_ai_ls.workspace.resolving.rules.places import Places
from workers_ai_ls.workspace.resolving.rules.type_names import TypeName, type_names


def _no_files(_places: Places, _path: str, _more: object) -> list[str]:
    return []


def _alone(_places: Places, _path: str) -> list[str]:
    return []


def _bound(_places: Places, _path: str, imported: Imported) -> str:
    """Give the alias, else the name, else the last part of the module."""
    last = imported.module.replace("::", "/").replace(".", "/").rstrip("/").rpartition("/")[2]
    return imported.alias or imported.name or last


def _unsaid(_definition: Definition) -> Said:
    return Said("")


def _none_else(_definition: Definition) -> str:
    return ""


def _no_twins(_places: Places, _path: str, _definition: Definition) -> list[tuple[str, Definition]]:
    return []


def _no_parameters(_signature: str) -> Mapping[str, Said]:
    return {}


def _nothing_given(_signature: str) -> Said:
    return Said("")


def _none_guarded(_signature: str) -> str:
    return ""


def _none_extended(_signature: str) -> list[str]:
    return []


@attrs.frozen(eq=False)
class Rules:
    """The rules of one language. All but `modules` have defaults that mean "nothing of the sort"."""

    modules: Callable[[Places, str, Imported], list[str]] = _no_files
    """Gives the files that the module of an import stands for, asked with the path that imports it.

    More than one where a module is several files (a package of Go), or where one of them is as
    likely as another; the likeliest first. A folder (`a/b`, no slash at its end) where a module has
    no file of its own. Nothing for what is not in the workspace. For an import whose `name` is
    itself a module (`from . import models`), this is still asked for the module before it, and
    `submodule` for the name.
    """
    submodule: Callable[[Places, str, str], list[str]] = _no_files
    """Gives the files of a module that is part of another, asked with the outer one's path and the name."""
    bound: Callable[[Places, str, Imported], str] = _bound
    """Gives the name by which a file (at the path) has what it imports; `*` for all names of the module."""
    neighbours: Callable[[Places, str], list[str]] = _alone
    """Gives the other files whose top-level names a file has without an import, nearest first."""
    is_shared: Callable[[Places, str], bool] | None = None
    """Whether all files have the top-level names of a file: a script, or declarations without a module."""
    also: Callable[[Definition], str] = _none_else
    """Gives another name by which other files have a top-level definition: `default`."""
    whole: str = ""
    """The name of what a module gives when it is itself used as a value: `default`."""
    twins: Callable[[Places, str, Definition], list[tuple[str, Definition]]] = _no_twins
    """Gives definitions, with their paths, that tell more of the same thing: C's implementation of a prototype."""
    said: Callable[[Definition], Said] = _unsaid
    """Reads from a definition's signature what it gives, of which name and `element` don't matter.

    Of a function, the type that it returns; of a variable or field, its type, or the expression
    that it is set to. Of a type's other name (`type A = B`), the type that it stands for.
    """
    parameters: Callable[[str], Mapping[str, Said]] = _no_parameters
    """Reads from a signature what it says of its parameters, by name."""
    type_parameters: Callable[[str], Mapping[str, Said]] = _no_parameters
    """Reads from a signature the parameters of types, in order, with what each is at least."""
    extended: Callable[[str], list[str]] = _none_extended
    """Reads from a class's signature its bases with their arguments: `["Base<Row>"]`."""
    arguments: Callable[[str], list[str]] = _none_extended
    """Reads the arguments of a type, in order: `["Row"]`."""
    calls: Callable[[str], list[str]] = _none_extended
    """Reads from a type as written the functions that it is: `["(a: A) => B"]`, `["(a: A): B"]`."""
    given: Callable[[str], Said] = _nothing_given
    """Reads from one of these what it gives."""
    guarded: Callable[[str], str] = _none_guarded
    """Reads from a function's signature of which type its argument is if it gives true."""
    types: Callable[[str], list[TypeName]] = type_names
    """Reads a type as written: each type that the thing may be of. See `type_names` for the usual one."""
    own: frozenset[str] = frozenset()
    """What the own object is called where that is a word of the language: `this`, `self`."""
    own_class: frozenset[str] = frozenset()
    """What its class is called: `cls`, `Self`."""
    base: frozenset[str] = frozenset()
    """How the bases' members are reached, as chains: `super()`, `super`, `base`, `parent`."""
    bare_members: bool = False
    """Whether a member of the class around is reached by its name alone, as in Java and C++."""
    constructors: tuple[str, ...] = ()
    """Members that are meant when a class is called: `__init__`, `constructor`.

    A constructor that bears the name of its class, as in Java and C++, goes without saying.
    """
    transparent: frozenset[str] = frozenset()
    """Types that stand for what they hold: `Optional`, `Promise`, `Box`, `Arc`."""
    metatypes: frozenset[str] = frozenset()
    """Types of classes themselves: `type[Client]`, `Class<Client>`."""
    variables: frozenset[str] = frozenset()
    """Functions that make a variable of types: `TypeVar`."""
    elements: tuple[str, ...] = ()
    """Members that give an element: `__getitem__`, `__iter__`, `next`."""
    passing: frozenset[str] = frozenset()
    """Members that give the thing itself, or what it holds, where its class has none of that name."""
    builtins: frozenset[str] = frozenset()
    """Names that the language itself gives, if nothing nearer does: never looked for in the workspace."""
    common: frozenset[str] = frozenset()
    """Names of members that built-in types have too: never looked for by their name alone."""
    unimported: bool = False
    """Whether a module may be named by its path where it is used, without an import: `crate::a::f`.

    Then `modules` is asked for `a.b` with `c`, then for `a` with `b`, if nothing else is called `a`.
    """
    open_enums: bool = False
    """Whether members of an enumeration are names of the place around it, as in C."""
    delegates: frozenset[str] = frozenset()
    """Members whose type has members that are asked of the class itself: `Target` of Rust's `Deref`."""
    scattered: bool = False
    """Whether members of a type may stand in other files than the type: those of its folder."""
    by_name: bool = True
    """Whether a name that no rule finds is looked for in the whole workspace, at low certainty."""
