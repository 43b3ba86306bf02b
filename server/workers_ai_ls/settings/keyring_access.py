"""The system's keyring: the only place that asks it.

It is foreign code behind a system service that may open a window, wait for a person, or hang. So
each call has a thread of its own, which nothing waits for when the process ends, and a time limit.
Nothing is imported before the first call: finding the system's keyring takes a while.
"""

import asyncio
import json
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Final, TypeVar

from workers_ai_ls.errors import Failure
from workers_ai_ls.settings.stored import Stored

SERVICE: Final = "workers-ai-language-server"
"""What keyrings show as the name of our entries; the user name of each is its origin."""

_READ_S: Final = 10.0
_WRITE_S: Final = 120.0
"""A person who has asked for it may have to type the keyring's password."""

T = TypeVar("T")


class KeyringFailure(Failure):
    """The system's keyring did not do what it was asked."""


class NoKeyring(KeyringFailure):
    """This system has no keyring, or none that we know how to ask."""


def stored(origin: str, limit_s: float = _READ_S) -> Stored | None:
    """What the keyring holds for `origin`. Raises `KeyringFailure`."""
    return _within(_begun(lambda: _read(origin)), limit_s)


async def stored_soon(origin: str, limit_s: float = _READ_S) -> Stored | None:
    """What the keyring holds for `origin`, without keeping the event loop. Raises `KeyringFailure`."""
    reading = asyncio.wrap_future(_begun(lambda: _read(origin)))
    try:
        async with asyncio.timeout(limit_s):
            return await reading
    except TimeoutError:
        raise _too_slow(limit_s) from None


def store(entry: Stored) -> None:
    """Keep the secrets in the keyring. Raises `KeyringFailure` unless they can be read back."""
    _within(_begun(lambda: _write(entry)), _WRITE_S)


def forget(origin: str) -> bool:
    """Remove what the keyring holds for `origin`, and return whether there was anything.

    Raises `KeyringFailure`.
    """
    return _within(_begun(lambda: _remove(origin)), _WRITE_S)


def _read(origin: str) -> Stored | None:
    import keyring

    text = keyring.get_password(SERVICE, origin)
    return _parsed(origin, text) if text else None


def _write(entry: Stored) -> None:
    import keyring

    keyring.set_password(SERVICE, entry.origin, json.dumps(dict(entry.secrets)))
    # The backend that stands for "no keyring, please" takes everything and keeps nothing.
    if _read(entry.origin) != entry:
        raise NoKeyring("There is no system keyring that keeps credentials here.")


def _remove(origin: str) -> bool:
    import keyring

    if not keyring.get_password(SERVICE, origin):
        return False
    keyring.delete_password(SERVICE, origin)
    return True


def _parsed(origin: str, text: str) -> Stored:
    """Read an entry: JSON by setting's name, or, from somebody's own hand, the token alone."""
    try:
        secrets = json.loads(text) if text.startswith("{") else {"apiToken": text.strip()}
        return Stored(origin, secrets)
    except ValueError:
        raise KeyringFailure(
            f"What the system keyring holds for {origin} is no credential: run `workers-ai-ls login` "
            "again."
        ) from None


def _begun(work: Callable[[], T]) -> Future[T]:
    future: Future[T] = Future()

    def run() -> None:
        future.set_running_or_notify_cancel()
        try:
            result = work()
        except Failure as failure:
            future.set_exception(failure)
        except BaseException as error:  # noqa: BLE001 - each system's keyring raises what it likes
            future.set_exception(_told(error))
        else:
            future.set_result(result)

    threading.Thread(target=run, daemon=True, name="keyring").start()
    return future


def _within(future: Future[T], limit_s: float) -> T:
    try:
        return future.result(limit_s)
    except TimeoutError:
        raise _too_slow(limit_s) from None


def _too_slow(limit_s: float) -> KeyringFailure:
    return KeyringFailure(
        f"The system keyring did not answer within {limit_s:.0f} s: unlock it and try again, or set "
        "CLOUDFLARE_API_TOKEN."
    )


def _told(error: BaseException) -> KeyringFailure:
    """Return the failure without the error's own words, for they can hold anything."""
    from keyring import errors

    if isinstance(error, errors.NoKeyringError):
        return NoKeyring("There is no system keyring here.")
    if isinstance(error, errors.KeyringLocked | errors.InitError):
        return KeyringFailure(
            "The system keyring is locked: unlock it and try again, or set CLOUDFLARE_API_TOKEN."
        )
    return KeyringFailure(
        f"The system keyring failed ({type(error).__name__}): see whether it works in other "
        "programs, or set CLOUDFLARE_API_TOKEN."
    )
