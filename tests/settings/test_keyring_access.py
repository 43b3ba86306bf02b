"""The system's keyring: read late, once, not for long, and never trusted to behave."""

import asyncio
import json
import subprocess
import sys

import pytest
from keyring.backends import fail, null
from keyring.errors import InitError, KeyringLocked, PasswordSetError

from tests.settings.keyrings import SERVICE, Memory, Raising, Waiting, using
from workers_ai_ls.settings import (
    KeyringFailure,
    NoKeyring,
    Stored,
    forget,
    store,
    stored,
    stored_soon,
)

CLOUD = "https://api.cloudflare.com"
ENTRY = Stored(CLOUD, {"apiToken": "s3cret"})


def test_what_was_stored_is_read_back_and_forgotten() -> None:
    with using(Memory()) as _:
        assert stored(CLOUD) is None
        store(ENTRY)
        assert stored(CLOUD) == ENTRY
        assert stored("https://evil.example") is None
        assert forget(CLOUD)
        assert not forget(CLOUD)
        assert stored(CLOUD) is None


def test_an_entry_is_one_of_ours_by_its_origin() -> None:
    memory = Memory()
    with using(memory):
        store(ENTRY)
    assert {key: json.loads(text) for key, text in memory.entries.items()} == {
        (SERVICE, CLOUD): {"apiToken": "s3cret"}
    }


def test_a_token_that_somebody_has_put_there_by_hand_is_taken() -> None:
    with using(Memory(**{CLOUD: "s3cret\n"})):
        assert stored(CLOUD) == ENTRY


@pytest.mark.parametrize(
    "text", ["two words", "{", "{}}", '{"apiToken": 5}', '{"apiToken": "a b"}', '{"model": "m"}',
             '{"baseUrl": "https://evil.example"}', '{"headers": "host: evil.example"}']
)  # fmt: skip
def test_an_entry_that_is_no_credential_is_told_without_being_shown(text: str) -> None:
    with using(Memory(**{CLOUD: text})), pytest.raises(KeyringFailure) as failure:
        stored(CLOUD)
    assert str(failure.value) == (
        f"What the system keyring holds for {CLOUD} is no credential: run `workers-ai-ls login` "
        "again."
    )


def test_a_system_without_a_keyring_is_told_apart() -> None:
    backend = fail.Keyring()  # type: ignore[no-untyped-call] # keyring has none
    with using(backend), pytest.raises(NoKeyring):
        stored(CLOUD)


def test_a_keyring_that_keeps_nothing_is_none() -> None:
    backend = null.Keyring()  # type: ignore[no-untyped-call] # keyring has none
    with using(backend):
        assert stored(CLOUD) is None
        with pytest.raises(NoKeyring):
            store(ENTRY)


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (KeyringLocked("s3cret"), "is locked: unlock it"),
        (InitError("s3cret"), "is locked: unlock it"),
        (PasswordSetError("s3cret"), "failed (PasswordSetError)"),
        (OSError("s3cret"), "failed (OSError)"),
        (KeyError("s3cret"), "failed (KeyError)"),
    ],
)
def test_whatever_it_raises_is_one_sentence_without_its_words(error: Exception, part: str) -> None:
    for call in (lambda: stored(CLOUD), lambda: store(ENTRY), lambda: forget(CLOUD)):
        with using(Raising(error)), pytest.raises(KeyringFailure) as failure:
            call()
        assert part in str(failure.value)
        assert "s3cret" not in str(failure.value)
        assert str(failure.value).endswith("or set CLOUDFLARE_API_TOKEN.")


def test_a_keyring_that_waits_for_a_person_is_not_waited_for() -> None:
    waiting = Waiting()
    with using(waiting), pytest.raises(KeyringFailure, match="did not answer within 0 s: unlock"):
        stored(CLOUD, limit_s=0.05)
    waiting.answer.set()


async def test_the_event_loop_goes_on_meanwhile() -> None:
    waiting = Waiting()
    with using(waiting):
        reading = asyncio.create_task(stored_soon(CLOUD, limit_s=30))
        for _ in range(3):
            await asyncio.sleep(0)
        assert not reading.done()
        waiting.answer.set()
        async with asyncio.timeout(10):
            assert await reading is None


async def test_a_job_that_is_cancelled_leaves_the_keyring_alone() -> None:
    waiting = Waiting()
    with using(waiting):
        reading = asyncio.create_task(stored_soon(CLOUD, limit_s=30))
        await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            async with asyncio.timeout(10):
                await reading
        waiting.answer.set()
        with pytest.raises(KeyringFailure, match="did not answer"):
            await stored_soon(CLOUD, limit_s=0)


def test_a_process_ends_though_its_keyring_never_answers() -> None:
    program = (
        "import keyring, threading\n"
        "from tests.settings.keyrings import Waiting\n"
        "from workers_ai_ls.settings import stored, KeyringFailure\n"
        "keyring.set_keyring(Waiting())\n"
        "try: stored('https://a.example', 0.05)\n"
        "except KeyringFailure as failure: print(failure)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=20, check=True
    )
    assert "did not answer" in done.stdout


def test_neither_keyring_nor_tomlkit_is_imported_before_it_is_needed() -> None:
    program = (
        "import sys, workers_ai_ls.lsp.main, workers_ai_ls.lsp.server, workers_ai_ls.lsp.services\n"
        "print(*({'keyring', 'tomlkit', 'httpx', 'getpass'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "\n"


def test_no_secret_stands_in_its_repr() -> None:
    assert "s3cret" not in repr(ENTRY)
