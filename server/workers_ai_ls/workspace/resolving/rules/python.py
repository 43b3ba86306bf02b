"""Python."""

import builtins
import io
import re
from typing import Final

from workers_ai_ls.syntax.chains import chain, closing
from workers_ai_ls.syntax.symbol import Definition, Imported
from workers_ai_ls.syntax.use_tables import USE_TABLES, Said
from workers_ai_ls.workspace.resolving.rules.places import Places
from workers_ai_ls.workspace.resolving.rules.rules import Rules

_USES: Final = USE_TABLES["python"]
_ENDINGS: Final = (".py", "/__init__.py", ".pyi", "/__init__.pyi")
_INITS: Final = ("/__init__.py", "/__init__.pyi")
_RETURNS: Final = re.compile(r"\s*->\s*(.*?)\s*:?\s*", re.DOTALL)
_COMMENT: Final = re.compile(r"\s*#[^\n]*")
_NAME: Final = re.compile(
    r"\s*(\*{0,2})(\w+)\s*(?::(.*?))?\s*(?:(?<![=!<>])=(?!=)(.*))?", re.DOTALL
)
_VALUE: Final = re.compile(
    r"(?P<target>[\w.,\s()\[\]*]*?)\s*(?::(?P<type>[^=]*?))?\s*(?:=(?!=)(?P<value>.*))?", re.DOTALL
)
_BUILT_IN: Final = (str, bytes, bytearray, list, dict, set, frozenset, tuple, int, float, object)


def _modules(places: Places, path: str, imported: Imported) -> list[str]:
    parts = imported.module.split(".") if imported.module else []
    if not imported.name and not imported.alias and not imported.level:
        # `import a.b` gives the name `a`.
        return _found(places, path, parts[:1]) or (
            [parts[0]] if _found(places, path, parts) else []
        )
    if not imported.level:
        return _found(places, path, parts)
    folders = path.split("/")[: -imported.level]
    if len(path.split("/")) < imported.level:
        return []
    return _files(places, "/".join([*folders, *parts]))


def _found(places: Places, path: str, parts: list[str]) -> list[str]:
    """Look for a module from the folders that may be on the path where modules are looked for."""
    name = "/".join(parts)
    folders = path.split("/")[:-1]
    above = ["/".join(folders[:count]) for count in range(len(folders), -1, -1)]
    # A folder that is a package is not where modules are looked for, but scripts lie in some.
    roots = [one for one in above if not (one and _is_package(places, one))] + above[:1]
    for root in (*roots, "src", "lib"):
        if found := _files(places, f"{root}/{name}".strip("/")):
            return found
    for ending in _ENDINGS:
        whole = f"{name}{ending}"
        listed = places.named(whole.rpartition("/")[2])
        if found := [one for one in listed if one == whole or one.endswith(f"/{whole}")]:
            return found[:1]
    return []


def _is_package(places: Places, folder: str) -> bool:
    return any(places.has(f"{folder}{init}") for init in _INITS)


def _files(places: Places, stem: str) -> list[str]:
    for ending in _ENDINGS if stem else ("__init__.py",):
        if places.has(f"{stem}{ending}"):
            return [f"{stem}{ending}"]
    # A folder without `__init__.py` is a package too.
    return [stem] if stem and places.folder(stem) else []


def _submodule(places: Places, path: str, name: str) -> list[str]:
    folder = path
    for init in _INITS:
        folder = folder.removesuffix(init)
    if folder in {"__init__.py", "__init__.pyi"}:
        return _files(places, name)
    if folder.endswith((".py", ".pyi")):
        return []
    return _files(places, f"{folder}/{name}")


def _said(definition: Definition) -> Said:
    text = definition.signature
    if definition.kind in {"function", "method", "property"}:
        opened = text.find("(")
        found = _RETURNS.fullmatch(text, closing(text, opened)) if opened >= 0 else None
        return Said("", found[1] if found else "")
    found = _VALUE.fullmatch(text)
    if not found:
        return Said("")
    if found["type"] and found["type"].strip():
        annotation = found["type"].strip()
        if annotation.rpartition(".")[2] not in {"TypeAlias", "Final", "ClassVar"}:
            return Said("", annotation)
    value = _COMMENT.sub("", found["value"] or "").strip()
    return Said("", "", _value(value))


def _value(text: str) -> str:
    """Make the value of a variable a chain: of several, the last that is none of `None`."""
    for word in (" or ", " if "):
        if word in text:
            sides = text.split(word)
            picked = [sides[0], sides[-1].rpartition(" else ")[2] or sides[-1]]
            chains = [chain(one, _USES) for one in reversed(picked)]
            return next((one for one in chains if one and one != "None"), "")
    return chain(text, _USES)


def _parameters(signature: str) -> dict[str, Said]:
    opened = signature.find("(")
    if opened < 0:
        return {}
    inner = signature[opened + 1 : closing(signature, opened) - 1]
    found = (_NAME.fullmatch(_COMMENT.sub("", part)) for part in _divided(inner))
    return {
        one[2]: Said(
            one[2],
            f"tuple[{one[3].strip()}]" if one[3] and one[1] else (one[3] or "").strip(),
            chain(one[4].strip(), _USES) if one[4] else "",
        )
        for one in found
        if one
    }


def _divided(text: str) -> list[str]:
    """Divide by the commas that stand in no brackets."""
    listed: list[str] = []
    start = at = 0
    while at < len(text):
        if text[at] in "([{":
            at = closing(text, at)
            continue
        if text[at] == ",":
            listed.append(text[start:at])
            start = at + 1
        at += 1
    return [one for one in (*listed, text[start:]) if one.strip()]


def _bound(_places: Places, _path: str, imported: Imported) -> str:
    return imported.alias or imported.name or imported.module.partition(".")[0]


PYTHON = Rules(
    modules=_modules,
    submodule=_submodule,
    bound=_bound,
    said=_said,
    parameters=_parameters,
    own=frozenset({"self"}),
    own_class=frozenset({"cls"}),
    base=frozenset({"super()"}),
    transparent=frozenset(
        {
            *("Optional", "Union", "Annotated", "ClassVar", "Final", "Required", "NotRequired"),
            *("Awaitable", "Coroutine", "ReadOnly", "InitVar", "Self"),
        }
    ),
    metatypes=frozenset({"type", "Type"}),
    variables=frozenset({"TypeVar", "ParamSpec", "TypeVarTuple", "NewType"}),
    constructors=("__init__",),
    elements=("__iter__", "__aiter__", "__getitem__", "__next__", "__anext__"),
    builtins=frozenset(dir(builtins)),
    common=frozenset(
        name for kind in (*_BUILT_IN, io.TextIOWrapper, BaseException) for name in dir(kind)
    ),
)
