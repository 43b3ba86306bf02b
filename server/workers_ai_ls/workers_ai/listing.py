"""What an endpoint answers when it is asked for its models."""

import json

import httpx

from workers_ai_ls.workers_ai.errors import BrokenStream
from workers_ai_ls.workers_ai.refusals import Asked, refused, told_failure


def model_names(response: httpx.Response, asked: Asked) -> tuple[str, ...]:
    """Return the names in Cloudflare's list or in an OpenAI-compatible server's.

    Raises the `WireFailure` that the response is instead.
    """
    if not response.is_success:
        raise refused(response.status_code, response.headers, response.content, asked)
    try:
        payload = json.loads(response.content)
    except ValueError:
        failure = refused(response.status_code, response.headers, response.content, asked)
        raise failure from None
    failed = told_failure(payload, asked, status=200) if isinstance(payload, dict) else None
    if failed is not None:
        raise failed
    rows = payload.get("result", payload.get("data")) if isinstance(payload, dict) else None
    if not isinstance(rows, list):
        raise BrokenStream(asked.refusal(detail="it is no list of models"))
    named = (row.get("name") or row.get("id") for row in rows if isinstance(row, dict))
    return tuple(str(name) for name in named if name)
