"""The wire's errors, row by row: status, code, message, class, how often it may be sent, sentence."""

from workers_ai_ls import workers_ai as w

HOST = "api.example"
MODEL = "@cf/meta/llama-3-8b-instruct"
INSTEAD = "@cf/meta/llama-3.1-8b-instruct-fp8"
UUID = "(1f0e7a35-9c1d-4b7e-8a55-0123456789ab)"


def refusing(detail: str) -> str:
    return (
        f"api.example refused the request for {MODEL} ({detail}): correct the setting that it "
        "names, or choose another model."
    )


NOT_ALLOWED = f"This account may not use the model {MODEL}: choose another, for example {INSTEAD}."
OVERFLOW = (
    f"Prompt and answer exceed the context window of {MODEL}: select less code, or choose a model "
    "with a larger window."
)
GAVE_UP = f"api.example gave up on the request to {MODEL}: try again, or choose another model."
TOO_SLOW = (
    f"{MODEL} took longer than the server allows: select less code, or choose a faster model."
)
RATE = f"api.example accepts no more requests for {MODEL} just now: try again in a minute."
MINUTE = f"api.example accepts no more requests for {MODEL} just now: try again in 34 s."
AT = {"date": "Sun, 22 Nov 2026 11:20:26 GMT"}
NEURONS = (
    "Today's 10,000 free neurons of this account are used up: wait until 00:00 UTC, or move it to "
    "the Workers Paid plan."
)
TOKEN = (
    "api.example does not accept the API token: make one with the permissions Workers AI Read and "
    "Edit, and set CLOUDFLARE_API_TOKEN."
)
PERMISSION = (
    "The API token may not use Workers AI on this account: give it the permissions Workers AI "
    "Read and Edit, or check CLOUDFLARE_ACCOUNT_ID."
)
ROUTE = "api.example has no Workers AI API at this address: check WORKERS_AI_BASE_URL."
NO_MODEL = (
    f"There is no model {MODEL}: set WORKERS_AI_MODEL or workersAI.model to another, for example "
    f"{INSTEAD}."
)
FAILED = "api.example failed (Internal server error): try again in a minute."

