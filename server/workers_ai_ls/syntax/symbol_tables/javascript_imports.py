"""What statements of JavaScript and TypeScript import and hand on."""

from __future__ import annotations

import re

from workers_ai_ls.syntax.symbol import Imported

_REMARK = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
_SOURCE = re.compile(r"""(?:\bfrom|\brequire\s*\(|\bimport\s*\(?)\s*(["'])(?P<module>.*?)\1""")
_BRACES = re.compile(r"\{([^{}]*)\}")
_ALL = re.compile(r"\*(?:\s*as\s+(\S+))?")
_PLAIN = re.compile(r"^(?:(?:export\s+)?import\s+)?(?:type\s+)?([\w$]+)\s*(?:,|=|from)")
_MEMBER = re.compile(r"\)\s*\.\s*([\w$]+)\s*;?\s*$")
_DEFAULT = re.compile(r"^(?:export\s+default|export\s*=|module\.exports\s*=)\s*([\w$]+)\s*;?\s*$")
_OBJECT = re.compile(r"^(?:export\s+default|module\.exports\s*=)\s*(?=\{)")
_ALIAS = re.compile(r"\s+as\s+|\s*:\s*")
_SHORT = re.compile(r"[\w$]+(?:\s*(?:\bas\b|:)\s*[\w$]+)?$")


def read(statement: str) -> list[Imported]:
    """Read one statement."""
    text = _REMARK.sub(" ", statement).strip()
    source = _SOURCE.search(text)
    exported = text.startswith(("export", "module"))
    if not source:
        return _own(text) if exported else []
    module, head = source["module"], text[: source.start()]
    listed = []
    if braces := _BRACES.search(head):
        listed += [
            Imported(module, name, alias, reexport=exported) for name, alias in _named(braces[1])
        ]
        head = head[: braces.start()] + head[braces.end() :]
    if everything := _ALL.search(head):
        # `import * as x` gives the module a name; `export *` hands on all that is in it.
        listed.append(Imported(module, "*", everything[1] or "", reexport=exported))
    if plain := _PLAIN.match(text):
        member = _MEMBER.search(text)
        required = head.rstrip().endswith("=")
        name = member[1] if member else "*" if required else "default"
        alias = "" if plain[1] == name else plain[1]
        listed.append(Imported(module, name, alias, reexport=text.startswith("export")))
    return listed or [Imported(module, "", "")]


def _own(text: str) -> list[Imported]:
    """Read what a file hands on of its own: `export { a as b }`, `export default a`."""
    if default := _DEFAULT.match(text):
        return [Imported("", default[1], "default", reexport=True)]
    if _OBJECT.match(text) or re.match(r"export\s+(?:type\s+)?\{", text):
        braces = _BRACES.search(text)
        pairs = _named(braces[1]) if braces else []
        turned = not text.startswith("export") or bool(_OBJECT.match(text))
        # `{ b: a }` of an object calls `a` what `export { a as b }` does.
        return [
            Imported(
                "",
                alias if turned and alias else name,
                name if turned and alias else alias,
                reexport=True,
            )
            for name, alias in pairs
        ]
    return []


def _named(names: str) -> list[tuple[str, str]]:
    listed = []
    for part in names.split(","):
        name = part.strip().removeprefix("type ").strip()
        name, _, _default = name.partition("=")
        if _SHORT.match(name.strip()):
            first, *rest = _ALIAS.split(name.strip())
            listed.append((first, rest[0] if rest else ""))
    return listed
