"""What `login` asks a person, or reads from a script."""

from __future__ import annotations

import getpass
import sys

import attrs
import typer

from workers_ai_ls.errors import Failure

from .ending import WrongUsage


@attrs.frozen
class Asking:
    """Asks on the terminal, and never shows a secret there."""

    token_from_stdin: bool = False

    @property
    def person(self) -> bool:
        """Whether somebody is there to answer."""
        return sys.stdin is not None and sys.stdin.isatty() and not self.token_from_stdin

    def text(self, question: str, flag: str) -> str:
        """One line. Raises `WrongUsage`, which names the flag that scripts have for it."""
        if not self.person:
            raise WrongUsage(f"Nobody is there to be asked: give {flag}.")
        return str(typer.prompt(question, err=True)).strip()

    def secret(self, question: str, *, needed: bool = True) -> str:
        """One line that is not shown; "" where none is needed and nobody gives one.

        Raises `Failure` for what can be no credential, and `WrongUsage`.
        """
        if sys.stdin is not None and sys.stdin.isatty():
            secret = _typed(question)
        elif self.token_from_stdin:
            secret = sys.stdin.readline().strip()
        elif needed:
            raise WrongUsage(
                "Nobody is there to be asked for the token: give it on standard input, with "
                "--token-stdin."
            )
        else:
            return ""
        if needed and not secret:
            raise Failure("No token was given, so nothing was changed: try again with one.")
        _check(secret)
        return secret

    def agrees(self, question: str) -> bool:
        """Whether a person says yes."""
        return self.person and typer.confirm(question, err=True)


def _typed(question: str) -> str:
    try:
        return getpass.getpass(f"{question} (not shown): ").strip()
    except EOFError:
        return ""


def _check(secret: str) -> None:
    from workers_ai_ls.settings import is_credential

    if not is_credential(secret):
        raise Failure(
            "That is no token, which is one word of plain ASCII characters, or `cmd:` and a "
            "command that prints one: nothing was changed, try again."
        )
