"""Texts that hold more than one value, or that mean files. ValueError when they don't."""

import json
import re
from typing import Final

CREDENTIAL: Final = r"[!-~]+|cmd:.+"
CREDENTIAL_EXPECTS: Final = 'one word of plain ASCII characters, or "cmd:" and a command'
"""One word, or the command that prints it."""

_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]*(\S.*)")
_HTTP_ITSELF = frozenset(
    (
        *("host", "connection", "content-length", "content-type", "content-encoding", "expect"),
        *("transfer-encoding", "te", "trailer", "upgrade", "accept", "accept-encoding"),
    )
)
_OURS = frozenset(("model", "messages", "prompt", "raw", "stream", "max_tokens", "input"))
_MOST_METADATA = 5
_FOR_FRAMEWORK = re.compile(r"([\w.-]+(?::[\w.-]+)*):[ \t]+(\S.*)", re.ASCII)


def header_lines(text: str) -> tuple[tuple[str, str], ...]:
    r"""Name, in lower case, and value of each line.

    >>> header_lines("Authorization: Bearer x\ncf-access-token: cmd:print token")
    (('authorization', 'Bearer x'), ('cf-access-token', 'cmd:print token'))
    """
    return tuple(_header(line.strip()) for line in text.splitlines() if line.strip())


def json_object(text: str) -> dict[str, object]:
    """Members for the body of a request; the ones that the server sets itself are none of them.

    >>> json_object('{"logprobs": true}')
    {'logprobs': True}
    """
    values = _object(text)
    if not _OURS.isdisjoint(values):
        raise ValueError("set by the server itself")
    return values


def metadata(text: str) -> dict[str, object]:
    """What AI Gateway takes as metadata."""
    values = _object(text)
    if len(values) > _MOST_METADATA:
        raise ValueError("too many")
    if not all(isinstance(value, str | int | float | bool) for value in values.values()):
        raise ValueError("not plain")
    return values


def commands_by_framework(text: str) -> dict[str, str]:
    r"""Return the command for each framework; "" stands for every framework without one of its own.

    >>> commands_by_framework("pytest -q {file}")
    {'': 'pytest -q {file}'}
    >>> commands_by_framework("go: go test ./{folder}\nnode:test: node --test {file}")
    {'go': 'go test ./{folder}', 'node:test': 'node --test {file}'}
    """
    commands: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _FOR_FRAMEWORK.fullmatch(line)
        framework, command = (found[1].lower(), found[2]) if found else ("", line)
        if framework in commands or not command.isprintable():
            raise ValueError("two commands for the same")
        commands[framework] = command
    return commands


def path_inside(text: str) -> str:
    """`text`, where it is a path that cannot lead out of the folder that it is taken from.

    >>> path_inside("docs/CONTRIBUTING.md")
    'docs/CONTRIBUTING.md'
    """
    parts = re.split(r"[/\\]", text)
    if not parts[0] or ".." in parts or ":" in text or not text.isprintable():
        raise ValueError("not inside")
    return text


def pattern_of_files(text: str) -> str:
    """`text`, where it is one pattern of files that are left out."""
    if not text.strip() or text.startswith("!") or not text.isprintable():
        raise ValueError("not a pattern")
    import pathspec

    pathspec.GitIgnoreSpec.from_lines([text])
    return text


def _header(line: str) -> tuple[str, str]:
    found = _HEADER.fullmatch(line)
    if found is None or not line.isascii() or not line.isprintable():
        raise ValueError("no header")
    name = found[1].lower()
    if name in _HTTP_ITSELF:
        raise ValueError("not to be set")
    return name, found[2]


def _object(text: str) -> dict[str, object]:
    try:
        values = json.loads(text, parse_constant=_refused)
        # What was read is going to be written: a lone surrogate is a UnicodeEncodeError here.
        json.dumps(values, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if isinstance(values, dict):
        return values
    raise ValueError("no object")


def _refused(constant: str) -> object:
    raise ValueError(f"{constant} is no JSON")
