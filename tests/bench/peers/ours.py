"""This project's server, and the least that can be written on the same library."""

from __future__ import annotations

from tests.bench.servers import ACCOUNT, COMMANDS, OURS, PYGLS, TOKEN
from tests.scripted_endpoint import native_stream

from .peer import Peer
from .problem import WANTED_CODE

OUR_SERVER = Peer(
    name=OURS,
    command=COMMANDS[OURS],
    environment=lambda base_url: {
        "WORKERS_AI_BASE_URL": base_url,
        "CLOUDFLARE_ACCOUNT_ID": ACCOUNT,
        "CLOUDFLARE_API_TOKEN": TOKEN,
    },
    title="AI: Refactor",
    answer=native_stream("```python\n", *WANTED_CODE.splitlines(keepends=True), "\n```"),
)

MINIMAL = Peer(name=PYGLS, command=COMMANDS[PYGLS])
