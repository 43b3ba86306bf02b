"""Every error code of Workers AI, of Cloudflare's API in front of it, and of AI Gateway.

Source of statuses and messages: Cloudflare's error table and the wire. `<uuid>`, `<model>` and
`<next minute>` are filled in when an error is sent. A code with two statuses stands here twice.
Only the limits by the minute tell when to come back; 3040 and the daily ones send no `Retry-After`.
"""

from collections.abc import Mapping

from workers_ai_local.recorded import Refusal

_NEXT_MINUTE = {"retry-after": "<next minute>"}
_DEPRECATED = (
    "AiError: Model has been deprecated: <model> was deprecated on 2025-10-01. "
    "See the model catalog for alternatives (<uuid>)"
)
_OVERFLOW = (
    "AiError: Ai: The estimated number of input and maximum output tokens (263008) exceeded this "
    "model context window limit (262144). (<uuid>)"
)
_UPSTREAM = (
    'AiError: AiError: {"object":"error","message":"This model\'s maximum context length is 24000 '
    "tokens. However, you requested 2048 output tokens and your prompt contains at least 21953 "
    'input tokens","type":"BadRequestError","param":null,"code":400} (<uuid>)'
)
_NEITHER = (
    "AiError: Bad input: Error: oneOf at '/' not met, 0 matches: "
    "required properties at '/' are 'prompt', required properties at '/' are 'messages'"
)
_NO_FREE_NEURONS = "ou have used up your daily free allocation of 10,000 neurons"
_UPGRADE = "please upgrade to Cloudflare's Workers Paid plan if you would like to continue usage."

_MODEL: Mapping[int, tuple[int, str]] = {
    3003: (400, "Request is missing headers or body: messages"),
    3006: (413, "Request is too large"),
    3007: (408, "Request timeout"),
    3008: (408, "Request was aborted"),
    3023: (403, "Service unavailable for account"),
    3036: (429, f"Y{_NO_FREE_NEURONS}. P{_UPGRADE[1:]}"),
    3039: (400, "Finetune is missing required files (model.safetensors and config.json)"),
    3040: (429, "Capacity temporarily exceeded, please try again."),
    3041: (403, "The account is not allowed to access this model"),
    3042: (404, "The model name is invalid"),
    3043: (500, "Internal server error"),
    3046: (408, "AiError: AiError: Request timeout (<uuid>)"),
    4006: (429, f"y{_NO_FREE_NEURONS}, {_UPGRADE}"),
    5004: (400, "Invalid data type for base64 input: number"),
    5005: (405, "The model <model> does not support LoRa inference"),
    5006: (400, _NEITHER),
    5007: (400, "No such model <model> or task"),
    5016: (403, "User has not agreed to Llama3.2 model terms"),
    5018: (403, "AiError: Ai: This account is not allowed to access <model>"),
    5019: (405, "Request trying to use deprecated SDK version"),
    5021: (413, _OVERFLOW),
    5028: (410, _DEPRECATED),
    5035: (403, "This model requires a Workers Paid plan. See pricing for details."),
    8001: (400, "AiError: AiError: Invalid input (<uuid>)"),
    8005: (500, "Internal server error"),
    8006: (400, "forced tool on reasoning model with too small max_tokens"),
    8007: (400, _UPSTREAM),
}

ERRORS: Mapping[str, Refusal] = {
    **{str(code): Refusal(status, code, words) for code, (status, words) in _MODEL.items()},
    "3021": Refusal(
        429,
        3021,
        "AiError: AiError: rate limiting: inference request per min rate reached (<uuid>)",
        headers=_NEXT_MINUTE,
    ),
    "3046-openai": Refusal(
        408, "invalid_prompt", "AiError: AiError: Request timeout (<uuid>)", "openai"
    ),
    # Documented without a status or a code; the envelope is inferred.
    "json-mode": Refusal(
        200,
        body='{"errors":[{"message":"JSON Mode couldn\'t be met"}],'
        '"success":false,"result":{},"messages":[]}',
    ),
    "10000": Refusal(401, 10000, "Authentication error", "edge"),
    "10000-403": Refusal(403, 10000, "Authentication error", "edge"),
    "9106": Refusal(400, 9106, "Authentication failed (status: 400)", "edge-router"),
    "9106-403": Refusal(403, 9106, "Missing X-Auth-Email header", "edge-router"),
    "9109": Refusal(403, 9109, "Unauthorized to access requested resource", "edge"),
    "9109-token": Refusal(403, 9109, "Invalid access token", "edge"),
    "6003": Refusal(400, 6003, "Invalid request headers", "edge"),
    "7000": Refusal(400, 7000, "No route for that URI", "edge-router"),
    "7001": Refusal(405, 7001, "GET not supported for requested URI.", "edge"),
    "7003": Refusal(
        404,
        7003,
        "Could not route to /client/v4/accounts/x/ai/run/<model>, perhaps your object identifier "
        "is invalid?",
        "edge",
    ),
    "2001": Refusal(
        400, 2001, "Please configure AI Gateway in the Cloudflare dashboard", "gateway"
    ),
    "2003": Refusal(429, 2003, "Rate limited", "gateway", _NEXT_MINUTE),
    "2009": Refusal(401, 2009, "Unauthorized", "gateway"),
}
