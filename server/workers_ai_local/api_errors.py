"""Refusals as Cloudflare words them. Source of codes, statuses and messages: its error table."""

from typing import Literal
from uuid import uuid4

import attrs

Layer = Literal["model", "edge", "edge-router", "openai", "gateway"]
"""Which part of Cloudflare speaks: each has an envelope of its own."""


@attrs.define(eq=False)
class ApiError(Exception):
    """An answer that is an error: raised anywhere before the first token, sent by the app."""

    status: int
    code: int | str
    message: str
    layer: Layer = "model"
    headers: dict[str, str] = attrs.field(factory=dict)
    body: str | None = None
    """What is sent in place of an envelope, if anything."""


def envelope(error: ApiError) -> dict[str, object]:
    """Return the JSON body that `error`'s layer sends, its members in that layer's order."""
    told = {"code": error.code, "message": error.message}
    match error.layer:
        case "model":
            told = {"message": error.message, "code": error.code}
            return {"errors": [told], "success": False, "result": {}, "messages": []}
        case "edge":
            return {"result": None, "success": False, "errors": [told], "messages": []}
        case "edge-router":
            return {"success": False, "errors": [told], "messages": [], "result": None}
        case "openai":
            return {"error": told}
        case "gateway":
            return {
                "success": False,
                "result": [],
                "messages": [],
                "error": [told],
                "name": "AiGatewayError",
                "httpCode": error.status,
                "internalCode": error.code,
            }


def bad_input(what: str) -> ApiError:
    """The body breaks the model's schema; `what` is the validator's sentence."""
    return ApiError(400, 5006, f"AiError: Bad input: Error: {what}")


def invalid_input() -> ApiError:
    """The model cannot do anything with the body."""
    return ApiError(400, 8001, f"AiError: AiError: Invalid input ({uuid4()})")


def no_such_model(model: str) -> ApiError:
    """Nobody serves `model`."""
    return ApiError(400, 5007, f"No such model {model} or task")


def model_withdrawn(model: str, day: str) -> ApiError:
    """Cloudflare served `model` until `day`, an ISO date."""
    return ApiError(
        410,
        5028,
        f"AiError: Model has been deprecated: {model} was deprecated on {day}. "
        f"See the model catalog for alternatives ({uuid4()})",
    )


def context_overflow(tokens: int, window: int) -> ApiError:
    """Prompt and answer together, `tokens`, do not fit `window`."""
    return ApiError(
        413,
        5021,
        f"AiError: Ai: The estimated number of input and maximum output tokens ({tokens}) "
        f"exceeded this model context window limit ({window}). ({uuid4()})",
    )


def no_capacity() -> ApiError:
    """The engine is busy, and the request would not wait."""
    return ApiError(429, 3040, "Capacity temporarily exceeded, please try again.")


def internal_error() -> ApiError:
    """The engine failed."""
    return ApiError(500, 8005, "Internal server error")


def unauthorized(header: str | None) -> ApiError:
    """The `Authorization` header is missing, is no bearer token, or holds the wrong one."""
    if header is None:
        return ApiError(403, 9106, "Missing X-Auth-Email header", "edge-router")
    if not header.startswith("Bearer "):
        return ApiError(400, 9106, "Authentication failed (status: 400)", "edge-router")
    return ApiError(401, 10000, "Authentication error", "edge")


def forbidden() -> ApiError:
    """The token is good, but not for this account."""
    return ApiError(403, 10000, "Authentication error", "edge")


def no_route() -> ApiError:
    """The path is none of the API's; a model id with `%2F` in it is the usual cause."""
    return ApiError(400, 7000, "No route for that URI", "edge-router")


def wrong_method(method: str) -> ApiError:
    """The path exists, for another method."""
    return ApiError(405, 7001, f"{method} not supported for requested URI.", "edge")


def malformed_account(path: str) -> ApiError:
    """What stands for the account in `path` is no account's id."""
    return ApiError(
        404,
        7003,
        f"Could not route to {path}, perhaps your object identifier is invalid?",
        "edge",
    )


def gateway_missing() -> ApiError:
    """The account has no AI Gateway of that name."""
    return ApiError(400, 2001, "Please configure AI Gateway in the Cloudflare dashboard", "gateway")


def gateway_refused() -> ApiError:
    """The gateway's own token is missing or wrong."""
    return ApiError(401, 2009, "Unauthorized", "gateway")