# The rows of the wire's table: status, code, message, class, how often it may be sent, sentence.
ROWS: tuple[tuple[int, int | str | None, str, type[w.WireFailure], int, str], ...] = (
    (400, 3003, "Request is missing headers or body: body", w.BadRequest, 1, refusing("Request is missing headers or body: body")),
    (400, 5004, "Invalid data type for base64 input: str", w.BadRequest, 1, refusing("Invalid data type for base64 input: str")),
    (400, 5006, "AiError: Bad input: Error: '/top_k' must be <= 50", w.BadRequest, 1, refusing("'/top_k' must be <= 50")),
    (400, 5007, f"No such model {MODEL} or task", w.NoSuchModel, 1, NO_MODEL),
    (400, 3039, "Finetune is missing required files", w.BadRequest, 1, refusing("Finetune is missing required files")),
    (400, 8001, f"AiError: AiError: Invalid input {UUID}", w.BadRequest, 1, refusing("Invalid input")),
    (400, 8006, "forced tool on reasoning model", w.BadRequest, 1, refusing("forced tool on reasoning model")),
    (400, 8007, f"AiError: AiError: This model's maximum context length is 24000 tokens. However {UUID}", w.ContextOverflow, 1, OVERFLOW),
    (400, 8007, f"AiError: AiError: {'x' * 300} maximum context length is 24000 {UUID}", w.ContextOverflow, 1, OVERFLOW),
    (400, 8007, f"AiError: AiError: bad role {UUID}", w.BadRequest, 1, refusing("bad role")),
    (500, 8005, "Internal server error", w.ServerError, 3, FAILED),
    (500, 3043, "Internal server error", w.ServerError, 3, FAILED),
    (403, 5018, f"AiError: Ai: This account is not allowed to access {MODEL}", w.ModelNotAllowed, 1, NOT_ALLOWED),
    (403, 5016, "User has not agreed to Llama3.2 model terms", w.TermsNotAccepted, 1, f"This account has not accepted the terms of {MODEL}: accept them in Cloudflare's dashboard, or choose {INSTEAD}."),
    (403, 3023, "Service unavailable for account", w.ModelNotAllowed, 1, NOT_ALLOWED),
    (403, 3041, "The account is not allowed to access this model", w.ModelNotAllowed, 1, NOT_ALLOWED),
    (403, 5035, "This model requires a Workers Paid plan. See pricing for details.", w.PaidPlanNeeded, 1, f"{MODEL} needs the Workers Paid plan: upgrade the account, or choose {INSTEAD}."),
    (404, 3042, "The model name is invalid", w.NoSuchModel, 1, NO_MODEL),
    (405, 5005, "The model does not support LoRa inference", w.BadRequest, 1, refusing("The model does not support LoRa inference")),
    (405, 5019, "Request trying to use deprecated SDK version", w.BadRequest, 1, refusing("Request trying to use deprecated SDK version")),
    (408, 3007, "Request timeout", w.Aborted, 2, GAVE_UP),
    (408, 3008, "Request was aborted", w.Aborted, 2, GAVE_UP),
    (408, 3046, f"AiError: AiError: Request timeout {UUID}", w.ModelTimeout, 1, TOO_SLOW),
    (410, 5028, f"AiError: Model has been deprecated: {MODEL} was deprecated on 2025-10-01. See the model catalog {UUID}", w.ModelWithdrawn, 1, f"Cloudflare has withdrawn the model {MODEL}: set WORKERS_AI_MODEL or workersAI.model to {INSTEAD}."),
    (413, 3006, "Request is too large", w.ContextOverflow, 1, OVERFLOW),
    (413, 5021, f"AiError: Ai: The estimated number of tokens (263008) exceeded this model context window limit (262144). {UUID}", w.ContextOverflow, 1, OVERFLOW),
    (429, 3021, f"AiError: AiError: rate limiting: inference request per min rate reached {UUID}", w.RateLimited, 3, MINUTE),
    (429, 3036, "You have used up your daily free allocation of 10,000 neurons.", w.OutOfNeurons, 1, NEURONS),
    (429, 4006, "you have used up your daily free allocation of 10,000 neurons", w.OutOfNeurons, 1, NEURONS),
    (429, 3040, "Capacity temporarily exceeded, please try again.", w.NoCapacity, 3, f"{MODEL} is busy everywhere: try again in a minute, or choose {INSTEAD}."),
    (401, 10000, "Authentication error", w.BadToken, 1, TOKEN),
    (403, 10000, "Authentication error", w.NoPermission, 1, PERMISSION),
    (400, 9106, "Authentication failed (status: 400)", w.BadToken, 1, TOKEN),
    (403, 9106, "Missing X-Auth-Email header", w.BadToken, 1, TOKEN),
    (403, 9109, "Unauthorized to access requested resource", w.NoPermission, 1, PERMISSION),
    (400, 6003, "Invalid request headers", w.BadToken, 1, TOKEN),
    (400, 7000, "No route for that URI", w.NoRoute, 1, ROUTE),
    (405, 7001, "GET not supported for requested URI.", w.NoRoute, 1, ROUTE),
    (404, 7003, "Could not route to /client/v4/accounts/x, perhaps your object identifier is invalid?", w.BadAccount, 1, "api.example knows no such account: check CLOUDFLARE_ACCOUNT_ID, the 32 letters and digits in the dashboard's address."),
    (400, 2001, "Please configure AI Gateway in the Cloudflare dashboard", w.GatewayMissing, 1, "This AI Gateway does not exist: create it in Cloudflare's dashboard, or correct WORKERS_AI_GATEWAY."),
    (429, 2003, "Rate limited", w.RateLimited, 3, RATE),
    (401, 2009, "Unauthorized", w.GatewayRefused, 1, "The AI Gateway does not let this request in: set WORKERS_AI_GATEWAY_TOKEN to its token, or turn the gateway's authentication off."),
    (400, "invalid_prompt", f"AiError: AiError: Request timeout {UUID}", w.ModelTimeout, 1, TOO_SLOW),
    (429, "3040", "busy", w.NoCapacity, 3, f"{MODEL} is busy everywhere: try again in a minute, or choose {INSTEAD}."),
    (200, None, "JSON Mode couldn't be met", w.ModelError, 1, f"{MODEL} stopped with an error (JSON Mode couldn't be met): try again, or choose another model."),
)  # fmt: skip # a row is a row
