"""What stands between Helix and the other servers in its tests."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.editors

_NEIGHBOUR = Path(__file__).with_name("neighbour.py")
_HEADER = re.compile(rb"Content-Length: \d+\r\n\r\n")
_INITIALIZE = {
    "method": "initialize",
    "params": {"capabilities": {"window": {"workDoneProgress": True}}},
}
_INITIALIZED: dict[str, Any] = {"method": "initialized", "params": {}}


def _of_document(method: str, **version: int) -> dict[str, Any]:
    document = {"uri": "file:///a.py", **version}
    return {"method": f"textDocument/{method}", "params": {"textDocument": document}}


_OPEN = _of_document("didOpen", version=0)
_CHANGES = [_of_document("didChange", version=version) for version in (1, 2)]
_SAVE = _of_document("didSave")
_MEANT = [_INITIALIZED, _OPEN, *_CHANGES]


@pytest.mark.parametrize("order", [*itertools.permutations(range(len(_MEANT)))], ids=str)
def test_a_server_gets_notifications_in_the_order_in_which_they_were_meant(
    order: tuple[int, ...],
) -> None:
    assert _passed_on(_INITIALIZE, *(_MEANT[each] for each in order))[1:] == _MEANT


def test_a_change_keeps_back_no_other_message_while_its_turn_has_not_come() -> None:
    first, second = _CHANGES
    start = [_INITIALIZE, _INITIALIZED, _OPEN]
    assert _passed_on(*start, second, _SAVE)[3:] == [_SAVE]
    assert _passed_on(*start, second, _SAVE, first)[3:] == [_SAVE, first, second]


def test_progress_is_switched_off() -> None:
    [passed] = _passed_on(_INITIALIZE)
    assert passed["params"]["capabilities"]["window"] == {"workDoneProgress": False}


def _passed_on(*messages: dict[str, Any]) -> list[dict[str, Any]]:
    """What reaches a server: `cat`, in its place, says it again."""
    bodies = [json.dumps(message).encode() for message in messages]
    sent = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)
    command = [sys.executable, str(_NEIGHBOUR), "cat"]
    heard = subprocess.run(command, input=sent, stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(body) for body in _HEADER.split(heard)[1:]]
