"""How a setting is declared: beside the attribute that holds its value, and nowhere else."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, TypedDict, TypeVar, Unpack, cast, get_args, get_origin

import attrs

Scope = Literal["machine", "window", "resource"]
T = TypeVar("T")

_FACTS = "workers_ai_ls.settings"
"""Key of the facts in an attribute's metadata."""


@attrs.frozen
class Setting:
    """One setting, as every channel and every generated page knows it."""

    name: str
    """Dotted camelCase path below `workersAI`, such as `timeouts.firstToken`."""
    type: Any
    """The annotation of its attribute: `str`, `bool`, `int | None`, `Literal[…]` and the like."""
    default: object
    description: str
    """One or two sentences for people."""
    scope: Scope = "resource"
    environment: tuple[str, ...] = ()
    """Variables that set it; the first that is set wins."""
    secret: bool = False
    """Never shown, logged or repeated in a message."""
    over_lsp: bool = True
    """False: it comes from the environment, the keyring and the user's own file only. Neither the
    editor nor a workspace file, which belongs to whoever wrote the repository, may set it."""
    enum: tuple[str, ...] = ()
    minimum: float | None = None
    """Smallest number; both ends are inclusive."""
    maximum: float | None = None
    """Largest number, or the longest text in characters."""
    adds_up: bool = False
    """For a list: what each source gives is added to what the lower ones give, and each text is
    judged by itself, so that no source can take away what another has put there."""
    pattern: str = ""
    """Regular expression that the whole of a non-empty text matches; in a list, of each."""
    verify: Callable[[str], object] | None = None
    """Raises ValueError for a text that fits the pattern and is wrong all the same."""
    expects: str = ""
    """What pattern and `verify` ask for, in words that end "it must be …"."""


class Facts(TypedDict, total=False):
    """What a declaration may say beyond default and description; see `Setting`."""

    scope: Scope
    environment: tuple[str, ...]
    secret: bool
    over_lsp: bool
    adds_up: bool
    minimum: float
    maximum: float
    pattern: str
    verify: Callable[[str], object]
    expects: str


def setting(default: T, description: str, **facts: Unpack[Facts]) -> T:
    """Declare the setting that the attribute holds.

    It claims to return the default's type, as `attrs.field` does, so that types are checked.
    """
    return attrs.field(
        default=default,
        repr=not facts.get("secret", False),
        metadata={_FACTS: {"default": default, "description": description, **facts}},
    )


def kinds(declaration: Setting) -> tuple[type, ...]:
    """The plain types of a value: one of `bool`, `int`, `float`, `str`, `tuple`, and perhaps `None`'s.

    A tuple is one of texts.

    >>> kinds(Setting("maxTokens", int | None, None, ""))
    (<class 'int'>, <class 'NoneType'>)
    """
    if get_origin(declaration.type) is Literal:
        return (str,)
    if get_origin(declaration.type) is tuple:
        return (tuple,)
    return get_args(declaration.type) or (declaration.type,)


def declared(holder: type[attrs.AttrsInstance], prefix: str = "") -> Iterator[Setting]:
    """Every setting that `holder` and the groups in it declare, in their order."""
    for attribute in attrs.fields(holder):
        name = prefix + camel_case(attribute.name)
        if _FACTS not in attribute.metadata:
            yield from declared(cast("type[attrs.AttrsInstance]", attribute.type), f"{name}.")
            continue
        choices = get_args(attribute.type) if get_origin(attribute.type) is Literal else ()
        facts = attribute.metadata[_FACTS]
        yield Setting(name=name, type=attribute.type, enum=choices, **facts)


def filled(holder: type[T], values: Mapping[str, object], prefix: str = "") -> T:
    """Build `holder` from values by dotted name; what is missing keeps its default."""
    arguments: dict[str, object] = {}
    for attribute in attrs.fields(cast("type[attrs.AttrsInstance]", holder)):
        name = prefix + camel_case(attribute.name)
        if _FACTS not in attribute.metadata:
            arguments[attribute.name] = filled(cast("Any", attribute.type), values, f"{name}.")
        elif name in values:
            arguments[attribute.name] = values[name]
    return holder(**arguments)


def camel_case(name: str) -> str:
    """Turn an attribute's name into its setting's.

    >>> camel_case("first_token")
    'firstToken'
    """
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


def held(holder: object, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Name and value of every setting in `holder`: the inverse of `filled`."""
    for attribute in attrs.fields(cast("type[attrs.AttrsInstance]", type(holder))):
        name, value = prefix + camel_case(attribute.name), getattr(holder, attribute.name)
        if _FACTS in attribute.metadata:
            yield name, value
        else:
            yield from held(value, f"{name}.")
