"""The headers that carry the credentials, those included that a command prints."""

import asyncio
import re
from collections.abc import Mapping

import attrs

from workers_ai_ls.workers_ai.command import printed, program_of
from workers_ai_ls.workers_ai.endpoint import Endpoint

_PRINTED = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9-]* )?cmd:(?P<command>.+)")
_SCHEMES = ("bearer", "basic", "token")
_SHORTEST = 4
"""Characters of a secret; shorter words stand in messages by chance."""


class Signing:
    """Gives an endpoint's credentials as headers; what a command printed serves until `renew`."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._given = _given(endpoint)
        self._origin = endpoint.origin
        self._printed: dict[str, str] = {}
        self._running = asyncio.Lock()

    @property
    def uses_commands(self) -> bool:
        """Whether a credential is printed by a command, which may print a fresh one."""
        return any(given.command for given in self._given)

    @property
    def sign_in(self) -> str:
        """What a person runs to sign in again."""
        program = next((program_of(given.command) for given in self._given if given.command), "")
        if program.removesuffix(".exe") == "cloudflared":
            return f"cloudflared access login {self._origin}"
        return program or f"workers-ai-ls login {self._origin}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not stand in any message: the credentials as they are known so far."""
        values = (*(given.value for given in self._given), *self._printed.values())
        words = {word for value in values for word in value.split()}
        kept = (word for word in words if len(word) >= _SHORTEST and word.lower() not in _SCHEMES)
        return tuple(sorted(kept, key=len, reverse=True))

    async def headers(self) -> dict[str, str]:
        """Return the headers. Raises `NoCredential`."""
        async with self._running:
            return {given.name: await self._value(given) for given in self._given}

    def renew(self, refused: Mapping[str, str]) -> bool:
        """Have the commands print anew, if there are any; `refused` are the headers not taken.

        Several requests may be refused at once: what was printed since then is kept.
        """
        for given in self._given:
            line = self._printed.get(given.command)
            if line is not None and refused[given.name] == given.scheme + line:
                del self._printed[given.command]
        return self.uses_commands

    async def _value(self, given: "_Given") -> str:
        if not given.command:
            return given.value
        if given.command not in self._printed:
            line = await printed(given.command, sign_in=self.sign_in)
            self._printed[given.command] = line
        return given.scheme + self._printed[given.command]


@attrs.frozen
class _Given:
    """One credential: its value, or the scheme and the command that prints what follows it."""

    name: str
    value: str = attrs.field(default="", repr=False)
    scheme: str = ""
    command: str = attrs.field(default="", repr=False)


def _given(endpoint: Endpoint) -> tuple[_Given, ...]:
    values = {name.lower(): value for name, value in endpoint.headers}
    if endpoint.token:
        values.setdefault("authorization", f"Bearer {endpoint.token}")
    if endpoint.kind == "gateway" and endpoint.gateway and endpoint.gateway.token:
        values["cf-aig-authorization"] = f"Bearer {endpoint.gateway.token}"
    return tuple(_parsed(name, value) for name, value in values.items())


def _parsed(name: str, value: str) -> _Given:
    found = _PRINTED.fullmatch(value)
    if found is None:
        return _Given(name, value)
    return _Given(name, scheme=found["scheme"] or "", command=found["command"])
