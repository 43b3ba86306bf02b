"""Sending a refusal, in the words of whoever is spoken to."""

import secrets

import attrs
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from workers_ai_local.api_errors import ApiError, envelope
from workers_ai_local.compact import compact
from workers_ai_local.frames import Dialect


async def send_error(
    error: ApiError, scope: Scope, receive: Receive, send: Send, dialect: Dialect = "run"
) -> None:
    """Send `error` in its layer's envelope, or in OpenAI's to whoever speaks that."""
    body = compact(envelope(spoken(error, dialect))) if error.body is None else error.body
    headers = {"content-type": "application/json", "cf-ray": ray()} | error.headers
    response = Response(body, status_code=error.status, headers=headers)
    await response(scope, receive, send)


def spoken(error: ApiError, dialect: Dialect) -> ApiError:
    """Return what the model layer's error is in `dialect`; the layers before it have their own."""
    if dialect == "run" or error.layer != "model":
        return error
    return attrs.evolve(error, layer="openai")


def ray() -> str:
    """Return an id such as Cloudflare gives each request: 16 hexadecimal digits and a place."""
    return f"{secrets.token_hex(8)}-LOC"
