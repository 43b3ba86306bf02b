"""`python -m workers_ai_local.replay SCRIPT.json [--log FILE] [--until-stdin-closes]`.

Prints one JSON line, `{"base_url", "token", "account_id", "model"}`, when it is ready, appends
what it is asked and how that ended to FILE, a JSON line each, and serves until it is stopped.
"""

import argparse
import json
import os
import secrets
import sys
import threading
from pathlib import Path

from workers_ai_local.app import create_app
from workers_ai_local.replay import ReplayEngine, read_script
from workers_ai_local.replay.endpoint import ACCOUNT_ID
from workers_ai_local.serving import base_url, http_server, listen
from workers_ai_ls.errors import Failure


def main() -> int:
    """Serve the script that the command line names. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m workers_ai_local.replay")
    parser.add_argument("script", type=Path)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--until-stdin-closes", action="store_true")
    arguments = parser.parse_args()
    try:
        _serve(arguments.script, arguments.log, until_stdin_closes=arguments.until_stdin_closes)
    except Failure as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    return 0


def _serve(path: Path, log: Path | None, *, until_stdin_closes: bool) -> None:
    try:
        script = read_script(json.loads(path.read_bytes()))
    except (OSError, TypeError, ValueError) as error:
        raise Failure(f"{path} is no replay script ({error}): correct it") from error
    token = script.token or secrets.token_urlsafe(32)

    def observe(event: dict[str, object]) -> None:
        if log is not None:
            with log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(event) + "\n")

    server = http_server(create_app(ReplayEngine(script), token=token, observe=observe))
    listener = listen()
    ready = {"base_url": base_url(listener), "token": token}
    sys.stdout.write(
        json.dumps(ready | {"account_id": ACCOUNT_ID, "model": script.models[0]}) + "\n"
    )
    sys.stdout.flush()

    def stop_with_stdin() -> None:
        while os.read(0, 1):  # A buffered reader's lock would break the interpreter's exit.
            pass
        server.should_exit = True

    if until_stdin_closes:
        threading.Thread(target=stop_with_stdin, daemon=True).start()
    server.run(sockets=[listener])


if __name__ == "__main__":
    raise SystemExit(main())
